using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Mentoring.Notifications.Deliveries;

internal static class DeliveryTelemetry
{
    private const string Name = "Mentoring.Notifications";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("notifications.mail.sent", "{mail}", "Mails the server has taken");
    public static readonly Counter<long> PutOff = Meter.CreateCounter<long>("notifications.mail.put_off", "{mail}", "Mails to be tried again");
    public static readonly Counter<long> Failed = Meter.CreateCounter<long>("notifications.mail.failed", "{mail}", "Mails given up");

    /// <summary>Goes on in the trace of whoever caused the mail.</summary>
    public static Activity? Resume(Delivery delivery)
    {
        var span = ActivityContext.TryParse(delivery.TraceParent, null, isRemote: true, out var cause)
            ? Source.StartActivity("send mail", ActivityKind.Producer, cause)
            : Source.StartActivity("send mail", ActivityKind.Producer);
        span?.SetTag("notification.kind", delivery.Kind);
        span?.SetTag("delivery.id", delivery.Id);
        return span;
    }
}
