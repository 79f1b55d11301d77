using System.Globalization;
using System.Text.Json;

namespace Mentoring.Demonstration;

/// <summary>A running platform, as its host describes it in <c>platform.json</c>.</summary>
public sealed record Platform(
    string Gateway,
    string Issuer,
    string Mail,
    string ClockFile,
    string DemoClient,
    string DemoSecret,
    string Operator,
    string People)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Platform Read(string file) => JsonSerializer.Deserialize<Platform>(File.ReadAllText(file), Web)
        ?? throw new InvalidDataException($"{file} is empty.");

    /// <summary>What the services take the time to be.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + Offset;

    private TimeSpan Offset => File.Exists(ClockFile) ? TimeSpan.Parse(File.ReadAllText(ClockFile), CultureInfo.InvariantCulture) : TimeSpan.Zero;

    /// <summary>Lets time pass for every service at once.</summary>
    public async Task LetPass(TimeSpan time)
    {
        // Replaced as a whole: a service must never read half of it.
        var next = ClockFile + ".next";
        await File.WriteAllTextAsync(next, (Offset + time).ToString("c", CultureInfo.InvariantCulture));
        File.Move(next, ClockFile, overwrite: true);
        // The services look at the file at most every 100 ms.
        await Task.Delay(TimeSpan.FromMilliseconds(250));
    }

    public Task LetPassUntil(DateTimeOffset instant) => instant > Now ? LetPass(instant - Now) : Task.CompletedTask;
}
