using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

internal static class Runs
{
    public static Task<Answer> Solved(Story story, string run) => Expectations.Eventually(async () =>
    {
        var state = await story.Manager.Get(run).Ok();
        return state["state"].GetValue<string>() is "queued" or "running" ? null
            : state["state"].GetValue<string>() == "solved" ? state
            : throw new JourneyException($"The run did not solve: {state}");
    }, "the run is solved", seconds: 180);
}

internal static class Proposals
{
    public static Task<JsonNode> OpenFor(Story story, string email) => Expectations.Eventually(
        async () => (await story.Api.As(email).All(story.At("proposals/mine"))).FirstOrDefault(proposal => proposal.Text("state") == "open"),
        $"an open proposal for {email}");
}

internal static class Partnerships
{
    /// <summary>Both sign the prefilled charter; the mentee confirms the proposed series.</summary>
    public static async Task<JsonArray> SignAndBook(Story story, Pair pair)
    {
        foreach (var email in new[] { pair.MentorEmail, pair.MenteeEmail })
        {
            var person = story.Api.As(email);
            var charter = await Expectations.Eventually(async () =>
            {
                var answer = await person.Get(story.At($"partnerships/{pair.Id}/charter"));
                return answer.Status == System.Net.HttpStatusCode.NotFound ? null : answer.Ok();
            }, $"the charter of {email}");
            await person.Post(story.At($"partnerships/{pair.Id}/charter/sign"), new { version = charter["version"].GetValue<int>() }).Ok();
        }
        var mentee = story.Api.As(pair.MenteeEmail);
        await Expectations.Eventually(async () =>
        {
            var series = await mentee.Get(story.At($"partnerships/{pair.Id}/series")).Ok();
            return series["state"].GetValue<string>() == "proposed" ? series : null;
        }, $"a proposed series for {pair.MenteeEmail}");
        var booked = await mentee.Post(story.At($"partnerships/{pair.Id}/series/confirm")).Ok();
        Expectations.That(booked["state"].GetValue<string>() == "booked", $"The series was not booked: {booked}");
        return booked["slots"].AsArray();
    }

    public static async Task<List<JsonNode>> Sessions(Story story, Pair pair) =>
        (await story.Api.As(pair.MentorEmail).All(story.At("sessions/mine"))).FindAll(session => session["partnershipId"]!.GetValue<Guid>() == pair.Id);

    /// <summary>Says of every session whose time has passed that it was held.</summary>
    public static async Task<int> MeetWhatIsDue(Story story, IEnumerable<Pair> pairs)
    {
        var held = 0;
        await Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (pair, _) =>
        {
            foreach (var session in (await Sessions(story, pair)).Where(session =>
                session.Text("state") == "booked" && session["endsAt"]!.GetValue<DateTimeOffset>() < story.Platform.Now))
            {
                // The platform may be asking about the same session at this very moment.
                await Expectations.Eventually(async () =>
                {
                    var answer = await story.Api.As(pair.MentorEmail).Post(story.At($"sessions/{session.Text("id")}/held"), new { });
                    return answer.Code == "conflict" ? null : answer.Ok();
                }, "a session is held");
                Interlocked.Increment(ref held);
            }
        });
        return held;
    }
}
