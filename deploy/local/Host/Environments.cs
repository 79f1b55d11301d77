using Mentoring.Host.Servers;

namespace Mentoring.Host;

/// <summary>A part's variables, named and formed as .NET Aspire names and forms them.</summary>
internal sealed class Environments(LocalState state, PostgreSql postgres, RabbitMq broker, Redis redis, string? otlp)
{
    public string ClockFile => state.In("clock");

    public IReadOnlyDictionary<string, string> OfNode(Part node) => node.Variables.ToDictionary(variable => variable.Key, variable => variable.Value(state));

    public IReadOnlyDictionary<string, string> OfService(Part service)
    {
        var variables = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = Topology.AddressOf(state, service.Name),
            ["CLOCK_FILE"] = ClockFile,
            ["OTEL_SERVICE_NAME"] = service.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={service.Name}-local",
        };
        if (otlp is not null)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp;
            // 4318 is where collectors take HTTP by convention; the SDK's own default is gRPC.
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL") ?? (otlp.EndsWith(":4317", StringComparison.Ordinal) ? "grpc" : "http/protobuf");
        }
        if (service.Database is { } database)
        {
            variables[$"ConnectionStrings__{database}"] = $"Host=127.0.0.1;Port={postgres.Port};Database={database};Username={database};Password={RolePassword(database)}";
            variables["Database__User"] = database;
            variables["Database__Password"] = RolePassword(database);
        }
        foreach (var reference in service.References)
        {
            var (name, value) = reference switch
            {
                RabbitMq.Name => ($"ConnectionStrings__{reference}", broker.AddressFor(service.Name)),
                Redis.Name => ($"ConnectionStrings__{reference}", redis.ConnectionString),
                _ => ($"services__{reference}__http__0", Topology.AddressOf(state, reference)),
            };
            variables[name] = value;
        }
        foreach (var (name, value) in service.Variables)
            variables[name] = value(state);
        return variables;
    }

    /// <summary>The same program as the owner of the database, which makes the service's role and then ends.</summary>
    public IReadOnlyDictionary<string, string> OfMigration(Part service) => new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["RUN"] = "migrate",
        [$"ConnectionStrings__{service.Database}"] = $"{postgres.ConnectionString};Database={service.Database}",
        ["Database__User"] = service.Database!,
        ["Database__Password"] = RolePassword(service.Database!),
    };

    private string RolePassword(string role) => state.Secret($"database:{role}");
}
