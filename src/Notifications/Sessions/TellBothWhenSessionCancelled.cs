using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Calendar;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Sessions;

/// <summary>Whose side cancelled is said; why is not: illness or workload are nobody's business here.</summary>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="OtherId">The other of the two; the empty id where nobody is named.</param>
/// <param name="StartsAt">Instant, UTC.</param>
/// <param name="EndsAt">Instant, UTC.</param>
/// <param name="Channel"><c>video</c> or <c>in-person</c>.</param>
/// <param name="Place">Where, in words or as a link.</param>
/// <param name="Sequence">iTIP SEQUENCE.</param>
/// <param name="ByReader">Whether it was the reader's side.</param>
/// <param name="PairOver">It fell away with the pair: nobody cancelled it, nobody is named and no new time is offered.</param>
/// <param name="InCalendar">Scheduling keeps the reader's calendar itself: there is nothing for a message to take out.</param>
public sealed record CancelledSession(
    Guid ProgrammeId,
    Guid OtherId,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Channel,
    string? Place,
    int Sequence,
    bool ByReader,
    bool PairOver = false,
    bool InCalendar = false)
    : SessionNotice(ProgrammeId, OtherId, StartsAt, EndsAt, Channel, Place, Sequence, InCalendar)
{
    protected override CalendarMethod Method => CalendarMethod.Cancel;

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>(base.Fill(reader)) { ["byReader"] = ByReader, ["pairOver"] = PairOver };
}

/// <summary>Both calendars are cleared, at any hour.</summary>
public sealed class TellBothWhenSessionCancelled(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<SessionCancelled>
{
    /// <summary>The reason of a session that falls away with its pair.</summary>
    private const string PartnershipEnded = "partnership-ended";

    public async Task Consume(ConsumeContext<SessionCancelled> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("session", fact.SessionId, fact.Version, ct))
            return;
        await postbox.Put(fact.SessionId, fact.Version, [(fact.MentorId, Notice(fact.MentorId, fact.MenteeId, Side.Mentor)), (fact.MenteeId, Notice(fact.MenteeId, fact.MentorId, Side.Mentee))], ct);
        await db.SaveChangesAsync(ct);

        // A pair that is no more may be so because the other was erased: then this must not bring the id back.
        CancelledSession Notice(Guid to, Guid other, Side reader) =>
            new(
                fact.ProgrammeId,
                fact.Reason == PartnershipEnded ? Guid.Empty : other,
                fact.StartsAt,
                fact.EndsAt,
                fact.Channel,
                fact.Place,
                fact.Sequence,
                ByReader: fact.BySide == reader && fact.Reason != PartnershipEnded,
                PairOver: fact.Reason == PartnershipEnded,
                InCalendar: fact.InCalendarOf?.Contains(to) ?? false);
    }
}
