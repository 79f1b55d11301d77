using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Gateway.Routing;

namespace Mentoring.Gateway.Reference;

/// <summary>
/// One OpenAPI document from those of the five services: their public paths, and their schemas, prefixed with the service where two services
/// mean different things by one name. Kept for 30 s; a service that is away is represented by what it said last.
/// </summary>
internal sealed class MergedOpenApi(IHttpClientFactory http, ILogger<MergedOpenApi> log) : IDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepPartsFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly Dictionary<string, JsonObject> _lastSaid = [];
    private string _document = "";
    private long _keptUntil;

    public async Task<string> Document(CancellationToken ct)
    {
        if (Environment.TickCount64 < Volatile.Read(ref _keptUntil)) return _document;
        await _making.WaitAsync(ct);
        try
        {
            if (Environment.TickCount64 < _keptUntil) return _document;
            var answered = await Task.WhenAll(AddressBook.Services.Select(service => Ask(service, ct)));
            _document = Merge(_lastSaid).ToJsonString(Indented);
            Volatile.Write(ref _keptUntil, Environment.TickCount64 + (long)(answered.All(said => said) ? KeepFor : KeepPartsFor).TotalMilliseconds);
            return _document;
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose() => _making.Dispose();

    /// <summary>Pure: merges documents by service.</summary>
    internal static JsonObject Merge(IReadOnlyDictionary<string, JsonObject> documents)
    {
        var clashing = ClashingSchemas(documents);
        var paths = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        var components = new JsonObject();
        var operations = new HashSet<string>();
        foreach (var service in AddressBook.Services)
        {
            if (!documents.TryGetValue(service, out var original)) continue;
            var document = original.DeepClone().AsObject();
            Rename(document, service, clashing);

            foreach (var (path, item) in Objects(document["paths"]))
            {
                if (!AddressBook.IsPublic(service, path)) continue;
                foreach (var method in Methods)
                {
                    if (item?[method] is not JsonObject operation) continue;
                    operation["tags"] = new JsonArray(TagOf(path));
                    if (operation["operationId"] is JsonValue id && !operations.Add(id.GetValue<string>()))
                        operation["operationId"] = $"{service}-{id.GetValue<string>()}";
                }

                paths[path] = item?.DeepClone();
            }

            foreach (var (kind, entries) in Objects(document["components"]))
            {
                var merged = components[kind] as JsonObject ?? (JsonObject)(components[kind] = new JsonObject());
                foreach (var (name, entry) in Objects(entries)) merged[name] = entry?.DeepClone();
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Mentoring API",
                ["version"] = "1",
                ["description"] = "Reverse mentoring for the business units of an enterprise. Every refusal is a problem document; its type leads to an explanation.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = new JsonObject(paths),
            ["components"] = components,
        };
    }

    /// <summary>Grouped by the noun of the address, which is the API's own order: <c>matching-runs</c> → Matching runs.</summary>
    private static string TagOf(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var noun = segments is [_, _, "units", _, var inUnit, ..] ? inUnit : segments[2];
        return char.ToUpperInvariant(noun[0]) + noun[1..].Replace('-', ' ');
    }

    /// <summary>
    /// Names by which two services mean different things, directly or because a schema they refer to does: to a fixed point, as renaming one makes
    /// whatever refers to it differ.
    /// </summary>
    private static HashSet<string> ClashingSchemas(IReadOnlyDictionary<string, JsonObject> documents)
    {
        var byName = documents.Values
            .SelectMany(document => Objects(document["components"]?["schemas"]))
            .GroupBy(schema => schema.Key, schema => schema.Value?.ToJsonString() ?? "null")
            .ToDictionary(group => group.Key, group => group.ToArray());
        var clashing = byName.Where(schema => schema.Value.Distinct().Count() > 1).Select(schema => schema.Key).ToHashSet();
        while (byName.Where(schema => schema.Value.Length > 1 && !clashing.Contains(schema.Key)
                && clashing.Any(name => schema.Value[0].Contains($"\"#/components/schemas/{name}\"", StringComparison.Ordinal)))
            .Select(schema => schema.Key).ToArray() is { Length: > 0 } more)
            clashing.UnionWith(more);
        return clashing;
    }

    private static void Rename(JsonObject document, string service, HashSet<string> clashing)
    {
        const string prefix = "#/components/schemas/";
        if (document["components"]?["schemas"] is JsonObject schemas)
        {
            foreach (var name in schemas.Select(schema => schema.Key).Where(clashing.Contains).ToArray())
            {
                var schema = schemas[name];
                schemas.Remove(name);
                schemas[Prefixed(name)] = schema;
            }
        }

        Visit(document);

        void Visit(JsonNode? node)
        {
            if (node is JsonArray items)
            {
                foreach (var item in items) Visit(item);
            }
            else if (node is JsonObject members)
            {
                if (members["$ref"] is JsonValue reference && reference.TryGetValue(out string? target)
                    && target.StartsWith(prefix, StringComparison.Ordinal) && clashing.Contains(target[prefix.Length..]))
                    members["$ref"] = prefix + Prefixed(target[prefix.Length..]);
                foreach (var (_, member) in members) Visit(member);
            }
        }

        string Prefixed(string name) => char.ToUpperInvariant(service[0]) + service[1..] + name;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Objects(JsonNode? node) => node as JsonObject ?? [];

    private async Task<bool> Ask(string service, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var client = http.CreateClient(service);
            var said = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://{service}/openapi/v1.json"), patience.Token))!.AsObject();
            lock (_lastSaid) _lastSaid[service] = said;
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or Polly.ExecutionRejectedException
            || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("{Service} does not tell its OpenAPI document: {Reason}", service, e.Message);
            return false;
        }
    }
}
