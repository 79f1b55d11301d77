using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Mentoring.Messaging;

/// <summary>Spans and instruments of messaging; ServiceDefaults listens to everything named <c>Mentoring.*</c>.</summary>
internal static class Telemetry
{
    public const string Name = "Mentoring.Messaging";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Published = Meter.CreateCounter<long>("messaging.outbox.published", "{message}", "Facts the broker has confirmed");
    public static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("messaging.inbox.duplicates", "{message}", "Redelivered messages that were skipped");
    public static readonly Counter<long> TimersFired = Meter.CreateCounter<long>("messaging.timers.fired", "{timer}", "Timers whose effect was committed");
    public static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("messaging.dead_letters", "{message}", "Messages and timers that failed for good");

    /// <summary>
    /// Keeps what a polling loop does out of the traces: a parent that is not recorded makes its children unrecorded, and a loop that
    /// finds something starts a span of its own from the stored trace.
    /// </summary>
    public static IDisposable Quiet()
    {
        var quiet = new Activity("poll") { ActivityTraceFlags = ActivityTraceFlags.None };
        quiet.SetIdFormat(ActivityIdFormat.W3C);
        return quiet.Start();
    }

    /// <summary>A span that goes on where a stored one left off.</summary>
    public static Activity? Resume(string name, ActivityKind kind, string? traceParent, string? traceState = null) =>
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent)
            ? Source.StartActivity(name, kind, parent)
            : Source.StartActivity(name, kind);
}
