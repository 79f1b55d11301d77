using System.Globalization;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Mentoring.ServiceDefaults;

/// <summary>
/// The system clock plus an offset read from a file, so that a demonstration or a journey test can let weeks pass for all services
/// at once. The file holds one duration, as <c>[d.]hh:mm:ss</c> or ISO 8601 (<c>P14D</c>); no file is no offset.
/// Only what asks for the time is moved: timers and delays made by this clock wait in real time, as waiting is about the machine,
/// not about the calendar.
/// </summary>
public sealed class PlatformClock(string file) : TimeProvider
{
    private const int CheckEveryMilliseconds = 100;

    private readonly Lock _reading = new();
    private long _nextCheck;
    private DateTime _readVersion;
    private long _offsetTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        if (Environment.TickCount64 >= Volatile.Read(ref _nextCheck)) ReadOffset();
        return System.GetUtcNow().AddTicks(Volatile.Read(ref _offsetTicks));
    }

    private void ReadOffset()
    {
        lock (_reading)
        {
            if (Environment.TickCount64 < _nextCheck) return;
            // A missing file has the version 1601-01-01: differs from every real one and from the initial default.
            var version = File.GetLastWriteTimeUtc(file);
            if (version != _readVersion && TryRead(out var offset))
            {
                Volatile.Write(ref _offsetTicks, offset.Ticks);
                _readVersion = version;
            }
            // Only now: who asks during a slow read waits for it, rather than going on with a time that is over.
            Volatile.Write(ref _nextCheck, Environment.TickCount64 + CheckEveryMilliseconds);
        }
    }

    // A file caught half written is read again at the next check: until then time goes on from where it was.
    private bool TryRead(out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (!File.Exists(file)) return true;
        var text = File.ReadAllText(file).Trim();
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out offset)) return true;
        try
        {
            offset = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

internal static class ClockRegistration
{
    /// <summary>The one place where the clock is chosen.</summary>
    public static void AddClock(this WebApplicationBuilder builder)
    {
        var file = builder.Configuration["CLOCK_FILE"];
        if (!string.IsNullOrEmpty(file) && !builder.Environment.IsDevelopment())
            throw new InvalidOperationException("CLOCK_FILE moves the platform's clock and is accepted in the Development environment only.");

        builder.Services.TryAddSingleton(string.IsNullOrEmpty(file) ? TimeProvider.System : new PlatformClock(file));
    }
}
