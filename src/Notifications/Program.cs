using Mentoring.Messaging;
using Mentoring.Notifications;
using Mentoring.Notifications.Deliveries;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Preferences;
using Mentoring.Notifications.Templates;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTenantDb<NotificationsDb>("notifications");
builder.AddPassports("notifications");
builder.AddMessaging<NotificationsDb>("notifications");
builder.Services.AddOptions<NotificationsOptions>()
    .BindConfiguration("")
    .Validate(options => options.PortalAddress is { IsAbsoluteUri: true } address && address.AbsoluteUri.EndsWith('/'), "PortalAddress is an absolute address that ends with a slash.")
    .Validate(options => options.Smtp is { Host.Length: > 0, Port: > 0 and < 65_536, Connections: > 0, Attempts: > 0 }, "Smtp needs a host, a port, a connection and an attempt.")
    .Validate(options => System.Net.Mail.MailAddress.TryCreate(options.Smtp.From, out _), "Smtp:From is a mail address.")
    .ValidateOnStart();
builder.Services.AddSingleton(TemplateSet.Embedded());
builder.Services.AddInbox();
builder.Services.AddDeliveries();

await builder.RunServiceAsync<NotificationsDb>(app =>
{
    var unit = app.MapUnit();
    unit.MapInbox();
    unit.MapPreferences();
    unit.MapDeliveries();
});
