using Mentoring.Notifications.People;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Notifications.Inbox;

public static class InboxRoutes
{
    public static void MapInbox(this RouteGroupBuilder unit)
    {
        unit.MapGet("/inbox", ReadInbox.Handle).RequireKind(CallerKind.Person);
        unit.MapPost("/inbox/{id:guid}/read", MarkRead.Handle).RequireKind(CallerKind.Person);
        unit.MapPost("/inbox/{id:guid}/forget", ForgetLetter.Handle).RequireKind(CallerKind.Person);
        unit.MapGet("/inbox/export", ExportMine.Handle).RequireKind(CallerKind.Person).Produces<PersonExport<ExportedNotices>>();
        unit.MapGet("/events", StreamInbox.Handle).RequireKind(CallerKind.Person);
    }

    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddScoped<Postbox>();
        services.AddScoped<Letters>();
        services.AddSingleton<InboxWakes>();
        services.AddHostedService(scope => scope.GetRequiredService<InboxWakes>());
        services.AddScoped<WakeOnCommit>();
        services.ConfigureDbContext<NotificationsDb>((scope, options) => options.AddInterceptors(scope.GetRequiredService<WakeOnCommit>()));
        return services;
    }
}
