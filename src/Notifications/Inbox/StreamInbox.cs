using System.Globalization;
using System.Text.Json;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Inbox;

/// <summary>
/// One's own inbox as it grows, as server-sent events. The event's id is the item's number: a client that comes back with
/// <c>Last-Event-ID</c> gets what it missed, in order and once. Without it the stream starts now.
/// </summary>
public static class StreamInbox
{
    private const int Batch = 100;

    /// <summary>Looked at the table even when nobody woke the stream, which also keeps proxies from closing it.</summary>
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromSeconds(5);

    /// <summary>A passport is long expired by then: whether its person may still read is asked of the membership's copy.</summary>
    private static readonly TimeSpan RecheckEvery = TimeSpan.FromSeconds(30);

    public static async Task Handle(HttpContext http, Caller caller, NotificationsDb db, Letters letters, InboxWakes wakes, IHostApplicationLifetime host)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var (me, ct) = (caller.PersonId, stop.Token);
        // Before the first look: what is committed in between wakes the stream.
        using var waiter = wakes.WaitFor(me);
        var last = LastSeen(http.Request) ?? await db.Counters.Where(c => c.PersonId == me).Select(c => c.Last).SingleOrDefaultAsync(ct);

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        // Tells nginx and its kind not to collect the answer before passing it on.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await Say(http, ": open\n\n", ct);
            var checkedAt = TimeProvider.System.GetTimestamp();
            while (true)
            {
                var items = await db.Items.AsNoTracking().Where(i => i.PersonId == me && i.Number > last).OrderBy(i => i.Number).Take(Batch).ToListAsync(ct);
                foreach (var letter in await letters.Write(me, items, ct))
                {
                    await Say(http, $"id: {letter.Number}\nevent: inbox\ndata: {JsonSerializer.Serialize(letter, Json.Options)}\n\n", ct);
                    last = letter.Number;
                }
                if (items.Count == Batch)
                    continue;
                if (TimeProvider.System.GetElapsedTime(checkedAt) >= RecheckEvery)
                {
                    if (!await MayRead(db, me, ct))
                        return;
                    checkedAt = TimeProvider.System.GetTimestamp();
                }
                if (!await waiter.Wait(LookAtLeastEvery, ct))
                    await Say(http, ": still here\n\n", ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The reader went away, or this process is told to stop: the reader comes back with the last id.
        }
    }

    private static async Task<bool> MayRead(NotificationsDb db, Guid person, CancellationToken ct) =>
        !await db.Members.AnyAsync(m => m.PersonId == person && m.Ended, ct) && !await db.People.AnyAsync(p => p.Id == person && p.Gone, ct);

    private static long? LastSeen(HttpRequest request)
    {
        string? header = request.Headers["Last-Event-ID"];
        return header switch
        {
            null or "" => null,
            _ when long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new InvalidRequestException("Last-Event-ID", "must be the id of an event of this stream"),
        };
    }

    private static async Task Say(HttpContext http, string text, CancellationToken ct)
    {
        await http.Response.WriteAsync(text, ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
