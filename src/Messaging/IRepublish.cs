namespace Mentoring.Messaging;

/// <summary>
/// Re-emits a unit's current state, to fill or repair copies elsewhere: whole state facts, through the outbox, one save. Called in a scope
/// that has entered the unit.
/// </summary>
public interface IRepublish
{
    Task Republish(CancellationToken ct);
}
