using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Deliveries;

/// <summary>What was sent and what was not: never what it said.</summary>
/// <param name="Kind">Which kind of notice.</param>
/// <param name="Attempts">How often the mail server put it off or refused it since it was last queued.</param>
/// <param name="Code">Why it was put off or has failed.</param>
public sealed record DeliveryAnswer(
    Guid Id,
    Guid PersonId,
    string Channel,
    string Kind,
    DeliveryState State,
    int Attempts,
    string? Code,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt);

/// <summary>The newest first.</summary>
public static class ListDeliveries
{
    public static async Task<Page<DeliveryAnswer>> Handle(PageRequest page, NotificationsDb db, CancellationToken ct, string? state = null)
    {
        var wanted = State(state);
        var found = await db.Deliveries
            .Where(d => (page.AfterId == null || d.Id < page.AfterId) && (wanted == null || d.State == wanted))
            .OrderByDescending(d => d.Id)
            .Take(page.Take)
            .Select(d => new DeliveryAnswer(d.Id, d.PersonId, Delivery.Email, d.Kind, d.State, d.Attempts, d.Code, d.CreatedAt, d.SentAt))
            .ToListAsync(ct);
        return Page.Of(found, page, item => Cursor.Of(item.Id));
    }

    private static DeliveryState? State(string? word) => word switch
    {
        null => null,
        _ when Enum.TryParse<DeliveryState>(word, ignoreCase: true, out var state) && Enum.IsDefined(state) => state,
        _ => throw new InvalidRequestException("state", "must be queued, sent or failed"),
    };
}
