using Mentoring.Contracts.Participants;
using Mentoring.Participants.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>Whom a programme could reach if everybody who may enrol did.</summary>
internal static class ForecastCohort
{
    public static async Task<CohortForecast> Of(ProgrammeSettings settings, IReadOnlyDictionary<string, Guid> people, ParticipantsDb db, CancellationToken ct)
    {
        var groups = await db.People
            .Where(person => !person.Gone)
            .GroupBy(person => new { person.Stage, person.IsGuest, person.Location, person.UnitPath })
            .Select(group => new Group(group.Key.Stage, group.Key.IsGuest, group.Key.Location, group.Key.UnitPath, group.Count(), group.Count(person => person.Grade != null)))
            .ToListAsync(ct);
        var waves = Programme.WavesOf(settings, people, known: []);
        // Those whom a wave names start with it, wherever stage, place and department would put them.
        var namedIds = waves.SelectMany(wave => wave.PeopleIds).Distinct().ToArray();
        var named = await db.People.Where(person => !person.Gone && namedIds.Contains(person.Id))
            .Select(person => new { person.Id, person.Stage, person.IsGuest, person.Location, person.UnitPath }).ToListAsync(ct);

        var mentors = groups.Where(group => May(Side.Mentor, group.Stage, group.Guest)).Sum(group => group.Count);
        var mentees = groups.Where(group => May(Side.Mentee, group.Stage, group.Guest)).ToList();
        var byWave = waves.ToDictionary(wave => wave.Name, _ => 0);
        foreach (var group in mentees)
            Count(Programme.WaveOf(waves, Guid.Empty, group.Stage, group.Location, group.UnitPath), group.Count);
        foreach (var person in named.Where(person => May(Side.Mentee, person.Stage, person.IsGuest)))
        {
            Count(Programme.WaveOf(waves, Guid.Empty, person.Stage, person.Location, person.UnitPath), -1);
            Count(Programme.WaveOf(waves, person.Id, person.Stage, person.Location, person.UnitPath), 1);
        }
        var inWaves = byWave.Values.Sum();
        var (mentorsTaken, menteesTaken) = (Math.Min(mentors, settings.Mentors.Places ?? int.MaxValue), Math.Min(inWaves, settings.Mentees.Places ?? int.MaxValue));
        var ungraded = settings.Grades is null
            ? (int?)null
            : groups.Where(group => May(Side.Mentor, group.Stage, group.Guest) || May(Side.Mentee, group.Stage, group.Guest)).Sum(group => group.Count - group.Graded);
        return new CohortForecast(
            mentors,
            inWaves,
            Math.Min(mentorsTaken * settings.Mentors.Capacity, menteesTaken * settings.Mentees.Capacity),
            Math.Min(mentorsTaken, menteesTaken) >= settings.K,
            ungraded,
            [.. waves.Select(wave => new WaveForecast(wave.Name, byWave[wave.Name]))],
            await WhoHas(KnowledgeKind.Offer, Side.Mentor),
            await WhoHas(KnowledgeKind.Need, Side.Mentee));

        void Count(string? wave, int people)
        {
            if (wave is not null)
                byWave[wave] += people;
        }

        bool May(Side side, CareerStage stage, bool guest) =>
            (side == Side.Mentor ? settings.Mentors : settings.Mentees).Stages.Contains(stage) && (settings.Guests?.Side == side) == guest;

        // What people know is theirs to tell: below k it stays untold.
        async Task<int?> WhoHas(KnowledgeKind kind, Side side)
        {
            var topics = settings.Gap.Topics;
            if (topics.Count == 0)
                return null;
            var stages = (side == Side.Mentor ? settings.Mentors : settings.Mentees).Stages;
            var guests = settings.Guests?.Side == side;
            var count = await db.People.CountAsync(
                person => !person.Gone && person.IsGuest == guests && stages.Contains(person.Stage)
                    && db.KnownTopics.Any(known => known.PersonId == person.Id && known.Kind == kind && topics.Contains(known.Topic)),
                ct);
            return count == 0 || count >= settings.K ? count : null;
        }
    }

    private sealed record Group(CareerStage Stage, bool Guest, string? Location, string UnitPath, int Count, int Graded);
}

/// <param name="EligibleMentors">Who could enrol as a mentor, by career stage.</param>
/// <param name="EligibleMentees">Who could enrol as a mentee: by career stage, and some wave takes them.</param>
/// <param name="Capacity">The most pairs there could be if everybody enrolled, within the programme's places.</param>
/// <param name="ReachesK">Each side could have enough people for numbers to be shown.</param>
/// <param name="WithoutGrade">
/// Of those who could enrol, whose grade was never told, so that no pair with them can be shown to keep the programme's grades; null where it
/// asks for none.
/// </param>
/// <param name="Waves">In order, how many could enrol as a mentee of each.</param>
/// <param name="MentorsWhoOffer">Of those who could mentor, who offer a topic of the gap today; null below k, and where the gap is an area.</param>
/// <param name="MenteesWhoNeed">Of those who could be mentored, who have named a need for one; null below k, and where the gap is an area.</param>
public sealed record CohortForecast(
    int EligibleMentors,
    int EligibleMentees,
    int Capacity,
    bool ReachesK,
    int? WithoutGrade,
    IReadOnlyList<WaveForecast> Waves,
    int? MentorsWhoOffer,
    int? MenteesWhoNeed);

public sealed record WaveForecast(string Name, int EligibleMentees);
