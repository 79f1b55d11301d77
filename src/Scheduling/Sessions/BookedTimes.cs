using Microsoft.EntityFrameworkCore;
using NodaTime;
using NpgsqlTypes;

namespace Mentoring.Scheduling.Sessions;

/// <summary>
/// The times that one booking, a session or a whole series, takes of one person, the way there and back included. An exclusion constraint over these
/// rows keeps anybody from being booked twice at once, whatever runs in parallel; what is cancelled gives its time back.
/// </summary>
/// <remarks>
/// A row for a whole series, as the constraint costs a row as much as all its other indexes together. What is moved leaves its row and has one of
/// its own, so that it is held against the rest of its series as well.
/// </remarks>
public sealed class BookedTimes
{
    /// <summary>The exclusion constraint, as PostgreSQL names it in a refusal.</summary>
    public const string NobodyTwice = "ex_booked_times_nobody_twice";

    private BookedTimes()
    {
    }

    public Guid PersonId { get; private init; }

    public Guid Id { get; private init; }

    public Guid PartnershipId { get; private init; }

    /// <summary>UTC, apart from one another, in order.</summary>
    public NpgsqlRange<DateTime>[] Times { get; private set; } = [];

    /// <summary>Of both of a pair.</summary>
    /// <param name="sessions">Booked together; of one pair.</param>
    /// <exception cref="InvalidOperationException">Two of them overlap, ways included.</exception>
    public static IEnumerable<BookedTimes> For(params IReadOnlyList<Session> sessions) =>
        from person in new[] { sessions[0].MentorId, sessions[0].MenteeId }
        select new BookedTimes
        {
            PersonId = person,
            Id = Guid.CreateVersion7(),
            PartnershipId = sessions[0].PartnershipId,
            Times = Apart([.. sessions.Select(session => session.TimeOf(person)).OrderBy(time => time.Start)]),
        };

    /// <summary>Gives back what of it was taken; what was not is left alone.</summary>
    public void Free(Interval time)
    {
        var (from, to) = (time.Start.ToDateTimeUtc(), time.End.ToDateTimeUtc());
        Times = [.. Times.SelectMany(taken => new[] { Range(taken.LowerBound, Earlier(taken.UpperBound, from)), Range(Later(taken.LowerBound, to), taken.UpperBound) })
            .Where(left => left.LowerBound < left.UpperBound)];
    }

    // The database joins what overlaps within a row, and would refuse nothing.
    private static NpgsqlRange<DateTime>[] Apart(Interval[] times) =>
        times.Zip(times.Skip(1)).Any(two => two.First.End > two.Second.Start)
            ? throw new InvalidOperationException("Two sessions that are booked together overlap.")
            : [.. times.Select(time => Range(time.Start.ToDateTimeUtc(), time.End.ToDateTimeUtc()))];

    private static NpgsqlRange<DateTime> Range(DateTime from, DateTime to) => new(from, true, to, false);

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}

internal static class FreeingTime
{
    /// <summary>
    /// Gives the time of a session back, of both; part of the next save. Inside a transaction: rows of a series are held until it ends, so that two
    /// sessions of it may be changed at once.
    /// </summary>
    public static async Task FreeTimeOf(this SchedulingDb db, Session session, CancellationToken ct)
    {
        var (starts, ends) = (session.StartsAt, session.EndsAt);
        var held = await db.BookedTimes.FromSql($"""
            select * from booked_times
            where partnership_id = {session.PartnershipId} and times && tstzrange({starts}, {ends})
            order by person_id, id for no key update
            """).ToListAsync(ct);
        foreach (var booked in held)
        {
            booked.Free(session.TimeOf(booked.PersonId));
            if (booked.Times.Length == 0)
                db.BookedTimes.Remove(booked);
        }
    }
}
