using System.Diagnostics;

namespace Mentoring.Demonstration;

/// <summary>One step of the journey: what is tried, and in words what came of it.</summary>
public sealed record Step(string Words, Func<Task<string>> Take);

/// <summary>Takes the steps in order and tells how each went; stops at the first that fails, as the next stand on it.</summary>
public static class Transcript
{
    public static async Task<bool> Of(IReadOnlyList<Step> steps, TextWriter to)
    {
        var (ok, failed) = (0, 0);
        foreach (var step in steps)
        {
            await to.WriteLineAsync($"{ok + failed + 1,3}/{steps.Count}  {step.Words}");
            await to.FlushAsync();
            var started = Stopwatch.GetTimestamp();
            try
            {
                var result = await step.Take();
                ok++;
                await to.WriteLineAsync($"        {Stopwatch.GetElapsedTime(started).TotalSeconds,5:0.0} s  {result.ReplaceLineEndings("\n                 ")}");
            }
            catch (Exception e) when (e is JourneyException or HttpRequestException or InvalidOperationException or TaskCanceledException or KeyNotFoundException)
            {
                failed++;
                await to.WriteLineAsync($"        FAILED  {e.Message}");
                break;
            }
        }
        await to.WriteLineAsync($"journey: {steps.Count} steps, {ok} ok, {steps.Count - ok} failed");
        return failed == 0;
    }
}
