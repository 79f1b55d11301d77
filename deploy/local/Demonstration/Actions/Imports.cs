using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

public static class Imports
{
    /// <summary>Sends a file and waits until all of it is in.</summary>
    public static async Task<JsonNode> Take(Api.Person admin, string path, string csv) =>
        await Done(admin, (await admin.PostText(path, csv, "text/csv").Ok(HttpStatusCode.Accepted)).Location!.ToString());

    /// <summary>Sends a file in two parts, the second one twice as after a broken connection, and waits until all of it is in.</summary>
    public static async Task<JsonNode> TakeInParts(Api.Person admin, string path, string csv)
    {
        var upload = $"{path}/uploads/{(await admin.Post($"{path}/uploads").Ok())["id"]}";
        var half = csv.Length / 2;
        var first = await admin.PostText($"{upload}/parts?from=0", csv[..half], "text/csv").Ok();
        var from = first["received"].GetValue<long>();
        Expectations.That(from == Encoding.UTF8.GetByteCount(csv.AsSpan(0, half)), $"Other than what was sent: {first}");
        await admin.PostText($"{upload}/parts?from={from}", csv[half..], "text/csv").Ok();
        await admin.PostText($"{upload}/parts?from={from}", csv[half..], "text/csv").Refused(409, "part-misplaced");
        await admin.Post($"{upload}/finish?length={from}").Refused(409, "upload-incomplete");
        return await Done(admin, (await admin.Post($"{upload}/finish?length={Encoding.UTF8.GetByteCount(csv)}").Ok(HttpStatusCode.Accepted)).Location!.ToString());
    }

    private static async Task<JsonNode> Done(Api.Person admin, string job)
    {
        var done = await Expectations.Eventually(async () =>
        {
            var state = await admin.Get(job).Ok();
            return state["state"].GetValue<string>() is "queued" or "running" ? null : state;
        }, $"{job} is done", seconds: 180);
        Expectations.That(done["state"].GetValue<string>() == "succeeded", $"The import failed: {done}");
        return done["result"];
    }
}
