using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Calendar;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Circle;

/// <param name="Title">As its arranger wrote it.</param>
/// <param name="Arrangement">1 when it was called; higher where it was moved since. iTIP SEQUENCE counts from 0.</param>
public sealed record ArrangedMeeting(
    Guid ProgrammeId, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Place, bool Cancelled, long Arrangement) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["title"] = Title,
        ["when"] = reader.When(StartsAt),
        ["minutes"] = (int)(EndsAt - StartsAt).TotalMinutes,
        ["place"] = Place,
        ["cancelled"] = Cancelled,
        ["moved"] = Arrangement > 1,
    };

    /// <summary>Nobody else stands in it: who belongs to the circle is for its members to see, not for their calendars.</summary>
    public override CalendarMessage? Calendar(InboxItem item, Names names) => new(
        Cancelled ? CalendarMethod.Cancel : CalendarMethod.Request, item.AboutId, (int)Arrangement - 1, item.CreatedAt, StartsAt, EndsAt, Place,
        names.People.GetValueOrDefault(item.PersonId) is { Gone: false } person
            ? [new Attendee(item.PersonId, person.Name, Deliveries.MailAddresses.Parse(person.Email, person.Name)?.Address)]
            : []);
}

/// <summary>Everybody in the circle is told when a meeting is called, moved or cancelled; what a later change has overtaken is not told.</summary>
public sealed class InviteWhenCircleMeetingArranged(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<CircleMeetingArranged>
{
    public async Task Consume(ConsumeContext<CircleMeetingArranged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("circle-meeting", fact.MeetingId, fact.Version, ct))
            return;
        var notice = new ArrangedMeeting(fact.ProgrammeId, fact.Title, fact.StartsAt, fact.EndsAt, fact.Place, fact.Cancelled, fact.Version);
        await postbox.Put(fact.MeetingId, fact.Version, [.. fact.MemberIds.Select(id => (id, (Notice)notice))], ct);
        await db.SaveChangesAsync(ct);
    }
}
