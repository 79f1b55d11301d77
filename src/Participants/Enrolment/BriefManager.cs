using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.People;
using Mentoring.Participants.Preparation;
using Mentoring.Participants.Programmes;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants.Enrolment;

/// <summary>
/// The line manager is told once how much working time somebody's part takes, where that person agreed to it when enrolling. Mentoring is
/// paid working time, so whoever plans it has to know; and nothing else, so the side is not told either.
/// </summary>
internal static class BriefManager
{
    /// <summary>Enqueues; the caller saves. Nothing where nobody is above the person.</summary>
    public static void Once(Participant participant, Person person, Programme programme, Outbox outbox)
    {
        if (person.ManagerId is not { } managerId)
            return;
        var time = TimeOf(programme, participant.Side);
        outbox.Publish(new ManagerBriefed(
            participant.Id, participant.Version, programme.Id, person.Id, managerId, time.MinutesAMonth, time.PreparationMinutes, time.Months));
    }

    /// <summary>
    /// Conversations of all channels in thirty days, rounded up to whole ones; the modules' own minutes; the length in months, at least one.
    /// </summary>
    public static WorkingTime TimeOf(Programme programme, Side side)
    {
        var conversations = programme.Settings.Cadence.Values.Sum(every => 30m / Days(every));
        return new WorkingTime(
            (int)Math.Ceiling(conversations) * programme.Settings.SessionMinutes,
            programme.ModulesFor(side).Select(name => PreparationModules.Find(name)?.Minutes ?? 0).Sum(),
            Math.Max(1, (int)Math.Round(Days(programme.Settings.Length) / 30.4m)));
    }

    private static decimal Days(string period)
    {
        // From a month's first day on: which month it is changes the result by a day or two.
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return (decimal)(Period.After(from, period) - from).TotalDays;
    }
}

/// <param name="MinutesAMonth">For conversations.</param>
/// <param name="PreparationMinutes">Once.</param>
/// <param name="Months">How long a pair runs.</param>
public sealed record WorkingTime(int MinutesAMonth, int PreparationMinutes, int Months);
