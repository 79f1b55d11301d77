namespace Mentoring.Notifications.Deliveries;

/// <summary>Wakes the sender of this process after a commit; other processes' mail is found by its poll.</summary>
public sealed class DeliverySignal : IDisposable
{
    private readonly SemaphoreSlim _mail = new(0, 1);

    public void Wake()
    {
        try
        {
            _mail.Release();
        }
        catch (SemaphoreFullException)
        {
            // Awake already.
        }
    }

    public Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => _mail.WaitAsync(atMost, ct);

    public void Dispose() => _mail.Dispose();
}
