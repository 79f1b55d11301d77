using System.Text.Json;
using System.Text.Json.Serialization;
using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Pool;

/// <summary>
/// What somebody consented to share, field by field. A run reads and packs a pool of 100,000 of these, and the serialiser's own way of calling a
/// constructor of so many parameters puts each into a box first. Fields may be missing, unknown or in any order, as everywhere in stored JSON.
/// </summary>
/// <param name="words">How a string is read.</param>
/// <param name="others">How the rest is.</param>
internal sealed class SnapshotConverter(JsonConverter<string> words, JsonSerializerOptions others) : JsonConverter<ParticipantSnapshot>
{
    private const int Slots = 1 << 16;

    // A pool names the same few thousand topics a million times: most of what a collection of garbage would have to look at.
    private readonly TopicLevel?[] _topics = new TopicLevel?[Slots];
    private readonly JsonConverter<CareerStage> _stages = (JsonConverter<CareerStage>)others.GetConverter(typeof(CareerStage));
    private readonly JsonConverter<TimeOnly> _times = (JsonConverter<TimeOnly>)others.GetConverter(typeof(TimeOnly));

    public override void Write(Utf8JsonWriter writer, ParticipantSnapshot value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(Field.Stage);
        _stages.Write(writer, value.Stage, options);
        writer.WriteString(Field.UnitPath, value.UnitPath);
        writer.WriteString(Field.Location, value.Location);
        writer.WriteString(Field.TimeZone, value.TimeZone);
        Write(writer, Field.Languages, value.Languages);
        Write(writer, Field.Offers, value.Offers);
        Write(writer, Field.Needs, value.Needs);
        Write(writer, Field.Interests, value.Interests);
        Write(writer, Field.Channels, value.Channels);
        writer.WritePropertyName(Field.DayStartsAt);
        _times.Write(writer, value.DayStartsAt, options);
        writer.WritePropertyName(Field.DayEndsAt);
        _times.Write(writer, value.DayEndsAt, options);
        writer.WriteBoolean(Field.ConsentsToSameChain, value.ConsentsToSameChain);
        if (value.Grade is { } grade) writer.WriteNumber(Field.Grade, grade);
        else writer.WriteNull(Field.Grade);
        writer.WriteEndObject();
    }

