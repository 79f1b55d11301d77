namespace Mentoring.Participants.Imports;

/// <summary>Wakes this replica's runner when an upload has arrived here; others find it with their beat.</summary>
public sealed class ImportSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Wake()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public Task Wait(TimeSpan beat, CancellationToken ct) => _signal.WaitAsync(beat, ct);

    public void Dispose() => _signal.Dispose();
}
