using System.Reflection;
using MassTransit;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Hosting;

namespace Mentoring.Messaging;

/// <summary>The one entry point: bus, outbox, inbox, relay, timers, dead letters.</summary>
public static class MessagingExtensions
{
    // An outage lasts as long as it lasts: a slot that holds its message is what pauses the endpoint. Some 14 hours, then an operator decides.
    private static readonly TimeSpan[] UntilRecovery =
    [
        TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2),
        .. Enumerable.Repeat(TimeSpan.FromSeconds(5), 10_000),
    ];

    private static readonly TimeSpan[] RaceAgain =
    [
        TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(1),
    ];

    private const int DeliveryLimit = 20;

    /// <summary>Reactions that are not done by then are rolled back and come again.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WatchPatience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Wires the service to the bus at <c>ConnectionStrings:messaging</c>. Reactions (<see cref="IConsumer{T}"/>) and timers
    /// (<see cref="ITimer"/>) are found in the assembly of <typeparamref name="TDb"/>; each reaction has a quorum queue of its own, named
    /// <c>{service}-{reaction}</c>.
    /// </summary>
    public static WebApplicationBuilder AddMessaging<TDb>(this WebApplicationBuilder builder, string service)
        where TDb : DbContext, ITenantDb
    {
        var assembly = typeof(TDb).Assembly;
        var services = builder.Services;
        services.AddScoped<Outbox>();
        services.AddScoped<Inbox>();
        services.AddScoped<Timers>();
        services.AddScoped<Traces>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<TimerSignal>();
        services.AddScoped<WakeOnSave>();
        services.ConfigureDbContext<TDb>((scope, options) => options.AddInterceptors(scope.GetRequiredService<WakeOnSave>()));
        services.AddSingleton<DeadLetters>();
        services.AddHostedService<Relay>();
        services.AddSingleton<OutboxGauges>();
        services.AddHostedService(scope => scope.GetRequiredService<OutboxGauges>());

        var timers = Concrete(typeof(ITimer), assembly).ToDictionary(TimerName);
        foreach (var timer in timers.Values)
            services.AddScoped(timer);
        services.AddSingleton(new TimerCatalogue(timers));
        services.AddHostedService<TimerSweep>();
        services.AddHostedService<TimersApart>();

        foreach (var republish in Concrete(typeof(IRepublish), assembly))
            services.AddScoped(typeof(IRepublish), republish);

        AddBus(builder, service, assembly, (endpoint, context) =>
        {
            endpoint.ConfigureError(error => error.UseFilter(context.GetRequiredService<DeadLetters>()));
            endpoint.ConfigureDeadLetter(skipped => skipped.UseFilter(context.GetRequiredService<DeadLetters>()));
            endpoint.UseMessageRetry(retry =>
            {
                retry.Handle<Exception>(Transient.IsOutage);
                retry.Intervals(UntilRecovery);
            });
            endpoint.UseMessageRetry(retry =>
            {
                retry.Handle<Exception>(Transient.IsRace);
                retry.Intervals(RaceAgain);
            });
            endpoint.UseConsumeFilter(typeof(ReactionFilter<>), context);
        });
        return builder;
    }

    /// <summary>For a part without a database: its reactions must be harmless when repeated. Found in <paramref name="reactions"/>.</summary>
    public static WebApplicationBuilder AddMessaging(this WebApplicationBuilder builder, string service, Assembly reactions)
    {
        AddBus(builder, service, reactions, (endpoint, _) => endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(Transient.IsOutage);
            retry.Intervals(UntilRecovery);
        }));
        return builder;
    }

    private static void AddBus(WebApplicationBuilder builder, string service, Assembly assembly, Action<IRabbitMqReceiveEndpointConfigurator, IBusRegistrationContext> around)
    {
        var reactions = Concrete(typeof(IConsumer), assembly).ToArray();
        builder.Services.Configure<MassTransitHostOptions>(options => options.StopTimeout = StopWithin);
        builder.Services.AddHostedService(services => new ConsumerWatch(
            new Watched(Broker(builder), service, [.. reactions.Select(reaction => QueueOf(service, reaction))], WatchEvery, WatchPatience),
            services.GetRequiredService<IHostApplicationLifetime>(), services.GetRequiredService<ILogger<ConsumerWatch>>()));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumers(reactions);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(Broker(builder), service);
                rabbit.PublishTopology.BrokerTopologyOptions = PublishBrokerTopologyOptions.MaintainHierarchy;
                var undeliverable = $"{service}-undeliverable";
                foreach (var reaction in reactions)
                {
                    rabbit.ReceiveEndpoint(QueueOf(service, reaction), endpoint =>
                    {
                        Quorum(endpoint);
                        endpoint.SetQueueArgument("x-delivery-limit", DeliveryLimit);
                        // At least once to the dead letters as well: the default strategy may drop a message on its way.
                        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
                        endpoint.SetQueueArgument("x-overflow", "reject-publish");
                        endpoint.SetQueueArgument("x-dead-letter-exchange", undeliverable);
                        around(endpoint, context);
                        endpoint.ConfigureConsumer(context, reaction);
                    });
                }
                if (reactions.Length > 0 && context.GetService<DeadLetters>() is { } deadLetters)
                {
                    rabbit.ReceiveEndpoint(undeliverable, endpoint =>
                    {
                        Quorum(endpoint);
                        endpoint.ConfigureConsumeTopology = false;
                        endpoint.ConfigureError(error => error.UseFilter(deadLetters));
                        endpoint.ConfigureDeadLetter(skipped => skipped.UseFilter(deadLetters));
                    });
                }
            });
        });
    }

    private static Uri Broker(WebApplicationBuilder builder) => new(builder.Configuration.GetConnectionString("messaging")
        ?? throw new InvalidOperationException("ConnectionStrings:messaging is not set."));

    private static string QueueOf(string service, Type reaction) => $"{service}-{Wire.Kebab(reaction.Name)}";

    private static void Quorum(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = 32;
        endpoint.ConcurrentMessageLimit = 8;
    }

    private static IEnumerable<Type> Concrete(Type of, Assembly assembly) => assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false, IsGenericType: false } && type.IsAssignableTo(of));

    private static string TimerName(Type timer) => (string)timer.GetProperty(nameof(ITimer.Name), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
}
