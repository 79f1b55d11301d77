namespace Mentoring.Messaging;

/// <summary>Wakes a loop of this process that would otherwise look again in a while; what another process has written it finds by looking.</summary>
public abstract class Signal : IDisposable
{
    private readonly SemaphoreSlim _woken = new(0, 1);

    public void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // Awake already.
        }
    }

    public Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => _woken.WaitAsync(atMost, ct);

    public void Dispose()
    {
        _woken.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>There are rows for the relay.</summary>
internal sealed class OutboxSignal : Signal;

/// <summary>There is a timer that is due at once.</summary>
internal sealed class TimerSignal : Signal;
