using Mentoring.Notifications.Deliveries;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Preferences;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.People;

/// <summary>What Notifications keeps about somebody.</summary>
/// <param name="Preferences">Those that hold, chosen or not.</param>
/// <param name="Letters">The inbox in words, the oldest first.</param>
/// <param name="Deliveries">What went out as mail.</param>
public sealed record ExportedNotices(
    string? Name,
    string? Email,
    string? TimeZone,
    IReadOnlyList<string> Languages,
    Guid? ManagerId,
    PreferencesAnswer Preferences,
    IReadOnlyList<Letter> Letters,
    IReadOnlyList<ExportedDelivery> Deliveries);

/// <param name="Code">Why it was put off or has failed.</param>
public sealed record ExportedDelivery(Guid Id, Guid LetterId, string Kind, DeliveryState State, string? Code, DateTimeOffset CreatedAt, DateTimeOffset? SentAt);

/// <summary>Everything of one's own, for oneself alone.</summary>
public static class ExportMine
{
    public static async Task<IResult> Handle(
        Caller caller, NotificationsDb db, Letters letters, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var me = caller.PersonId;
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(known => known.Id == me, ct);
        var preference = await db.Preferences.AsNoTracking().SingleOrDefaultAsync(known => known.PersonId == me, ct) ?? new Preference { PersonId = me };
        var items = await db.Items.AsNoTracking().Where(item => item.PersonId == me).OrderBy(item => item.Number).ToListAsync(ct);
        var deliveries = await db.Deliveries.AsNoTracking().Where(delivery => delivery.PersonId == me)
            .OrderBy(delivery => delivery.CreatedAt).ThenBy(delivery => delivery.Id)
            .Select(delivery => new ExportedDelivery(
                delivery.Id, delivery.ItemId, delivery.Kind, delivery.State, delivery.Code, delivery.CreatedAt, delivery.SentAt)).ToListAsync(ct);
        return new PersonExport<ExportedNotices>("notifications", me, clock.GetUtcNow(), new ExportedNotices(
            person?.Name,
            person?.Email,
            person?.TimeZone,
            person?.Languages ?? [],
            person?.ManagerId,
            PreferencesAnswer.Of(preference),
            await letters.Write(me, items, ct),
            deliveries)).AsFile(response);
    }
}
