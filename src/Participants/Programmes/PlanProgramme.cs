using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>What would come of a file. Nothing is changed.</summary>
public static class PlanProgramme
{
    /// <summary>Only whether it could be created.</summary>
    public static async Task<Plan> Validate(ProgrammeBody body, ParticipantsDb db, CancellationToken ct)
    {
        var check = await ProgrammeCheck.Of(body, db, ct);
        return Of(check, forecast: null);
    }

    /// <summary>Also whom it could reach.</summary>
    public static async Task<Plan> Handle(ProgrammeBody body, ParticipantsDb db, CancellationToken ct)
    {
        var check = await ProgrammeCheck.Of(body, db, ct);
        return Of(check, check.Settings is { } settings ? await Forecast(settings, db, ct) : null);
    }

    private static Plan Of(ProgrammeCheck check, CohortForecast? forecast) =>
        new(check.Settings is not null, check.Problems, check.Settings is { } settings ? WordingCheck.Of(settings) : [], forecast);

    private static async Task<CohortForecast> Forecast(ProgrammeSettings settings, ParticipantsDb db, CancellationToken ct)
    {
        var counts = await db.People
            .Where(person => !person.Gone)
            .GroupBy(person => new { person.Stage, person.IsGuest })
            .Select(group => new { group.Key.Stage, group.Key.IsGuest, Count = group.Count(), Graded = group.Count(person => person.Grade != null) })
            .ToListAsync(ct);
        var mentors = Eligible(settings.Mentors, Side.Mentor);
        var mentees = Eligible(settings.Mentees, Side.Mentee);
        var capacity = Math.Min(mentors * settings.Mentors.Capacity, mentees * settings.Mentees.Capacity);
        var ungraded = settings.Grades is null
            ? (int?)null
            : counts.Where(group => May(settings.Mentors, Side.Mentor, group.Stage, group.IsGuest) || May(settings.Mentees, Side.Mentee, group.Stage, group.IsGuest))
                .Sum(group => group.Count - group.Graded);
        return new CohortForecast(mentors, mentees, capacity, Math.Min(mentors, mentees) >= settings.K, ungraded);

        int Eligible(SideSettings side, Side which) => counts.Where(group => May(side, which, group.Stage, group.IsGuest)).Sum(group => group.Count);

        bool May(SideSettings side, Side which, CareerStage stage, bool guest) => side.Stages.Contains(stage) && (settings.Guests?.Side == which) == guest;
    }
}

/// <param name="Valid">It could be created as it is.</param>
/// <param name="Problems">What stands against that, each with its place in the file.</param>
/// <param name="Warnings">Wording that may read as correction of a person; it does not stand against creating it.</param>
/// <param name="Forecast">Null when only validated, and while there are problems.</param>
public sealed record Plan(bool Valid, IReadOnlyList<FileProblem> Problems, IReadOnlyList<WordingWarning> Warnings, CohortForecast? Forecast);

/// <param name="EligibleMentors">Who could enrol as a mentor, by career stage.</param>
/// <param name="EligibleMentees">Who could enrol as a mentee, by career stage.</param>
/// <param name="Capacity">The most pairs there could be if everybody enrolled.</param>
/// <param name="ReachesK">Each side could have enough people for numbers to be shown.</param>
/// <param name="WithoutGrade">
/// Of those who could enrol, whose grade was never told, so that no pair with them can be shown to keep the programme's grades; null where it
/// asks for none.
/// </param>
public sealed record CohortForecast(int EligibleMentors, int EligibleMentees, int Capacity, bool ReachesK, int? WithoutGrade);
