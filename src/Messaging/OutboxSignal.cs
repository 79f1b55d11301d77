namespace Mentoring.Messaging;

/// <summary>Wakes the relay of this process after a save; another process's rows are found by its poll.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _rows = new(0, 1);

    public void Wake()
    {
        try
        {
            _rows.Release();
        }
        catch (SemaphoreFullException)
        {
            // Awake already.
        }
    }

    internal Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => _rows.WaitAsync(atMost, ct);

    public void Dispose() => _rows.Dispose();
}
