using Mentoring.Contracts.Participants;

namespace Mentoring.Scheduling.Sessions;

/// <summary>A session as the two see it; a delegate sees when and where it is and that it stands or not, and nothing of why or what became of it.</summary>
/// <param name="BySide">Whose side cancelled or missed it.</param>
/// <param name="Closing">The last before the planned end, once both have been asked whether to go on: the time to look back.</param>
/// <param name="HeldSaidBy">Who called it held; the other side may object until <paramref name="ObjectUntil"/>.</param>
public sealed record SessionView(
    Guid Id,
    Guid PartnershipId,
    Guid MentorId,
    Guid MenteeId,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Channel,
    string? Place,
    SessionState State,
    Side? BySide,
    string? Reason,
    Side? HeldSaidBy,
    DateTimeOffset? ObjectUntil,
    int Sequence,
    bool Closing)
{
    public static SessionView Of(Session session, bool closing) => new(
        session.Id,
        session.PartnershipId,
        session.MentorId,
        session.MenteeId,
        session.StartsAt,
        session.EndsAt,
        session.Channel,
        session.Place,
        session.State,
        session.BySide,
        session.Reason,
        session.HeldSaidBy,
        session.HeldSaidAt + Session.TimeToObject,
        session.Sequence,
        closing);

    public static SessionView ForDelegate(Session session) =>
        Of(session, closing: false) with { BySide = null, Reason = null, HeldSaidBy = null, ObjectUntil = null };
}
