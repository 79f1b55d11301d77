namespace Mentoring.ICalendar;

/// <summary>How much of somebody else's file is looked at. What is beyond is refused; nothing is cut off in silence.</summary>
public sealed record CalendarLimits
{
    public static CalendarLimits Default { get; } = new();

    /// <summary>Of the whole file.</summary>
    public int Bytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Of one content line after unfolding, in octets. Attachments stand in one line.</summary>
    public int LineBytes { get; init; } = 1024 * 1024;

    /// <summary>How deep components may lie in one another; the calendar itself is the first.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>Content lines of one component inside the calendar, its own components included; and of the calendar between two of these.</summary>
    public int LinesOfOne { get; init; } = 20_000;

    /// <summary>Components inside the calendars of a file.</summary>
    public int Events { get; init; } = 20_000;

    /// <summary>Events that cannot be read before the file as a whole counts as unreadable.</summary>
    public int Problems { get; init; } = 200;

    /// <summary>
    /// What the recurrences of a file may cost together: a step is a day looked at, a period passed over or an instance found, some ten to a hundred
    /// nanoseconds. Steps and not time, so that the same file gives the same answer on a busy machine.
    /// </summary>
    public int Steps { get; init; } = 400_000;

    /// <summary>What a single event's recurrence, or a single zone's table, may cost.</summary>
    public int StepsOfOne { get; init; } = 200_000;
}

/// <summary>Steps that are left, of a file and of one recurrence in it.</summary>
internal sealed class Budget(CalendarLimits limits)
{
    private long _left = limits.Steps;
    private long _leftOfOne = limits.StepsOfOne;

    /// <summary>Whether the recurrence at hand was refused a step.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether there was something left to spend. Once there is not, there never is for the recurrence at hand.</summary>
    public bool Spend(long steps = 1)
    {
        _left -= steps;
        _leftOfOne -= steps;
        IsRefused |= _left < 0 || _leftOfOne < 0;
        return !IsRefused;
    }

    /// <summary>Another recurrence is at hand.</summary>
    public void Next() => (_leftOfOne, IsRefused) = (limits.StepsOfOne, false);
}
