using Mentoring.Participants.Topics;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// A file checked against the unit it is for: the people it names are here, and so are its topics.
/// </summary>
/// <param name="Settings">Null when there is a problem.</param>
/// <param name="Problems">In the order of the file's sections.</param>
/// <param name="People">Whom the file's e-mail addresses name, without regard to case.</param>
public sealed record ProgrammeCheck(ProgrammeSettings? Settings, IReadOnlyList<FileProblem> Problems, IReadOnlyDictionary<string, Guid> People)
{
    public static async Task<ProgrammeCheck> Of(ProgrammeBody body, ParticipantsDb db, CancellationToken ct)
    {
        var reading = ProgrammeFile.Read(body.Text, body.Json, ProgrammeTemplates.Find);
        if (reading.Settings is not { } settings)
            return new ProgrammeCheck(null, reading.Problems, new Dictionary<string, Guid>());

        var named = NamedPeople(settings).ToArray();
        var emails = named.Select(name => name.Email.ToLowerInvariant()).Distinct().ToArray();
        var people = await db.People.AsNoTracking()
            .Where(person => !person.Gone && emails.Contains(person.Email))
            .ToDictionaryAsync(person => person.Email!, person => person.Id, StringComparer.OrdinalIgnoreCase, ct);
        var topics = await FindTopic.Hold(db, settings.Gap.Topics, ct);

        FileProblem[] problems =
        [
            // Once a person: the sponsor may also be named by a wave.
            .. named.Where(name => !people.ContainsKey(name.Email)).DistinctBy(name => name.Email, StringComparer.OrdinalIgnoreCase)
                .Select(name => new FileProblem(name.Path, name.Path == "sponsor" ? "sponsor-unknown" : "person-unknown", "Nobody in this unit has this e-mail address.")),
            .. settings.Gap.Topics.Where(topic => !topics.ContainsKey(topic))
                .Select(topic => new FileProblem("gap.topics", "topic-unknown", $"'{topic}' is no topic of this unit; GET …/topics?search= finds those there are, POST …/topics adds one.")),
            .. settings.Gap.Topics.Where(topic => topics.TryGetValue(topic, out var found) && found.Retired)
                .Select(topic => new FileProblem("gap.topics", "topic-retired", $"'{topic}' is retired in this unit; GET …/topics?search= finds those that may be chosen.")),
        ];
        // The file may be older than a merge.
        settings = topics.Values.Where(topic => topic.Current != topic.Slug).Aggregate(settings, (given, topic) => given with { Gap = given.Gap.Merged(topic.Slug, topic.Current) });
        return new ProgrammeCheck(problems.Length > 0 ? null : settings, problems, people);
    }

    private static IEnumerable<(string Path, string Email)> NamedPeople(ProgrammeSettings settings)
    {
        yield return ("sponsor", settings.Sponsor);
        if (settings.Deputy is { } deputy)
            yield return ("deputy", deputy);
        foreach (var (email, index) in settings.Managers.Select((email, index) => (email, index)))
            yield return ($"managers[{index}]", email);
        foreach (var (region, email) in settings.Accountable)
            yield return ($"accountable.{region}", email);
        foreach (var (wave, at) in settings.Waves.Select((wave, at) => (wave, at)))
        {
            foreach (var (email, index) in wave.People.Select((email, index) => (email, index)))
                yield return ($"waves[{at}].mentees.people[{index}]", email);
        }
    }
}
