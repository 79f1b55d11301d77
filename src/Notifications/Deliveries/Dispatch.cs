using HandlebarsDotNet;
using Mentoring.Contracts.Notifications;
using Mentoring.Messaging;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Preferences;
using Mentoring.Notifications.Sessions;
using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Mentoring.Notifications.Deliveries;

/// <summary>Sends some deliveries of one unit, one by one, each written down before the next.</summary>
internal sealed class Dispatch(
    NotificationsDb db,
    Outbox outbox,
    TemplateSet templates,
    TimeProvider clock,
    IOptions<NotificationsOptions> options,
    ILogger<Dispatch> log)
{
    private static readonly string[] SessionKinds = [.. NoticeKind.All.Where(kind => kind.Type.IsAssignableTo(typeof(SessionNotice))).Select(kind => kind.Name)];

    /// <summary>Whatever goes out sooner is hardly ever overtaken, and there are thousands of it.</summary>
    private static readonly TimeSpan InTurn = TimeSpan.FromSeconds(20);

    private Dictionary<Guid, (Delivery Delivery, Notice Notice)> _queued = [];
    private Dictionary<Guid, Preference> _preferences = [];
    private Names _names = new(new Dictionary<Guid, People.Person>(), new Dictionary<Guid, string>());

    public async Task Load(Guid[] ids, CancellationToken ct)
    {
        var deliveries = await db.Deliveries.Include(d => d.Item).Where(d => ids.Contains(d.Id) && d.State == DeliveryState.Queued).ToListAsync(ct);
        _queued = deliveries.ToDictionary(d => d.Id, d => (d, NoticeKind.Named(d.Kind).Read(d.Item!.Notice)));
        var recipients = deliveries.Select(d => d.PersonId).Distinct().ToArray();
        _preferences = await db.Preferences.AsNoTracking().Where(p => recipients.Contains(p.PersonId)).ToDictionaryAsync(p => p.PersonId, ct);
        _names = await Names.Of(db, [.. _queued.Values.Select(queued => queued.Notice)], recipients, ct);
    }

    /// <returns>When it is due again; null when it is done with.</returns>
    public async Task<DateTimeOffset?> Send(Guid id, SmtpConnection smtp, CancellationToken ct)
    {
        // Gone with its person, or sent by a process that was killed before it could say so here.
        if (!_queued.TryGetValue(id, out var queued))
            return null;
        var (delivery, notice) = queued;
        var recipient = _names.People.GetValueOrDefault(delivery.PersonId);
        var preference = _preferences.GetValueOrDefault(delivery.PersonId);
        switch (Readiness.Of(delivery, recipient, preference, _names.Know(notice), clock.GetUtcNow()))
        {
            case Readiness.Hold hold:
                return hold.Until;
            case Readiness.Drop:
                db.Remove(delivery);
                await db.SaveChangesAsync(ct);
                return null;
            case Readiness.Fail failure:
                return await GiveUp(delivery, failure.Code, ct);
            case Readiness.Send when await IsOvertaken(delivery, notice, ct):
                db.Remove(delivery);
                await db.SaveChangesAsync(ct);
                return null;
            case Readiness.Send:
                return await Send(delivery, notice, recipient!, preference, smtp, ct);
            default:
                throw new InvalidOperationException("A readiness without a meaning.");
        }
    }

    /// <summary>
    /// A later word about the same session has gone out while this one was put off: a calendar that knew nothing of it yet would take up
    /// what has been cancelled since.
    /// </summary>
    private async Task<bool> IsOvertaken(Delivery delivery, Notice notice, CancellationToken ct) =>
        notice is SessionNotice && clock.GetUtcNow() - delivery.CreatedAt > InTurn
        && await db.Deliveries.AnyAsync(
            other => other.PersonId == delivery.PersonId && other.State == DeliveryState.Sent && SessionKinds.Contains(other.Kind)
                && other.Item!.AboutId == delivery.Item!.AboutId && other.Item.Version > delivery.Item.Version,
            ct);

    private async Task<DateTimeOffset?> Send(Delivery delivery, Notice notice, People.Person recipient, Preference? preference, SmtpConnection smtp, CancellationToken ct)
    {
        using var span = DeliveryTelemetry.Resume(delivery);
        MailWords words;
        try
        {
            var reader = Reader.Of(recipient, preference?.Language, _names, templates);
            words = templates.Mail(delivery.Item!, notice, reader, options.Value.PortalAddress);
        }
        catch (HandlebarsException e)
        {
            // One template that is broken must not hold back everybody's mail.
            log.LogError(e, "{Kind} could not be put into words", delivery.Kind);
            return await GiveUp(delivery, "not-writable", ct);
        }
        using var mail = Mail.Compose(delivery, MailAddresses.Parse(recipient.Email, recipient.Name)!, words, notice.Calendar(delivery.Item!, _names), options.Value);
        switch (await smtp.Send(mail, ct))
        {
            case SmtpAnswer.Taken:
                delivery.Sent(clock.GetUtcNow());
                await db.SaveChangesAsync(ct);
                DeliveryTelemetry.Sent.Add(1);
                return null;
            case SmtpAnswer.Refused refused:
                return await GiveUp(delivery, refused.Code, ct);
            case SmtpAnswer.Later later when delivery.PutOff(later.Code, options.Value.Smtp.Attempts) is { } wait:
                await db.SaveChangesAsync(ct);
                DeliveryTelemetry.PutOff.Add(1);
                return clock.GetUtcNow() + wait;
            case SmtpAnswer.Later:
                return await Failed(delivery, ct);
            default:
                throw new InvalidOperationException("An answer without a meaning.");
        }
    }

    private Task<DateTimeOffset?> GiveUp(Delivery delivery, string code, CancellationToken ct)
    {
        delivery.Fail(code);
        return Failed(delivery, ct);
    }

    private async Task<DateTimeOffset?> Failed(Delivery delivery, CancellationToken ct)
    {
        outbox.Publish(new DeliveryFailed(delivery.Id, delivery.Version, delivery.PersonId, Delivery.Email, delivery.Code!));
        await db.SaveChangesAsync(ct);
        DeliveryTelemetry.Failed.Add(1);
        return null;
    }
}
