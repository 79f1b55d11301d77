namespace Mentoring.Demonstration;

/// <summary>The journey from an empty platform to a refused expansion: chapters in order.</summary>
public sealed class Journey
{
    private Journey(Story story, int pairs)
    {
        Story = story;
        Steps =
        [
            .. new Founding(story).Steps,
            .. new OptingIn(story).Steps,
            .. new FirstWave(story).Steps,
            .. new SecondWave(story, pairs).Steps,
            .. new Drifting(story).Steps,
            .. new Answering(story).Steps,
            .. new Reviewing(story).Steps,
            .. new Leaving(story).Steps,
        ];
    }

    public Story Story { get; }

    public IReadOnlyList<Step> Steps { get; }

    /// <param name="api">Speaks to the running platform.</param>
    /// <param name="pairs">How many pairs of the second wave sign, book and meet.</param>
    public static async Task<Journey> Begin(Api api, int pairs)
    {
        var units = (await api.As(api.Platform.Operator).All("/api/v1/units")).Select(unit => unit.Text("slug")).ToHashSet();
        var run = units.Contains("nordlicht") ? $"-{Enumerable.Range(2, 10_000).First(n => !units.Contains($"nordlicht-{n}"))}" : "";
        return new Journey(new Story(api, run), pairs);
    }
}
