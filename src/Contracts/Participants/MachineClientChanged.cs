namespace Mentoring.Contracts.Participants;

/// <summary>
/// A machine client of the unit was given another secret, or has ended. The gateway forgets what it cached of these sign-ons. Creating one is not
/// told: nobody can know it by then.
/// </summary>
/// <param name="ClientId">The machine client.</param>
/// <param name="Version">Rises with every change of this client.</param>
/// <param name="Identities">The sign-ons that it has, and those that it had until this change. Their subjects are made of hashes; no secret follows from them.</param>
/// <param name="Ended">It may do nothing any more.</param>
public sealed record MachineClientChanged(Guid ClientId, long Version, IReadOnlyList<SignOn> Identities, bool Ended);
