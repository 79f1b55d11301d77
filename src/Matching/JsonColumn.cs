using System.Text.Json;
using System.Text.Json.Serialization;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Matching;

/// <summary>A value that is written and read whole, and so kept as the text it is (<c>json</c>): nothing looks into it, and <c>jsonb</c> is taken apart and put together each time.</summary>
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
        .HasColumnType("json")
        .HasConversion(
            value => Write(value),
            json => Read<T>(json),
            new ValueComparer<T>((a, b) => Write(a) == Write(b), value => Write(value).GetHashCode(StringComparison.Ordinal), value => value));

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    /// <param name="json">UTF-8.</param>
    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, Options)!;

    /// <summary>
    /// A pool of 100,000 people says the same few thousand words a million times: each is kept once while it is met often, and is then found by
    /// its bytes without being made anew. The table is bounded; a word that falls out of it is a string of its own again.
    /// </summary>
    private sealed class SharedWords : JsonConverter<string>
    {
        private const int Slots = 1 << 16;
        private const int LongestShared = 64;

        private readonly Entry?[] _words = new Entry?[Slots];

        private sealed record Entry(byte[] Bytes, string Word);

        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestShared)
                return reader.GetString();
            var bytes = reader.ValueSpan;
            // Threads may overwrite one another's entries; each is whole, and is taken only if it says the same.
            ref var slot = ref _words[SlotOf(bytes)];
            if (slot is { } known && bytes.SequenceEqual(known.Bytes)) return known.Word;
            var word = reader.GetString()!;
            slot = new Entry(bytes.ToArray(), word);
            return word;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        private static int SlotOf(ReadOnlySpan<byte> bytes)
        {
            // Its ends and its length: words of one kind mostly begin alike and differ in the end.
            ulong first = 0, last = 0;
            foreach (var one in bytes[..Math.Min(8, bytes.Length)]) first = (first << 8) | one;
            foreach (var one in bytes[Math.Max(0, bytes.Length - 8)..]) last = (last << 8) | one;
            var mixed = (first * 0x9E3779B97F4A7C15UL) ^ (last * 0xC2B2AE3D27D4EB4FUL) ^ (ulong)bytes.Length;
            return (int)((mixed ^ (mixed >> 32)) % Slots);
        }
    }
}
