using System.Text.Json;

namespace Mentoring.Testing;

/// <summary>
/// The real servers that tests run against: PostgreSQL, RabbitMQ and Redis, private to the checkout. <c>deploy/local/test</c> starts them
/// and names them in <c>.local/servers.json</c>.
/// </summary>
public sealed record Servers(string Postgres, string Rabbitmq, string Redis)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Servers Running { get; } = Find();

    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    private static Servers Find()
    {
        var file = Path.Combine(FindRoot(), ".local", "servers.json");
        if (!File.Exists(file))
            throw new InvalidOperationException("No servers are running: start the tests with deploy/local/test, or the servers alone with deploy/local/servers.");
        return JsonSerializer.Deserialize<Servers>(File.ReadAllText(file), Web) ?? throw new InvalidOperationException($"{file} is empty.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mentoring.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests do not run inside the checkout.");
    }
}
