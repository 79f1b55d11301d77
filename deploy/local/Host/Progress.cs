namespace Mentoring.Host;

/// <summary>Tells whoever waits what is there already, and since when.</summary>
internal sealed class Progress
{
    private readonly long _since = TimeProvider.System.GetTimestamp();

    public void Say(string words) => Console.WriteLine($"{TimeProvider.System.GetElapsedTime(_since).TotalSeconds,5:0.0} s  {words}");

    public async Task Ready(Child child, TimeSpan patience, CancellationToken ct)
    {
        await child.UntilReady(patience, ct);
        Say($"{child.Name} is ready");
    }
}
