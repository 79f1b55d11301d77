using Mentoring.Demonstration.Data;

namespace Mentoring.Demonstration;

/// <summary>The programme, those who opt in, and their preparation.</summary>
internal sealed class OptingIn(Story story)
{
    private const int AtOnce = 8;

    public IEnumerable<Step> Steps =>
    [
        new("A programme without a named gap is refused", RefuseVagueGap),
        new("general-electric-1999 is planned, created and opened: a named gap, measures, two waves, the chief executive as sponsor", OpenProgramme),
        new("Nobody can enrol without consent, and an early career does not mentor upwards as a mentee", RefuseIneligible),
        new($"{story.Cast.OptIns.Count} people opt in, each for themselves", OptIn),
        new("Most of them prepare; a check answered wrongly does not count", Prepare),
    ];

    private static string File => System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "general-electric-1999.yaml"));

    private string Yaml => File.Replace("{manager}", story.Cast.ProgrammeManager.Email, StringComparison.Ordinal);

    private async Task<string> RefuseVagueGap()
    {
        var vague = string.Join('\n', Yaml.Split('\n').Where(line => !line.StartsWith("  sentence:", StringComparison.Ordinal) && !line.StartsWith("  topics:", StringComparison.Ordinal) && line != "gap:"))
            .Replace("template: general-electric-1999", "template: cbiz", StringComparison.Ordinal);
        var refused = await story.Admin.PostText(story.At("programmes"), vague, "application/yaml");
        Expectations.That((int)refused.Status == 422, $"A vague programme was not refused: {refused}");
        return $"{refused.Code}: \"{refused["detail"]}\"";
    }

    private async Task<string> OpenProgramme()
    {
        var plan = await story.Admin.PostText(story.At("programmes/plan"), Yaml, "application/yaml").Ok();
        Expectations.That(plan["valid"].GetValue<bool>(), $"The plan is not valid: {plan}");
        var created = await story.Admin.PostText(story.At("programmes"), Yaml, "application/yaml").Ok(System.Net.HttpStatusCode.Created);
        story.Programme = created["slug"].GetValue<string>();
        story.ProgrammeId = created["id"].GetValue<Guid>();
        await story.Admin.Post(story.At($"programmes/{story.Programme}/open")).Ok();
        return $"{story.Programme}; forecast: {plan["forecast"]["eligibleMentors"]} may mentor, {plan["forecast"]["eligibleMentees"]} may be mentored";
    }

    private async Task<string> RefuseIneligible()
    {
        var mentor = story.Cast.OptIns.First(who => who.Side is Side.Mentor).Person;
        await story.Api.As(mentor.Email).Post(story.At("enrolments"), new { programme = story.Programme, side = "mentor", consent = false }).Refused(422, "consent-missing");
        await story.Api.As(mentor.Email).Post(story.At("enrolments"), new { programme = story.Programme, side = "mentee", consent = true }).Refused(422, "not-eligible");
        return "consent-missing, not-eligible";
    }

    private async Task<string> OptIn()
    {
        await Parallel.ForEachAsync(story.Cast.OptIns, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (who, _) =>
        {
            var person = story.Api.As(who.Person.Email);
            await person.Post(story.At("enrolments"), new
            {
                programme = story.Programme,
                side = who.Side is Side.Mentor ? "mentor" : "mentee",
                consent = true,
                consentsToSameChain = who.ConsentsToSameChain,
            }).Ok(System.Net.HttpStatusCode.Created);
        });
        var enrolled = await story.Manager.All(story.At($"enrolments?programme={story.Programme}"));
        Expectations.That(enrolled.Count == story.Cast.OptIns.Count, $"{enrolled.Count} are enrolled.");
        return $"{enrolled.Count(enrolment => enrolment.Text("side") == "mentor")} mentors, {enrolled.Count(enrolment => enrolment.Text("side") == "mentee")} mentees";
    }

    private async Task<string> Prepare()
    {
        var wrong = 0;
        var prepared = story.Cast.OptIns.Where(who => who.Prepares).ToList();
        await Parallel.ForEachAsync(prepared, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (who, _) =>
        {
            var tries = await Preparing.For(story.HomeUnit, story.Programme, who.Side is Side.Mentor ? "mentor" : "mentee", who.Person.Email);
            Interlocked.Add(ref wrong, tries);
        });
        return $"{prepared.Count} of {story.Cast.OptIns.Count} prepared; {wrong} wrong answers were explained and did not count";
    }
}
