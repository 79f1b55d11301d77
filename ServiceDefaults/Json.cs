using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mentoring.ServiceDefaults;

/// <summary>How JSON looks on every border: camelCase, enums as kebab-case words, and nothing accepted that is not understood.</summary>
public static class Json
{
    /// <summary>The same options for code that reads or writes JSON outside a request.</summary>
    public static JsonSerializerOptions Options { get; } = Frozen();

    /// <summary>
    /// Applies the conventions. An unknown member is refused rather than dropped: a misspelt field that is silently ignored is a
    /// change its sender believes to have made. Optional members therefore need a default in their record.
    /// </summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Frozen()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
