namespace Mentoring.Scheduling.Calendars;

public enum CalendarState
{
    /// <summary>Not read yet.</summary>
    Waiting,

    Read,

    /// <summary>Not read the last time; what was read before that stands.</summary>
    Failing,
}

/// <summary>A calendar as its owner sees it; its address is not shown again.</summary>
/// <param name="Host">Of its address.</param>
/// <param name="Ending">The last characters of its address; empty where that is short.</param>
/// <param name="ReadAt">When it was last read, or known to be unchanged.</param>
/// <param name="NextAt">When it is read next.</param>
/// <param name="Times">Busy times, or shifts, that are known of it.</param>
/// <param name="LeftOut">Events that could not be read: they are not in the way of anything.</param>
/// <param name="Trouble">Null unless it is failing.</param>
public sealed record CalendarView(
    Guid Id, string Name, CalendarKind Kind, string Host, string Ending, CalendarState State, DateTimeOffset? ReadAt, DateTimeOffset NextAt, int Times, int LeftOut, Trouble? Trouble)
{
    public static CalendarView Of(CalendarFeed feed) => new(
        feed.Id,
        feed.Name,
        feed.Kind,
        feed.Host,
        feed.Ending,
        feed.Problem is not null ? CalendarState.Failing : feed.ReadAt is not null ? CalendarState.Read : CalendarState.Waiting,
        feed.ReadAt,
        feed.NextAt,
        feed.Times,
        feed.LeftOut,
        feed is { Problem: { } problem, FailingSince: { } since } ? new Trouble(problem, problem.InWords(), since) : null);
}

/// <summary>Why a calendar is not read.</summary>
/// <param name="Since">The first time in a row.</param>
public sealed record Trouble(ReadingProblem Code, string Detail, DateTimeOffset Since);
