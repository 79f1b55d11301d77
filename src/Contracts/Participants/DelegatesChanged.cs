namespace Mentoring.Contracts.Participants;

/// <summary>
/// Somebody has said who books for them: these people may book, move and cancel the sessions in which the person is the mentee, and see when
/// they are. State: whole, never a delta; empty where nobody does any more.
/// </summary>
/// <param name="PersonId">For whom.</param>
/// <param name="Version">Rises with every change of this list.</param>
/// <param name="Delegates">People of the same unit; three at most, never the person.</param>
public sealed record DelegatesChanged(Guid PersonId, long Version, IReadOnlyList<Guid> Delegates);
