using NodaTime;
using NodaTime.TimeZones;

namespace Mentoring.ICalendar;

/// <summary>
/// A clock on the wall. A time that the clock leaves out is read with the offset before the gap, and one that it shows twice is the first of the two
/// (3.3.5).
/// </summary>
internal abstract class Zone
{
    /// <summary>The moment, in seconds of Unix time, at which the clock says this.</summary>
    public abstract long MomentOf(long clock);

    /// <summary>How far the clock is ahead of UTC, in seconds.</summary>
    public abstract long OffsetAt(long moment);

    public long ClockAt(long moment) => moment + OffsetAt(moment);
}

/// <summary>Of the IANA database, as NodaTime carries it.</summary>
internal sealed class NamedZone(DateTimeZone zone) : Zone
{
    // Beyond these the offset is as at them: NodaTime's own calendar ends there.
    private static readonly long s_first = (Civil.DayOf(Civil.FirstYear, 1, 1) + 2) * Civil.Day;
    private static readonly long s_last = (Civil.LastDay - 2) * Civil.Day;

    // Where the clock is surely within one interval; a recurrence asks for times near to one another.
    private long _from = long.MaxValue;
    private long _to = long.MinValue;
    private long _offset;

    public override long MomentOf(long clock)
    {
        if (clock >= _from && clock < _to)
            return clock - _offset;
        var within = Math.Clamp(clock, s_first, s_last);
        var interval = zone.MapLocal(new CalendarTime(within, TimeKind.Floating).Local).EarlyInterval;
        _offset = interval.WallOffset.Seconds;
        _from = interval.HasStart ? interval.Start.ToUnixTimeSeconds() + _offset + Civil.Day : s_first;
        _to = interval.HasEnd ? interval.End.ToUnixTimeSeconds() + _offset - Civil.Day : s_last;
        return clock - _offset;
    }

    public override long OffsetAt(long moment) => zone.GetUtcOffset(Instant.FromUnixTimeSeconds(Math.Clamp(moment, s_first, s_last))).Seconds;
}

/// <summary>Of a VTIMEZONE (3.6.5): the moments at which the offset changes.</summary>
/// <param name="onsets">Ascending, each with the offset from then on.</param>
/// <param name="before">The offset before the first.</param>
internal sealed class EmbeddedZone((long Moment, long Offset)[] onsets, long before) : Zone
{
    public override long MomentOf(long clock)
    {
        // The first interval at whose end the clock says more.
        int low = 0, high = onsets.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (onsets[middle].Moment + Before(middle) > clock)
                high = middle;
            else
                low = middle + 1;
        }
        var offset = Before(low);
        var isInGap = low > 0 && clock < onsets[low - 1].Moment + offset;
        return clock - (isInGap ? Before(low - 1) : offset);
    }

    public override long OffsetAt(long moment)
    {
        int low = 0, high = onsets.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (onsets[middle].Moment > moment)
                high = middle;
            else
                low = middle + 1;
        }
        return Before(low);
    }

    private long Before(int onset) => onset == 0 ? before : onsets[onset - 1].Offset;
}

/// <summary>
/// What the names of zones in a file mean: first the IANA name, then the one that Windows gives it, and else the table in the file. The tables that calendars
/// write are often shortened to this year's rule, so a name that is known goes before.
/// </summary>
internal sealed class Zones(DateTimeZone owner, Budget budget, long end)
{
    private const long LongestOffset = Civil.Day;

    // Two a year from 1601 on are some thousand.
    private const int MostChanges = 5_000;

    private static readonly Dictionary<string, string> s_names = DateTimeZoneProviders.Tzdb.Ids.ToDictionary(id => id, id => id, StringComparer.OrdinalIgnoreCase);

    private readonly Zone _owner = new NamedZone(owner);
    private readonly Zone _utc = new NamedZone(DateTimeZone.Utc);
    private readonly Dictionary<string, Component> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Zone?> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CalendarException> _broken = new(StringComparer.Ordinal);

    /// <summary>Takes a VTIMEZONE in; read when an event asks for it.</summary>
    public void Add(Component table)
    {
        if (table.Property("TZID")?.Value is { Length: > 0 } name)
            _tables.TryAdd(name, table);
    }

    /// <summary>The clock a time is written for; null when nobody knows the zone.</summary>
    /// <exception cref="CalendarException">The zone's table cannot be read.</exception>
    public Zone? Of(CalendarTime time) => time.Kind switch
    {
        TimeKind.Utc => _utc,
        TimeKind.Zoned => Named(time.ZoneName!),
        _ => _owner,
    };

