using System.Globalization;
using NodaTime;

namespace Mentoring.ICalendar;

/// <summary>
/// An event that shows as taken time and tells nobody more (CLASS:PRIVATE). Whoever writes it with the same values writes the same lines, so that
/// a calendar which gets it by mail and by subscription can tell that it is one.
/// </summary>
/// <param name="Uid">The same for its whole life.</param>
/// <param name="Sequence">Rises with every change; a calendar keeps the highest.</param>
/// <param name="StampedAt">When it, or the message it travels in, was made.</param>
/// <param name="Summary">Its title.</param>
/// <param name="Place">Where, in words or as a link; null for none.</param>
/// <param name="Cancelled">It does not take place.</param>
public sealed record PrivateEvent(
    string Uid, int Sequence, Instant StampedAt, Instant StartsAt, Instant EndsAt, string Summary, string? Place, bool Cancelled = false)
{
    /// <param name="text">Where to.</param>
    /// <param name="more">Writes further lines of the event.</param>
    public void Write(CalendarWriter text, Action<CalendarWriter>? more = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        text.Line("BEGIN", "VEVENT");
        text.Line("UID", Uid);
        text.Line("SEQUENCE", Sequence.ToString(CultureInfo.InvariantCulture));
        text.Moment("DTSTAMP", StampedAt);
        text.Moment("DTSTART", StartsAt);
        text.Moment("DTEND", EndsAt);
        text.Text("SUMMARY", Summary);
        text.Line("CLASS", "PRIVATE");
        text.Line("TRANSP", "OPAQUE");
        text.Line("STATUS", Cancelled ? "CANCELLED" : "CONFIRMED");
        if (!string.IsNullOrWhiteSpace(Place))
            text.Text("LOCATION", Place);
        more?.Invoke(text);
        text.Line("END", "VEVENT");
    }
}
