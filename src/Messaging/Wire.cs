using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mentoring.Messaging;

/// <summary>How a fact is written down, in the outbox and on the wire.</summary>
public static partial class Wire
{
    public const string UnitHeader = "unit";

    /// <summary>camelCase; names and shapes are held by the snapshots of the contracts.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Every id in a body, in the order of appearance, once.</summary>
    internal static Guid[] IdsIn(string body) => [.. AnId().Matches(body).Select(match => Guid.Parse(match.ValueSpan)).Distinct().Take(1_000)];

    /// <summary><c>TellBothWhenSessionCancelled</c> → <c>tell-both-when-session-cancelled</c>.</summary>
    internal static string Kebab(string name) => WordStart().Replace(name, "-$1").ToLowerInvariant();

    [GeneratedRegex("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")]
    private static partial Regex AnId();

    [GeneratedRegex("(?<!^)([A-Z](?=[a-z])|(?<=[a-z0-9])[A-Z])")]
    private static partial Regex WordStart();
}
