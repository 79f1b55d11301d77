using System.ComponentModel.DataAnnotations;
using System.Net;
using Mentoring.Scheduling.Calendars.Providers;

namespace Mentoring.Scheduling;

/// <summary>How patient scheduling is. Section <c>Scheduling</c>.</summary>
public sealed class SchedulingOptions : IValidatableObject
{
    /// <summary>Working days of the mentee between the private word to them and the programme manager. Default 3.</summary>
    [Range(1, 30)]
    public int WorkingDaysToRebook { get; init; } = 3;

    /// <summary>Working days of the mentee from a series being proposed to the one reminder to book it. Default 3.</summary>
    [Range(1, 30)]
    public int WorkingDaysToConfirm { get; init; } = 3;

    /// <summary>From the programme manager to the sponsor. Default a week.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan ManagerToSponsor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From a session's end until the mentee is asked whether it took place. Default a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan EndToQuestion { get; init; } = TimeSpan.FromDays(1);

    /// <summary>From that question until the session counts as missed. Default three days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan QuestionToMissed { get; init; } = TimeSpan.FromDays(3);

    /// <summary>
    /// A folder of master keys, one file <c>*.key</c> a key with 32 bytes in base64 (<c>openssl rand -base64 32</c>); the file's name without extension is the key's id, and the last by
    /// name seals. To rotate, put a new file beside the old one; within two days everything is sealed under the new one, and the old one may go. In
    /// development the first key is made here.
    /// </summary>
    [Required]
    public string MasterKeyFolder { get; init; } = "";

    /// <summary>
    /// Networks, as <c>10.20.0.0/16</c>, in which people's calendars may be read besides the public internet; there also without encryption. Default none:
    /// people name the servers, and these would be asked from inside.
    /// </summary>
    public IReadOnlyList<string> AllowedCalendarNetworks { get; init; } = [];

    internal IEnumerable<IPNetwork> CalendarNetworks => AllowedCalendarNetworks.Select(network => IPNetwork.Parse(network));

    /// <summary>Microsoft 365 and Google Workspace, whose calendars people may connect. Default none.</summary>
    public IReadOnlyList<CalendarProviderOptions> CalendarProviders { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in AllowedCalendarNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return new ValidationResult($"'{network}' is no network, such as 10.20.0.0/16.", [nameof(AllowedCalendarNetworks)]);
        foreach (var (i, provider) in CalendarProviders.Index())
        {
            foreach (var problem in provider.Problems())
                yield return new ValidationResult($"Scheduling:CalendarProviders:{i}: {problem}", [nameof(CalendarProviders)]);
        }
        foreach (var twice in CalendarProviders.SelectMany(provider => provider.Domains.Select(domain => (provider.Unit, Domain: domain.ToLowerInvariant()))).GroupBy(one => one).Where(one => one.Count() > 1))
            yield return new ValidationResult($"Scheduling:CalendarProviders: {twice.Key.Domain} is named twice for {twice.Key.Unit}.", [nameof(CalendarProviders)]);
    }
}
