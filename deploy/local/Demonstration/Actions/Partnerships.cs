using System.Net;
using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

public static class Partnerships
{
    /// <summary>Both sign the prefilled charter; the mentee confirms the proposed series.</summary>
    public static async Task<JsonArray> SignAndBook(BusinessUnit unit, Pair pair)
    {
        await Sign(unit, pair);
        return await Book(unit, pair);
    }

    public static async Task Sign(BusinessUnit unit, Pair pair)
    {
        foreach (var email in new[] { pair.MentorEmail, pair.MenteeEmail })
        {
            var charter = await Charter(unit, pair, email);
            await unit.As(email).Post(unit.At($"partnerships/{pair.Id}/charter/sign"), new { version = charter["version"].GetValue<int>() }).Ok();
        }
    }

    /// <summary>The charter as one of the two reads it, once Scheduling has pair and programme.</summary>
    public static Task<Answer> Charter(BusinessUnit unit, Pair pair, string email) => Expectations.Eventually(async () =>
    {
        var answer = await unit.As(email).Get(unit.At($"partnerships/{pair.Id}/charter"));
        return answer.Status == HttpStatusCode.NotFound || answer.Code == "charter-not-there-yet" ? null : answer.Ok();
    }, $"the charter of {email}");

    /// <summary>The mentee, or whoever books for the mentee, confirms the proposed series; where the platform books, it is booked already.</summary>
    public static async Task<JsonArray> Book(BusinessUnit unit, Pair pair, string? bookedBy = null)
    {
        var who = unit.As(bookedBy ?? pair.MenteeEmail);
        var series = await Expectations.Eventually(async () =>
        {
            var found = await who.Get(unit.At($"partnerships/{pair.Id}/series"));
            // Until Scheduling has heard whom the mentee named, there is no pair for them.
            if (bookedBy is not null && found.Status == HttpStatusCode.NotFound)
                return null;
            return found.Ok()["state"].GetValue<string>() == "none" ? null : found;
        }, $"a proposed series for {pair.MenteeEmail}");
        if (series["state"].GetValue<string>() == "proposed")
        {
            // Of two series that somebody confirms at the same moment one finds its times taken, and is planned anew when asked again.
            series = await Expectations.Eventually(async () =>
            {
                var confirmed = await who.Post(unit.At($"partnerships/{pair.Id}/series/confirm"));
                return confirmed.Code is "slot-taken" or "time-not-free" ? null : confirmed.Ok();
            }, $"the series of {pair.MenteeEmail} is booked");
        }
        Expectations.That(series["state"].GetValue<string>() == "booked", $"The series was not booked: {series}");
        return series["slots"].AsArray();
    }

    public static async Task<List<JsonNode>> Sessions(BusinessUnit unit, Pair pair) =>
        (await unit.As(pair.MentorEmail).All(unit.At("sessions/mine"))).FindAll(session => session["partnershipId"]!.GetValue<Guid>() == pair.Id);

    /// <summary>Says of every session whose time has passed that it was held.</summary>
    public static async Task<int> MeetWhatIsDue(BusinessUnit unit, IEnumerable<Pair> pairs)
    {
        var held = 0;
        await Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (pair, _) =>
        {
            foreach (var session in (await Sessions(unit, pair)).Where(session =>
                session.Text("state") == "booked" && session["endsAt"]!.GetValue<DateTimeOffset>() < unit.Api.Platform.Now))
            {
                // The platform may be asking about the same session at this very moment.
                await Expectations.Eventually(async () =>
                {
                    var answer = await unit.As(pair.MentorEmail).Post(unit.At($"sessions/{session.Text("id")}/held"), new { });
                    return answer.Code == "conflict" ? null : answer.Ok();
                }, "a session is held");
                Interlocked.Increment(ref held);
            }
        });
        return held;
    }
}
