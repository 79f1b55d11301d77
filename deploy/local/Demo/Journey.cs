namespace Mentoring.Demo;

/// <summary>The journey from an empty platform to a refused expansion: chapters in order.</summary>
public static class Journey
{
    /// <param name="api">Speaks to the running platform.</param>
    /// <param name="pairs">How many pairs of the second wave sign, book and meet.</param>
    public static async Task<IReadOnlyList<Step>> Steps(Api api, int pairs)
    {
        var units = (await api.As(api.Platform.Operator).All("/api/v1/units")).Select(unit => unit.Text("slug")).ToHashSet();
        var run = units.Contains("nordlicht") ? $"-{Enumerable.Range(2, 10_000).First(n => !units.Contains($"nordlicht-{n}"))}" : "";
        var story = new Story(api, run);
        return
        [
            .. new Founding(story).Steps,
            .. new OptingIn(story).Steps,
            .. new FirstWave(story).Steps,
            .. new SecondWave(story, pairs).Steps,
            .. new Drifting(story).Steps,
            .. new Answering(story).Steps,
            .. new Reviewing(story).Steps,
        ];
    }
}
