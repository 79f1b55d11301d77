using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mentoring.ServiceDefaults;

/// <summary>The body of <c>/health</c> and <c>/alive</c>: the state of each part, in words, and never an exception.</summary>
public static class HealthReports
{
    /// <summary>Writes the report as JSON; the status code is set by the framework (503 when unhealthy).</summary>
    public static Task Write(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(new HealthAnswer(
            Word(report.Status),
            [.. report.Entries.Select(entry => new HealthPart(entry.Key, Word(entry.Value.Status), entry.Value.Description))]));

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}

/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>: the worst of the parts.</param>
/// <param name="Parts">Each thing this part depends on.</param>
public sealed record HealthAnswer(string Status, IReadOnlyList<HealthPart> Parts);

/// <param name="Name">What was asked.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Detail">Why, in words.</param>
public sealed record HealthPart(string Name, string Status, string? Detail);
