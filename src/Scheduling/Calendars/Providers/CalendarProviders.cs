using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Mentoring.Scheduling.Calendars.Providers;

/// <summary>The providers that the operator has connected, by the people they serve.</summary>
public sealed class CalendarProviders : IDisposable
{
    private readonly Dictionary<(string Unit, string Domain), ICalendarProvider> _byDomain = [];

    public CalendarProviders(IOptions<SchedulingOptions> options, IHostEnvironment environment)
    {
        foreach (var (i, provider) in options.Value.CalendarProviders.Index())
        {
            var connected = Connect(provider, i, environment.ContentRootPath);
            foreach (var domain in provider.Domains)
                _byDomain.Add((provider.Unit, domain.ToLowerInvariant()), connected);
        }
    }

    /// <summary>None is connected: nothing needs to be asked for.</summary>
    public bool IsEmpty => _byDomain.Count == 0;

    /// <param name="unit">The unit's slug.</param>
    /// <param name="address">A person's mail address.</param>
    /// <returns>Null where nobody serves them.</returns>
    public ICalendarProvider? Of(string? unit, string? address) =>
        unit is not null && MailAddress.TryCreate(address, out var mail) && mail.Address == address ? _byDomain.GetValueOrDefault((unit, mail.Host.ToLowerInvariant())) : null;

    public void Dispose()
    {
        foreach (var provider in _byDomain.Values.Distinct().OfType<IDisposable>())
            provider.Dispose();
    }

    private static ICalendarProvider Connect(CalendarProviderOptions options, int i, string root)
    {
        var name = options.Kind is ProviderKind.Google ? nameof(options.KeyFile) : nameof(options.SecretFile);
        var file = Path.GetFullPath((options.Kind is ProviderKind.Google ? options.KeyFile : options.SecretFile)!, root);
        try
        {
            // Read now, and not by the first who connects a calendar.
            var text = File.ReadAllText(file);
            if (options.Kind is not ProviderKind.Google)
                return text.Trim().Length > 0 ? new MicrosoftCalendars(options, file) : throw new FormatException("The file is empty.");
            _ = ServiceAccount.Read(text);
            return new GoogleCalendars(options, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new InvalidOperationException($"Scheduling:CalendarProviders:{i}:{name}, {file}, cannot be used. {e.Message}");
        }
    }
}
