using System.Globalization;
using System.Text;
using NodaTime;

namespace Mentoring.ICalendar;

/// <summary>
/// Content lines of RFC 5545: escaped, folded at 75 octets, ended by CRLF. What a calendar may not contain (control characters) becomes
/// a space, so that no name or place can add a line of its own.
/// </summary>
public sealed class CalendarWriter
{
    private const int Octets = 75;
    private readonly StringBuilder _lines = new();

    /// <summary>A line whose value stands as it is.</summary>
    public void Line(string name, string value, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var line = new StringBuilder(name);
        foreach (var parameter in parameters)
            line.Append(';').Append(parameter.Name).Append('=').Append(Parameter(parameter.Value));
        Fold(line.Append(':').Append(CalendarText.Printable(value)).ToString());
    }

    /// <summary>A line whose value is a TEXT (3.3.11).</summary>
    public void Text(string name, string value) => Fold($"{name}:{CalendarText.Escape(value)}");

    /// <summary>A moment, in UTC: right in every zone, and no zone table to carry.</summary>
    public void Moment(string name, Instant at) => Line(name, $"{Clock(at.InUtc().LocalDateTime)}Z");

    /// <summary>
    /// The table of a zone (3.6.5) under its IANA name. Every change stands there with its own date: rules differ from year to year in many zones, and lists of
    /// dates (RDATE) are not read by everybody.
    /// </summary>
    /// <param name="zone">The zone.</param>
    /// <param name="from">Times before are not covered.</param>
    /// <param name="to">Times after are not covered.</param>
    /// <param name="name">The TZID, where it is not to be the zone's own.</param>
    public void Zone(DateTimeZone zone, Instant from, Instant to, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        Line("BEGIN", "VTIMEZONE");
        Line("TZID", name ?? zone.Id);
        foreach (var interval in zone.GetZoneIntervals(from, to))
        {
            var before = interval.HasStart ? zone.GetZoneInterval(interval.Start - Duration.Epsilon).WallOffset : interval.WallOffset;
            var kind = interval.Savings > Offset.Zero ? "DAYLIGHT" : "STANDARD";
            Line("BEGIN", kind);
            Line("DTSTART", Clock((interval.HasStart ? interval.Start : Instant.FromUnixTimeSeconds(0)).WithOffset(before).LocalDateTime));
            Line("TZOFFSETFROM", Written(before));
            Line("TZOFFSETTO", Written(interval.WallOffset));
            Text("TZNAME", interval.Name);
            Line("END", kind);
        }
        Line("END", "VTIMEZONE");
    }

    /// <summary>A component as it was read, with all that is in it.</summary>
    public void Component(Component component)
    {
        ArgumentNullException.ThrowIfNull(component);
        Line("BEGIN", component.Name);
        foreach (var property in component.Properties)
            Fold($"{property.Name}{string.Concat(property.Parameters.Select(parameter => $";{parameter.Name}={string.Join(',', parameter.Values.Select(Parameter))}"))}:{CalendarText.Printable(property.Value)}");
        foreach (var inside in component.Components)
            Component(inside);
        Line("END", component.Name);
    }

    public override string ToString() => _lines.ToString();

    private static string Clock(LocalDateTime clock) => clock.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private static string Written(Offset offset) => offset.ToString(offset.Seconds % 60 == 0 ? "+HHmm" : "+HHmmss", CultureInfo.InvariantCulture);

    /// <summary>Quoted where it has to be. What may not stand in a parameter is written with a caret (RFC 6868).</summary>
    private static string Parameter(string value)
    {
        var plain = CalendarText.Printable(value
            .ReplaceLineEndings("\n")
            .Replace("^", "^^", StringComparison.Ordinal)
            .Replace("\n", "^n", StringComparison.Ordinal)
            .Replace("\"", "^'", StringComparison.Ordinal));
        return plain.AsSpan().ContainsAny(";:, ") ? $"\"{plain}\"" : plain;
    }

    /// <summary>Octets are counted in UTF-8, and no character is cut in two. A continuation starts with a space, which counts.</summary>
    private void Fold(string line)
    {
        var left = Octets;
        foreach (var rune in line.EnumerateRunes())
        {
            if (rune.Utf8SequenceLength > left)
            {
                _lines.Append("\r\n ");
                left = Octets - 1;
            }
            left -= rune.Utf8SequenceLength;
            _lines.Append(rune);
        }
        _lines.Append("\r\n");
    }
}
