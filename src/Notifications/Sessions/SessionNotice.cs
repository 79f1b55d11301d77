using Mentoring.Notifications.Calendar;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Sessions;

/// <summary>News of one conversation, as one of the two is told it.</summary>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="OtherId">The other of the two; the empty id where nobody is named.</param>
/// <param name="StartsAt">Instant, UTC.</param>
/// <param name="EndsAt">Instant, UTC.</param>
/// <param name="Channel"><c>video</c> or <c>in-person</c>.</param>
/// <param name="Place">Where, in words or as a link.</param>
/// <param name="Sequence">iTIP SEQUENCE.</param>
/// <param name="InCalendar">Scheduling keeps the reader's calendar itself: a message for it would make a second entry.</param>
public abstract record SessionNotice(
    Guid ProgrammeId,
    Guid OtherId,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Channel,
    string? Place,
    int Sequence,
    bool InCalendar) : Notice(ProgrammeId)
{
    protected abstract CalendarMethod Method { get; }

    public override IEnumerable<Guid> Named() => OtherId == Guid.Empty ? [] : [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(OtherId),
        ["when"] = reader.When(StartsAt),
        ["minutes"] = (int)(EndsAt - StartsAt).TotalMinutes,
        ["channel"] = reader.WordFor("channel", Channel),
        ["place"] = Place,
        ["inCalendar"] = InCalendar,
    };

    /// <summary>The same message for both, whoever is written to.</summary>
    public override CalendarMessage? Calendar(InboxItem item, Names names) => InCalendar ? null : new CalendarMessage(
        Method, item.AboutId, Sequence, item.CreatedAt, StartsAt, EndsAt, Place,
        [
            .. from id in new[] { item.PersonId, OtherId }.Order()
               let person = names.People.GetValueOrDefault(id)
               where person is { Gone: false }
               select new Attendee(id, person.Name, Deliveries.MailAddresses.Parse(person.Email, person.Name)?.Address),
        ]);
}
