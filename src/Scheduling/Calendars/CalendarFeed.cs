using NodaTime;

namespace Mentoring.Scheduling.Calendars;

/// <summary>What a calendar is read for.</summary>
public enum CalendarKind
{
    /// <summary>Its events are in the way.</summary>
    Busy,

    /// <summary>Its events are shifts: they stand for the weekly hours.</summary>
    Rota,
}

/// <summary>A time at which somebody is not free, as one of their calendars says. What it is for is not kept.</summary>
public sealed class BusyTime
{
    public Guid FeedId { get; init; }

    public Guid PersonId { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset EndsAt { get; init; }
}

/// <summary>
/// A calendar that a person has added by its secret address, and how reading it goes; or the calendar of their account with a provider that the
/// operator has connected, which then takes their sessions in as well.
/// </summary>
/// <remarks>What was last read well stands until it is read well again.</remarks>
public sealed class CalendarFeed
{
    public const int MostOfOne = 5;

    private const int LongestTag = 500;
    private const double MostHours = 24;

    private static readonly TimeSpan UntilGone = TimeSpan.FromDays(7);

    public Guid Id { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>From 1: two added at the same moment take different ones, so nobody gets beyond <see cref="MostOfOne"/>. The one account has 0.</summary>
    public int Place { get; init; }

    public required string Name { get; init; }

    public CalendarKind Kind { get; init; }

    /// <summary>The mail address of the account, as it was when its owner said yes to it; null for a calendar that is read by an address.</summary>
    public string? Account { get; init; }

    /// <summary>The unit's slug, by which a provider is found for the account.</summary>
    public string? UnitSlug { get; init; }

    /// <summary>Under a master key; null for an account.</summary>
    public byte[]? SealedAddress { get; set; }

    /// <summary>Of the address; of an account its mail domain.</summary>
    public required string Host { get; init; }

    /// <summary>Of the address, so that its owner can tell it.</summary>
    public required string Ending { get; init; }

    public DateTimeOffset AddedAt { get; init; }

    /// <summary>When the server was last asked, whatever came of it.</summary>
    public DateTimeOffset? TriedAt { get; private set; }

    /// <summary>When it last gave the calendar, or said that it is unchanged.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    public DateTimeOffset NextAt { get; set; }

    /// <summary>Busy times, or shifts, that are kept.</summary>
    public int Times { get; private set; }

    /// <summary>Events that could not be read.</summary>
    public int LeftOut { get; private set; }

    /// <summary>What the server calls the version that was read.</summary>
    public string? Tag { get; private set; }

    public DateTimeOffset? Changed { get; private set; }

    /// <summary>Up to where what is kept reaches.</summary>
    public DateTimeOffset? KnownUntil { get; private set; }

    /// <summary>The owner's zone as it was read by.</summary>
    public string? TimeZone { get; private set; }

    public int Failures { get; private set; }

    public DateTimeOffset? FailingSince { get; private set; }

    public ReadingProblem? Problem { get; private set; }

    /// <summary>What the address is sealed for: no row can stand in for another.</summary>
    public static string Purpose(Guid unitId, Guid feedId) => $"calendar {unitId} {feedId}";

    /// <summary>
    /// Whether it is enough to ask if anything has changed. Not where time has passed so far that more of the calendar is wanted, and not where
    /// its whole days now lie elsewhere.
    /// </summary>
    public bool IsKnownUntil(Instant horizon, DateTimeZone zone) =>
        KnownUntil is { } until && Instant.FromDateTimeOffset(until) >= horizon && TimeZone == zone.Id;

    public void Take(CalendarTimes read, string? tag, DateTimeOffset? changed, Instant horizon, DateTimeZone zone, DateTimeOffset now)
    {
        (Times, LeftOut) = (read.Times.Count, read.LeftOut);
        (Tag, Changed) = (tag is { Length: <= LongestTag } ? tag : null, changed);
        (KnownUntil, TimeZone) = (horizon.ToDateTimeOffset(), zone.Id);
        IsUnchanged(now);
    }

    public void IsUnchanged(DateTimeOffset now)
    {
        (TriedAt, ReadAt) = (now, now);
        (Failures, FailingSince, Problem) = (0, null, null);
        NextAt = After(now, TimeSpan.FromHours(1));
    }

    /// <summary>Tried again later and later, once a day at least; not before the server wants to be asked again.</summary>
    public void Fail(ReadingProblem problem, DateTimeOffset now, TimeSpan? after = null)
    {
        TriedAt = now;
        Failures++;
        FailingSince ??= now;
        Problem = problem is ReadingProblem.NotFound && now - FailingSince >= UntilGone ? ReadingProblem.Gone : problem;
        NextAt = After(now, TimeSpan.FromHours(Math.Min(MostHours, Math.Pow(2, Math.Min(Failures, 10) - 1))));
        if (after is { } wanted && now + wanted > NextAt)
            NextAt = now + wanted;
    }

    /// <summary>About that much later, at the minute of the hour that is this calendar's own: so they spread, also after all were late together.</summary>
    private DateTimeOffset After(DateTimeOffset now, TimeSpan pause)
    {
        var earliest = now + pause - TimeSpan.FromMinutes(30);
        var own = TimeSpan.FromSeconds(BitConverter.ToUInt32(Id.ToByteArray(), 12) % 3600);
        var next = new DateTimeOffset(earliest.UtcDateTime.Date, TimeSpan.Zero).AddHours(earliest.UtcDateTime.Hour) + own;
        return next < earliest ? next.AddHours(1) : next;
    }
}
