using Mentoring.Tenancy;

namespace Mentoring.Notifications.Preferences;

public static class PreferenceRoutes
{
    public static void MapPreferences(this RouteGroupBuilder unit)
    {
        unit.MapGet("/preferences", ReadPreferences.Handle).RequireKind(CallerKind.Person).Produces<PreferencesAnswer>();
        unit.MapPut("/preferences", ChangePreferences.Handle).RequireKind(CallerKind.Person).Produces<PreferencesAnswer>();
    }
}
