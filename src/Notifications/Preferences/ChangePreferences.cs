using System.Globalization;
using Mentoring.Notifications.Templates;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Preferences;

public sealed record PreferencesRequest(bool Email, QuietHoursWords? QuietHours = null, Language? Language = null)
{
    public QuietHours? Hours()
    {
        if (QuietHours is null)
            return null;
        var errors = new Dictionary<string, string[]>();
        var from = Read("quietHours.from", QuietHours.From, errors);
        var to = Read("quietHours.to", QuietHours.To, errors);
        if (errors.Count == 0 && from == to)
            errors["quietHours"] = ["must end at another time than it begins; to get no mail at all, set email to false"];
        return errors.Count == 0 ? new QuietHours(from, to) : throw new InvalidRequestException(errors);
    }

    private static TimeOnly Read(string field, string text, Dictionary<string, string[]> errors)
    {
        if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            errors[field] = ["must be a time of day such as 20:00"];
        return time;
    }
}

public static class ChangePreferences
{
    public static async Task<IResult> Handle([FromBody] PreferencesRequest request, Precondition precondition, Caller caller, NotificationsDb db, CancellationToken ct)
    {
        var (me, hours) = (caller.PersonId, request.Hours());
        if (await db.Preferences.SingleOrDefaultAsync(p => p.PersonId == me, ct) is not { } preference)
        {
            preference = new Preference { PersonId = me };
            db.Add(preference);
        }
        if (precondition.Refusal(preference.Version) is { } refusal)
            return refusal;
        preference.Email = request.Email;
        preference.QuietFrom = hours?.From;
        preference.QuietTo = hours?.To;
        preference.Language = request.Language;
        preference.Version++;
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(PreferencesAnswer.Of(preference), preference.Version);
    }
}
