namespace Mentoring.Demonstration;

public static class Runs
{
    public static Task<Answer> Solved(Api.Person manager, string run) => Expectations.Eventually(async () =>
    {
        var state = await manager.Get(run).Ok();
        return state["state"].GetValue<string>() is "queued" or "running" ? null
            : state["state"].GetValue<string>() == "solved" ? state
            : throw new JourneyException($"The run did not solve: {state}");
    }, "the run is solved", seconds: 180);
}
