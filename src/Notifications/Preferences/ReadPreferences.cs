using System.Globalization;
using Mentoring.Notifications.Templates;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Preferences;

/// <param name="Email">Whether mail is sent at all; the inbox always gets everything.</param>
/// <param name="QuietHours">Null: none.</param>
/// <param name="Language">Null: the first of the person's languages that is spoken here.</param>
public sealed record PreferencesAnswer(bool Email, QuietHoursWords? QuietHours, Language? Language)
{
    public static PreferencesAnswer Of(Preference preference) => new(preference.Email, QuietHoursWords.Of(preference.QuietHours), preference.Language);
}

/// <summary>Wall clock in the person's zone, <c>HH:mm</c>.</summary>
public sealed record QuietHoursWords(string From, string To)
{
    public static QuietHoursWords? Of(QuietHours? hours) => hours is null ? null : new(Clock(hours.From), Clock(hours.To));

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

public static class ReadPreferences
{
    public static async Task<IResult> Handle(Caller caller, NotificationsDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        var preference = await db.Preferences.AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == me, ct) ?? new Preference { PersonId = me };
        return Precondition.Ok(PreferencesAnswer.Of(preference), preference.Version);
    }
}
