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
/// <param name="Host">Of its address; of an account its mail domain.</param>
/// <param name="Ending">The last characters of its address; empty where that is short, and of an account.</param>
/// <param name="ReadAt">When it was last read, or known to be unchanged.</param>
/// <param name="NextAt">When it is read next.</param>
/// <param name="Times">Busy times, or shifts, that are known of it.</param>
/// <param name="LeftOut">Events that could not be read: they are not in the way of anything.</param>
/// <param name="Trouble">Null unless it is failing.</param>
/// <param name="Account">Null unless it is the calendar of one's account with a provider.</param>
public sealed record CalendarView(
    Guid Id,
    string Name,
    CalendarKind Kind,
    string Host,
    string Ending,
    CalendarState State,
    DateTimeOffset? ReadAt,
    DateTimeOffset NextAt,
    int Times,
    int LeftOut,
    Trouble? Trouble,
    AccountView? Account)
{
    public static CalendarView Of(CalendarFeed feed, AccountView? account = null) => new(
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
        feed is { Problem: { } problem, FailingSince: { } since } ? new Trouble(problem, feed.Account is null ? problem.InWords() : problem.InWordsOfAccount(), since) : null,
        account);
}

/// <summary>The sessions to come, as far as they are entered into the account's calendar. Those booked before it was connected are not among them.</summary>
/// <param name="Address">The account's mail address.</param>
/// <param name="Entered">Sessions that stand there.</param>
/// <param name="Waiting">Sessions that are still to be entered, moved or taken out; tried for a day.</param>
/// <param name="GivenUp">Sessions whose last change was not made and is not tried any more: what the calendar shows of them is not right. The next change is.</param>
/// <param name="Trouble">The latest reason for what waits or was given up; null where there is none.</param>
public sealed record AccountView(string Address, int Entered, int Waiting, int GivenUp, Trouble? Trouble);

/// <summary>Why a calendar is not read, or not written.</summary>
/// <param name="Since">The first time in a row.</param>
public sealed record Trouble(ReadingProblem Code, string Detail, DateTimeOffset Since);
