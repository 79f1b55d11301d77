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
    public static JsonSerializerOptions Options { get; } = new(Json.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = false,
        RespectRequiredConstructorParameters = false,
        Converters = { new SharedWords() },
    };

    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            value => Write(value),
            json => Read<T>(json),
            new ValueComparer<T>((a, b) => Write(a) == Write(b), value => Write(value).GetHashCode(StringComparison.Ordinal), value => value));

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    /// <summary>
    /// A pool of 100,000 people says the same few thousand words a million times: each is kept once while it is met often. The table is
    /// bounded; a word that falls out of it is a string of its own again.
    /// </summary>
    private sealed class SharedWords : JsonConverter<string>
    {
        private const int Slots = 1 << 14;
        private const int LongestShared = 64;

        private readonly string?[] _words = new string?[Slots];

        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null) return null;
            var word = reader.GetString()!;
            if (word.Length > LongestShared) return word;
            // Threads may overwrite one another's words; whichever is read is a word with these letters.
            ref var slot = ref _words[(word.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % Slots];
            if (slot is { } known && known == word) return known;
            slot = word;
            return word;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
