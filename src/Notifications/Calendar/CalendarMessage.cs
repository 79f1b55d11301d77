using Mentoring.ICalendar;
using NodaTime;

namespace Mentoring.Notifications.Calendar;

/// <summary>What a calendar is asked to do (iTIP, RFC 5546).</summary>
public enum CalendarMethod
{
    /// <summary>Enter it, or replace what is there under the same UID.</summary>
    Request,

    /// <summary>Take it out.</summary>
    Cancel,
}

/// <summary>Someone in the conversation.</summary>
/// <param name="Address">Null for those without a mailbox: they stand there by their id.</param>
public sealed record Attendee(Guid Id, string Name, string? Address);

/// <summary>
/// An iTIP message about one conversation. Calendars are seen by assistants and shown on office screens, so it says neither what the
/// conversation is for nor that it is mentoring.
/// </summary>
/// <param name="SessionId">Makes the UID, the same for its whole life.</param>
/// <param name="Sequence">Rises with every move and cancel; a calendar keeps the highest whatever the order of arrival.</param>
/// <param name="StampedAt">When the message was made.</param>
/// <param name="Place">Where, in words or as a link.</param>
public sealed record CalendarMessage(
    CalendarMethod Method,
    Guid SessionId,
    int Sequence,
    DateTimeOffset StampedAt,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string? Place,
    IReadOnlyList<Attendee> Attendees)
{
    public const string Summary = "Conversation";
    private const string ReminderBefore = "-PT15M";

    /// <summary>As it stands in the content type.</summary>
    public string MethodName => Method switch
    {
        CalendarMethod.Request => "REQUEST",
        CalendarMethod.Cancel => "CANCEL",
        _ => throw new ArgumentOutOfRangeException(nameof(Method), Method, null),
    };

    /// <summary>The iCalendar text (RFC 5545). Times are UTC: right in every zone, and no zone tables to carry.</summary>
    /// <param name="organizerName">The platform: answers go to it, not to one of the two.</param>
    /// <param name="organizerAddress">Its mailbox.</param>
    /// <param name="openAt">Where the conversation is moved or cancelled.</param>
    public string Write(string organizerName, string organizerAddress, Uri openAt)
    {
        var text = new CalendarWriter();
        text.Line("BEGIN", "VCALENDAR");
        text.Line("PRODID", "-//Mentoring//Notifications//EN");
        text.Line("VERSION", "2.0");
        text.Line("CALSCALE", "GREGORIAN");
        text.Line("METHOD", MethodName);
        new PrivateEvent(
            // The feed of Scheduling writes the same UID and title.
            $"{SessionId}@mentoring",
            Sequence,
            Instant.FromDateTimeOffset(StampedAt),
            Instant.FromDateTimeOffset(StartsAt),
            Instant.FromDateTimeOffset(EndsAt),
            Summary,
            Place,
            Cancelled: Method == CalendarMethod.Cancel).Write(text, more => WritePeople(more, organizerName, organizerAddress, openAt));
        text.Line("END", "VCALENDAR");
        return text.ToString();
    }

    private void WritePeople(CalendarWriter text, string organizerName, string organizerAddress, Uri openAt)
    {
        text.Line("URL", openAt.AbsoluteUri);
        text.Line("ORGANIZER", $"mailto:{organizerAddress}", ("CN", organizerName));
        foreach (var attendee in Attendees)
        {
            text.Line("ATTENDEE", attendee.Address is { } address ? $"mailto:{address}" : $"urn:uuid:{attendee.Id}",
                ("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "NEEDS-ACTION"), ("RSVP", "FALSE"), ("CN", attendee.Name));
        }
        if (Method == CalendarMethod.Request)
        {
            text.Line("BEGIN", "VALARM");
            text.Line("ACTION", "DISPLAY");
            text.Text("DESCRIPTION", Summary);
            text.Line("TRIGGER", ReminderBefore);
            text.Line("END", "VALARM");
        }
    }
}
