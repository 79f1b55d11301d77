using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Calendar;
using Mentoring.Notifications.Inbox;

namespace Mentoring.Notifications.Sessions;

/// <summary>A higher SEQUENCE under the same UID: calendars replace what they have.</summary>
public sealed record MovedSession(Guid ProgrammeId, Guid OtherId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Channel, string? Place, int Sequence, bool InCalendar = false)
    : SessionNotice(ProgrammeId, OtherId, StartsAt, EndsAt, Channel, Place, Sequence, InCalendar)
{
    protected override CalendarMethod Method => CalendarMethod.Request;
}

/// <summary>News that a later one has overtaken is not told: it would name a time that no longer holds.</summary>
public sealed class TellBothWhenSessionMoved(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<SessionMoved>
{
    public async Task Consume(ConsumeContext<SessionMoved> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("session", fact.SessionId, fact.Version, ct))
            return;
        await postbox.Put(fact.SessionId, fact.Version, [(fact.MentorId, Notice(fact.MentorId, fact.MenteeId)), (fact.MenteeId, Notice(fact.MenteeId, fact.MentorId))], ct);
        await db.SaveChangesAsync(ct);

        MovedSession Notice(Guid reader, Guid other) =>
            new(fact.ProgrammeId, other, fact.StartsAt, fact.EndsAt, fact.Channel, fact.Place, fact.Sequence, fact.InCalendarOf?.Contains(reader) ?? false);
    }
}
