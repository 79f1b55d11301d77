using NodaTime;

namespace Mentoring.Scheduling.Availability;

/// <summary>A stretch of time at work; instants, UTC.</summary>
public sealed record Shift(DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>
/// The shifts of somebody whose weeks differ. From its first day to its last they stand for the weekly hours, days without a shift included; before and
/// after, the weekly hours hold.
/// </summary>
public sealed class Rota
{
    public const int MostShifts = 800;

    /// <summary>What a person has put here themselves comes from nowhere else.</summary>
    public static readonly Guid ByHand = Guid.Empty;

    public Guid PersonId { get; init; }

    /// <summary>The calendar it is read from, or <see cref="ByHand"/>.</summary>
    public Guid SourceId { get; init; }

    /// <summary>IANA name; the days are its.</summary>
    public required string TimeZone { get; set; }

    public DateOnly First { get; set; }

    /// <summary>The day on which the last shift ends, which may be the morning after it began.</summary>
    public DateOnly Last { get; set; }

    /// <summary>Ascending, apart from one another; never empty.</summary>
    public required IReadOnlyList<Shift> Shifts { get; set; }

    public long Version { get; set; }

    /// <param name="shifts">Ascending and not empty.</param>
    /// <param name="zone">Their owner's.</param>
    public void Replace(IReadOnlyList<Shift> shifts, DateTimeZone zone)
    {
        (Shifts, TimeZone) = (shifts, zone.Id);
        First = DayOf(shifts[0].StartsAt, zone);
        Last = DayOf(shifts[^1].EndsAt.AddTicks(-1), zone);
        Version++;
    }

    /// <summary>
    /// As <see cref="Replace"/>, of a source that tells only of what is to come: where the rota has begun, its days without a shift stay such
    /// although the shifts before them are not told of any more.
    /// </summary>
    public void Continue(IReadOnlyList<Shift> shifts, DateTimeZone zone, DateTimeOffset now)
    {
        var (known, first) = (Version > 0, First);
        Replace(shifts, zone);
        if (known && first < First && first <= DayOf(now, zone))
            First = first;
    }

    private static DateOnly DayOf(DateTimeOffset moment, DateTimeZone zone) => Instant.FromDateTimeOffset(moment).InZone(zone).Date.ToDateOnly();
}

/// <summary>Shifts on the wall clock of one zone, day by day. Pure.</summary>
public sealed class ShiftPlan
{
    public static readonly ShiftPlan None = new(DateTimeZone.Utc, []);

    private readonly (LocalDate First, LocalDate Last)[] _covered;
    private readonly Dictionary<LocalDate, List<(long From, long To)>> _days = [];

    /// <param name="zone">On whose clock the days are wanted.</param>
    /// <param name="rotas">Where several cover a day, the shifts of all of them count.</param>
    public ShiftPlan(DateTimeZone zone, IReadOnlyList<Rota> rotas)
    {
        _covered = [.. rotas.Select(rota => (LocalDate.FromDateOnly(rota.First), LocalDate.FromDateOnly(rota.Last)))];
        foreach (var shift in rotas.SelectMany(rota => rota.Shifts))
            Add(Instant.FromDateTimeOffset(shift.StartsAt).InZone(zone).LocalDateTime, Instant.FromDateTimeOffset(shift.EndsAt).InZone(zone).LocalDateTime);
    }

    public bool Covers(LocalDate day) => Array.Exists(_covered, rota => rota.First <= day && day <= rota.Last);

    public bool HasShift(LocalDate day) => _days.ContainsKey(day);

    /// <summary>Ticks of that day on the wall clock, in no order.</summary>
    public IReadOnlyList<(long From, long To)> On(LocalDate day) => _days.TryGetValue(day, out var parts) ? parts : [];

    private void Add(LocalDateTime from, LocalDateTime to)
    {
        for (var day = from.Date; day <= to.Date; day = day.PlusDays(1))
        {
            var begins = day == from.Date ? from.TimeOfDay.TickOfDay : 0;
            var ends = day == to.Date ? to.TimeOfDay.TickOfDay : NodaConstants.TicksPerDay;
            if (begins < ends)
                Join(day, begins, ends);
        }
    }

    private void Join(LocalDate day, long begins, long ends)
    {
        if (!_days.TryGetValue(day, out var parts))
            _days[day] = parts = [];
        foreach (var other in parts.Where(part => part.From <= ends && begins <= part.To).ToList())
        {
            parts.Remove(other);
            (begins, ends) = (Math.Min(begins, other.From), Math.Max(ends, other.To));
        }
        parts.Add((begins, ends));
    }
}
