using System.Net;
using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

public static class Imports
{
    /// <summary>Sends a file and waits until all of it is in.</summary>
    public static async Task<JsonNode> Take(Api.Person admin, string path, string csv)
    {
        var job = (await admin.PostText(path, csv, "text/csv").Ok(HttpStatusCode.Accepted)).Location!.ToString();
        var done = await Expectations.Eventually(async () =>
        {
            var state = await admin.Get(job).Ok();
            return state["state"].GetValue<string>() is "queued" or "running" ? null : state;
        }, $"{path} is done", seconds: 180);
        Expectations.That(done["state"].GetValue<string>() == "succeeded", $"The import failed: {done}");
        return done["result"];
    }
}
