using System.Text.Json;
using System.Text.Json.Serialization;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Matching;

/// <summary>A value that is written and read whole, as <c>jsonb</c>.</summary>
internal static class JsonColumn
{
    // Rows outlive the code that wrote them: a field that has gone since is no reason to fail.
    private static readonly JsonSerializerOptions s_lenient = new(Json.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = false,
        RespectRequiredConstructorParameters = false,
    };

    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            value => Write(value),
            json => Read<T>(json),
            new ValueComparer<T>((a, b) => Write(a) == Write(b), value => Write(value).GetHashCode(StringComparison.Ordinal), value => value));

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_lenient);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, s_lenient)!;
}