    private Zone? Named(string name)
    {
        if (_known.TryGetValue(name, out var known))
            return known;
        if (_broken.TryGetValue(name, out var why))
            throw why;
        // A name with a slash before it is the file's own (3.2.19), though it mostly ends in the zone's.
        var zone = name.StartsWith('/') ? (Zone?)Table(name) ?? Ending(name) : (Zone?)Iana(name) ?? (Zone?)Windows(name) ?? Table(name);
        return _known[name] = zone;
    }

    private static NamedZone? Iana(string name) => s_names.TryGetValue(name, out var id) ? new NamedZone(DateTimeZoneProviders.Tzdb[id]) : null;

    private static NamedZone? Windows(string name) =>
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var id) ? new NamedZone(DateTimeZoneProviders.Tzdb[id]) : null;

    private static NamedZone? Ending(string name)
    {
        var parts = name.Split('/');
        for (var length = Math.Min(3, parts.Length - 1); length > 0; length--)
        {
            if (Iana(string.Join('/', parts[^length..])) is { } zone)
                return zone;
        }
        return null;
    }

    private EmbeddedZone? Table(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
            return null;
        try
        {
            return Read(table, name);
        }
        catch (CalendarException e)
        {
            // Read once, however many events ask for it.
            _broken[name] = e;
            throw;
        }
    }

    private EmbeddedZone Read(Component table, string name)
    {
        var onsets = new SortedDictionary<long, long>();
        (long Moment, long Offset)? first = null;
        budget.Next();
        foreach (var observance in table.Components)
        {
            if (observance.Name is not ("STANDARD" or "DAYLIGHT"))
                continue;
            var from = Offset(observance, "TZOFFSETFROM");
            var to = Offset(observance, "TZOFFSETTO");
            var start = EventReader.Time(Required(observance, "DTSTART"));
            Add(start.Seconds);
            foreach (var property in observance.Properties)
            {
                if (property.Name == "RRULE")
                {
                    var rule = RecurrenceRule.Parse(property.Value, property.Number);
                    // UNTIL of a zone is in UTC.
                    var late = rule.Until is { } until ? until.Seconds + (until.Kind == TimeKind.Utc ? from : 0) : long.MaxValue;
                    foreach (var onset in new Recurrence(rule, start.Seconds, Math.Min(late, end), null, budget).Between(start.Seconds, end))
                        Add(onset);
                }
                else if (property.Name == "RDATE")
                {
                    foreach (var onset in EventReader.Starts(property))
                        Add(onset.Kind == TimeKind.Utc ? onset.Seconds + from : onset.Seconds);
                }
            }
            if (budget.IsRefused)
                throw TooLong(observance);

            void Add(long clock)
            {
                if (onsets.Count >= MostChanges)
                    throw TooLong(observance);
                var moment = clock - from;
                onsets[moment] = to;
                if (first is null || moment < first.Value.Moment)
                    first = (moment, from);
            }
        }
        return first is null
            ? throw new CalendarException(table.Line, "value-missing", $"The table of zone '{CalendarException.Piece(name)}' has no offset.")
            : new EmbeddedZone([.. onsets.Select(onset => (onset.Key, onset.Value))], first.Value.Offset);

        CalendarException TooLong(Component observance) =>
            new(observance.Line, "recurrence-too-long", $"The table of zone '{CalendarException.Piece(name)}' has more changes than are followed.");
    }

    private static ContentLine Required(Component observance, string name) =>
        observance.Property(name) ?? throw new CalendarException(observance.Line, "value-missing", $"{observance.Name} has no {name}.");

    /// <summary>A UTC-OFFSET (3.3.14), in seconds.</summary>
    private static long Offset(Component observance, string name)
    {
        var line = Required(observance, name);
        var value = line.Value.AsSpan().Trim();
        if (value.Length is 5 or 7 && value[0] is '+' or '-' && !value[1..].ContainsAnyExceptInRange('0', '9'))
        {
            var number = value[1..];
            var seconds = (int.Parse(number[..2], null) * 3600) + (int.Parse(number[2..4], null) * 60) + (number.Length == 6 ? int.Parse(number[4..], null) : 0);
            if (seconds < LongestOffset)
                return value[0] == '-' ? -seconds : seconds;
        }
        throw CalendarException.Value(line.Number, "offset from UTC", value);
    }
}
