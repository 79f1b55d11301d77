using NodaTime;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Momentum;

/// <summary>What became of one session, as far as momentum goes.</summary>
public enum Outcome
{
    Planned,
    Held,
    CancelledByMentor,
    CancelledByMentee,
    MissedByMentor,
    MissedByMentee,
}

/// <summary>One session of a pair.</summary>
/// <param name="PlacedByMentor">Its time is the mentor's doing since the alarm began: it may stand, and answers nothing for the mentee.</param>
public readonly record struct Meeting(Guid SessionId, Instant StartsAt, Outcome Outcome, bool PlacedByMentor = false);

/// <summary>Sessions in a row, by their start, that the mentee's side cancelled or missed, up to the latest that is settled.</summary>
/// <param name="FirstSessionId">Tells one row from the next: it stays while the row grows.</param>
/// <param name="Length">How many.</param>
public sealed record MissedRow(Guid FirstSessionId, int Length);

/// <summary>How a pair is doing and why.</summary>
/// <param name="Level">Thriving, steady, slipping or stalled.</param>
/// <param name="Reasons">In words a programme manager can act on; never a blame.</param>
/// <param name="Row">Null where the mentee's side has kept the latest.</param>
/// <param name="LookAgainAt">When time alone may change this reading; null when it cannot.</param>
public sealed record Reading(Level Level, IReadOnlyList<string> Reasons, MissedRow? Row, Instant? LookAgainAt);

/// <summary>
/// Reads a pair's momentum from its sessions against its own rhythm: pure, and blind to the order in which the sessions became known.
/// </summary>
/// <remarks>
/// A held session never worsens the reading. What the mentor's side cancels is treated gently: it neither makes nor breaks a row and
/// lowers nothing by itself; time without a meeting does that.
/// </remarks>
public static class PairHistory
{
    private const int RowThatAlarms = 2;
    private const int RecentMeetings = 3;

    /// <param name="meetings">In any order.</param>
    /// <param name="cadence">The pair's own rhythm.</param>
    /// <param name="since">When the pair became active.</param>
    /// <param name="now">The moment of reading.</param>
    public static Reading Read(IEnumerable<Meeting> meetings, Duration cadence, Instant since, Instant now)
    {
        var history = meetings.OrderBy(meeting => meeting.StartsAt).ThenBy(meeting => meeting.SessionId).ToArray();
        var held = history.Where(meeting => meeting.Outcome is Outcome.Held).ToArray();
        var lastMet = held.Length == 0 ? since : Instant.Max(since, held[^1].StartsAt);
        var next = history.Where(meeting => meeting.Outcome is Outcome.Planned && meeting.StartsAt > now).Select(meeting => (Instant?)meeting.StartsAt).FirstOrDefault();
        var row = RowOfMentee(history);
        var apart = (now - lastMet) / cadence;

        var recent = history.Where(meeting => meeting.Outcome is Outcome.Held or Outcome.CancelledByMentee or Outcome.MissedByMentee).TakeLast(RecentMeetings).ToArray();
        var keepsMeeting = held.Length >= 2 && Array.TrueForAll(recent, meeting => meeting.Outcome is Outcome.Held);

        var level = (row?.Length ?? 0, apart, next) switch
        {
            ( >= RowThatAlarms, _, null) => Level.Stalled,
            (_, > 3, _) => Level.Stalled,
            (_, > 2, null) => Level.Stalled,
            ( >= RowThatAlarms, _, _) => Level.Slipping,
            (_, > 1.5, _) => Level.Slipping,
            (1, > 1, null) => Level.Slipping,
            (_, <= 1.25, _) when keepsMeeting => Level.Thriving,
            _ => Level.Steady,
        };
        return new Reading(level, [.. Reasons(history, held.Length, row, lastMet, cadence, apart, next)], row, LookAgain(lastMet, cadence, next, now));
    }

    private static MissedRow? RowOfMentee(Meeting[] history)
    {
        MissedRow? row = null;
        var latest = Array.FindLastIndex(history, meeting => meeting.Outcome is Outcome.Held or Outcome.CancelledByMentee or Outcome.MissedByMentee);
        for (var i = 0; i <= latest; i++)
        {
            row = history[i].Outcome switch
            {
                Outcome.CancelledByMentee or Outcome.MissedByMentee => row is null ? new MissedRow(history[i].SessionId, 1) : row with { Length = row.Length + 1 },
                Outcome.Planned when history[i].PlacedByMentor => row,
                // A meeting that still stands in between: what comes after it is not in a row with what came before.
                Outcome.Held or Outcome.Planned => null,
                Outcome.CancelledByMentor or Outcome.MissedByMentor => row,
                _ => throw new ArgumentOutOfRangeException(nameof(history), history[i].Outcome, "No such outcome."),
            };
        }
        return row;
    }

    private static IEnumerable<string> Reasons(
        Meeting[] history, int held, MissedRow? row, Instant lastMet, Duration cadence, double apart, Instant? next)
    {
        if (row is { Length: >= RowThatAlarms })
            yield return $"The last {row.Length} sessions did not take place on the mentee's side.";
        else if (row is not null)
            yield return "The last session did not take place on the mentee's side.";

        if (apart > 1.25)
        {
            yield return held == 0
                ? $"No session held yet, since {lastMet.InUtc().Date:uuuu-MM-dd}; the rhythm is one every {cadence.TotalDays:0} days."
                : $"Last met on {lastMet.InUtc().Date:uuuu-MM-dd}; the rhythm is one every {cadence.TotalDays:0} days.";
        }
        else if (held > 0)
        {
            yield return held == 1 ? "One session held." : $"{held} sessions held, the last in rhythm.";
        }

        else if (next is not null)
        {
            yield return "The first session is still to come.";
        }

        if (next is null)
            yield return "Nothing is booked.";

        if (history.Count(meeting => meeting.Outcome is Outcome.CancelledByMentor or Outcome.MissedByMentor) >= 2)
            yield return "The mentor's side had to cancel more than once: an offer of help may be welcome.";
    }

    /// <summary>The next moment at which one of the thresholds above is crossed.</summary>
    private static Instant? LookAgain(Instant lastMet, Duration cadence, Instant? next, Instant now)
    {
        Instant?[] moments = [lastMet + cadence, lastMet + (cadence * 1.25), lastMet + (cadence * 1.5), lastMet + (cadence * 2), lastMet + (cadence * 3), next];
        // A threshold is crossed just after it, not on it.
        return moments.Where(moment => moment >= now).Min() is { } soonest ? soonest + Duration.FromSeconds(1) : null;
    }
}