    public override ParticipantSnapshot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var stage = default(CareerStage);
        string unitPath = "", timeZone = "";
        string? location = null;
        string[] languages = [], interests = [], channels = [];
        TopicLevel[] offers = [], needs = [];
        TimeOnly dayStartsAt = default, dayEndsAt = default;
        var consentsToSameChain = false;
        int? grade = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsField(ref reader, Field.Stage)) stage = _stages.Read(ref reader, typeof(CareerStage), options);
            else if (IsField(ref reader, Field.UnitPath)) unitPath = Word(ref reader) ?? "";
            else if (IsField(ref reader, Field.Location)) location = Word(ref reader);
            else if (IsField(ref reader, Field.TimeZone)) timeZone = Word(ref reader) ?? "";
            else if (IsField(ref reader, Field.Languages)) languages = Words(ref reader);
            else if (IsField(ref reader, Field.Offers)) offers = Topics(ref reader);
            else if (IsField(ref reader, Field.Needs)) needs = Topics(ref reader);
            else if (IsField(ref reader, Field.Interests)) interests = Words(ref reader);
            else if (IsField(ref reader, Field.Channels)) channels = Words(ref reader);
            else if (IsField(ref reader, Field.DayStartsAt)) dayStartsAt = _times.Read(ref reader, typeof(TimeOnly), options);
            else if (IsField(ref reader, Field.DayEndsAt)) dayEndsAt = _times.Read(ref reader, typeof(TimeOnly), options);
            else if (IsField(ref reader, Field.ConsentsToSameChain)) consentsToSameChain = reader.GetBoolean();
            else if (IsField(ref reader, Field.Grade)) grade = reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();
            else SkipField(ref reader);
        }
        Expect(ref reader, JsonTokenType.EndObject);
        return new ParticipantSnapshot(
            stage, unitPath, location, timeZone, languages, offers, needs, interests, channels, dayStartsAt, dayEndsAt, consentsToSameChain, grade);
    }

    private static void Write(Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyList<string> words)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < words.Count; i++) writer.WriteStringValue(words[i]);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyList<TopicLevel> topics)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < topics.Count; i++)
        {
            var topic = topics[i];
            writer.WriteStartObject();
            writer.WriteString(Field.Topic, topic.Topic);
            writer.WriteString(Field.Label, topic.Label);
            writer.WriteNumber(Field.Level, topic.Level);
            writer.WriteBoolean(Field.Priority, topic.Priority);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private string? Word(ref Utf8JsonReader reader) => words.Read(ref reader, typeof(string), others);

    private string[] Words(ref Utf8JsonReader reader)
    {
        var list = new List<string>();
        while (IsIn(ref reader)) list.Add(Word(ref reader) ?? "");
        return [.. list];
    }

    private TopicLevel[] Topics(ref Utf8JsonReader reader)
    {
        var list = new List<TopicLevel>();
        while (IsIn(ref reader)) list.Add(Topic(ref reader));
        return [.. list];
    }

    private TopicLevel Topic(ref Utf8JsonReader reader)
    {
        string topic = "", label = "";
        var level = 0;
        var priority = false;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsField(ref reader, Field.Topic)) topic = Word(ref reader) ?? "";
            else if (IsField(ref reader, Field.Label)) label = Word(ref reader) ?? "";
            else if (IsField(ref reader, Field.Level)) level = reader.GetInt32();
            else if (IsField(ref reader, Field.Priority)) priority = reader.GetBoolean();
            else SkipField(ref reader);
        }
        Expect(ref reader, JsonTokenType.EndObject);
        // Threads may overwrite one another's entries; each is whole, and is taken only if it says the same.
        ref var slot = ref _topics[(uint)HashCode.Combine(topic, level, priority) % Slots];
        if (slot is { } known && known.Level == level && known.Priority == priority && known.Topic == topic && known.Label == label) return known;
        return slot = new TopicLevel(topic, label, level, priority);
    }

    /// <summary>Steps to the next element of a list; <c>null</c> is a list of none.</summary>
    private static bool IsIn(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.Null && reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Whether this is the field, and if so steps to its value.</summary>
    private static bool IsField(ref Utf8JsonReader reader, JsonEncodedText name) => reader.ValueTextEquals(name.EncodedUtf8Bytes) && reader.Read();

    private static void SkipField(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token) throw new JsonException($"A {token} was expected where a {reader.TokenType} stands.");
    }

    /// <summary>As <see cref="Mentoring.ServiceDefaults.Json"/> would name them.</summary>
    private static class Field
    {
        public static readonly JsonEncodedText Stage = JsonEncodedText.Encode("stage");
        public static readonly JsonEncodedText UnitPath = JsonEncodedText.Encode("unitPath");
        public static readonly JsonEncodedText Location = JsonEncodedText.Encode("location");
        public static readonly JsonEncodedText TimeZone = JsonEncodedText.Encode("timeZone");
        public static readonly JsonEncodedText Languages = JsonEncodedText.Encode("languages");
        public static readonly JsonEncodedText Offers = JsonEncodedText.Encode("offers");
        public static readonly JsonEncodedText Needs = JsonEncodedText.Encode("needs");
        public static readonly JsonEncodedText Interests = JsonEncodedText.Encode("interests");
        public static readonly JsonEncodedText Channels = JsonEncodedText.Encode("channels");
        public static readonly JsonEncodedText DayStartsAt = JsonEncodedText.Encode("dayStartsAt");
        public static readonly JsonEncodedText DayEndsAt = JsonEncodedText.Encode("dayEndsAt");
        public static readonly JsonEncodedText ConsentsToSameChain = JsonEncodedText.Encode("consentsToSameChain");
        public static readonly JsonEncodedText Grade = JsonEncodedText.Encode("grade");
        public static readonly JsonEncodedText Topic = JsonEncodedText.Encode("topic");
        public static readonly JsonEncodedText Label = JsonEncodedText.Encode("label");
        public static readonly JsonEncodedText Level = JsonEncodedText.Encode("level");
        public static readonly JsonEncodedText Priority = JsonEncodedText.Encode("priority");
    }
}
