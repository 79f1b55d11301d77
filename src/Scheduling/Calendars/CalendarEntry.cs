using Mentoring.Scheduling.Sessions;

namespace Mentoring.Scheduling.Calendars;

/// <summary>What is to be done about an entry.</summary>
public enum EntryStep
{
    Nothing,
    Create,
    Move,
    Cancel,
}

/// <summary>
/// A session in one person's own calendar, as far as it is known to stand there. What it should be the session says; this only follows, so that it does not
/// matter how often, and in which order, it is looked after.
/// </summary>
public sealed class CalendarEntry
{
    /// <summary>How long a change is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private const double MostMinutes = 30;

    public Guid SessionId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>The unit's slug, by which the provider is found.</summary>
    public required string UnitSlug { get; init; }

    /// <summary>Whose calendar: the mail address of the account.</summary>
    public required string Address { get; init; }

    /// <summary>As it stands in the calendar; null until it does.</summary>
    public DateTimeOffset? StartsAt { get; private set; }

    /// <summary>As it stands in the calendar; null until it does.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>Its owner wants it out, whatever becomes of the session.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>The last change was not made, and is not tried any more.</summary>
    public bool GivenUp { get; private set; }

    public int Failures { get; private set; }

    public DateTimeOffset? FailingSince { get; private set; }

    public ReadingProblem? Problem { get; private set; }

    /// <summary>Not tried again before this.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    /// <summary>Who looks after it has it until then, by the database's clock: one at a time, so that an older change cannot overtake a newer one.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>Its owner needs no invitation by mail: it stands in the calendar, or is about to.</summary>
    public bool StandsForMail => !IsLeaving && !(GivenUp && StartsAt is null);

    /// <param name="session">Null where it has been erased.</param>
    /// <param name="now">Nothing is entered into the past.</param>
    public EntryStep StepTo(Session? session, DateTimeOffset now) =>
        IsLeaving || session is null or { State: SessionState.Cancelled } ? EntryStep.Cancel
        : session.EndsAt <= now || !StandsForMail || (StartsAt == session.StartsAt && EndsAt == session.EndsAt) ? EntryStep.Nothing
        : StartsAt is null ? EntryStep.Create
        : EntryStep.Move;

    public void StandsAt(DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        (StartsAt, EndsAt) = (startsAt, endsAt);
        (Failures, FailingSince, Problem, NotBefore, GivenUp) = (0, null, null, null, false);
    }

    /// <summary>Tried again later and later, and not before the provider wants to be asked again; after a day no more.</summary>
    /// <returns>Whether it is tried again.</returns>
    public bool Fail(ReadingProblem problem, TimeSpan? after, DateTimeOffset now)
    {
        // What was given up before has a day again.
        if (GivenUp)
            (Failures, FailingSince, GivenUp) = (0, null, false);
        Failures++;
        FailingSince ??= now;
        Problem = problem;
        if (problem is ReadingProblem.EntryGone)
            // Its owner has deleted it, and is told by mail from now on.
            (StartsAt, EndsAt) = (null, null);
        GivenUp = problem is ReadingProblem.EntryGone || now - FailingSince >= Patience;
        var pause = TimeSpan.FromMinutes(Math.Min(MostMinutes, Math.Pow(2, Math.Min(Failures, 10) - 1)));
        NotBefore = GivenUp ? null : now + (after > pause ? after.Value : pause);
        return !GivenUp;
    }
}
