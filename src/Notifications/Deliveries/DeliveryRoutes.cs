using Mentoring.Tenancy;

namespace Mentoring.Notifications.Deliveries;

public static class DeliveryRoutes
{
    public static void MapDeliveries(this RouteGroupBuilder unit)
    {
        var deliveries = unit.MapGroup("/deliveries").RequireRole(Roles.UnitAdmin);
        deliveries.MapGet("", ListDeliveries.Handle);
        deliveries.MapPost("/{id:guid}/requeue", RequeueDelivery.Handle);
    }

    public static IServiceCollection AddDeliveries(this IServiceCollection services)
    {
        services.AddSingleton<DeliverySignal>();
        services.AddScoped<Dispatch>();
        services.AddHostedService<SendDeliveries>();
        return services;
    }
}
