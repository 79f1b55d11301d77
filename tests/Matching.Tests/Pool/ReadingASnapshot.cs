using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.ServiceDefaults;

namespace Mentoring.Matching.Tests.Pool;

public sealed class ReadingASnapshot
{
    public static TheoryData<ParticipantSnapshot> Snapshots =>
    [
        Cast.Junior(),
        Cast.Senior(Cast.Topic(Cast.Ai, 1, priority: true), Cast.Topic(Cast.Ai, 1), Cast.Topic(Cast.Ai, 2)) with { Grade = 7 },
        Cast.Junior() with { Location = null, Languages = [], Offers = [], Interests = ["Füße", "a \"quoted\" word", "\u2028 \\ / <b>", "😀"], ConsentsToSameChain = true },
        Cast.Senior() with { DayStartsAt = new TimeOnly(23, 59, 59, 999), DayEndsAt = TimeOnly.MinValue, Stage = CareerStage.Established, Grade = 0 },
    ];

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void It_is_written_and_read_as_the_serialiser_would(ParticipantSnapshot snapshot)
    {
        var written = JsonColumn.Write(snapshot);
        Assert.Equal(JsonSerializer.Serialize(snapshot, Json.Options), written);
        Assert.Equal(written, JsonSerializer.Serialize(JsonColumn.Read<ParticipantSnapshot>(written), Json.Options));
        Assert.Equal(written, JsonColumn.Write(JsonColumn.Read<ParticipantSnapshot>(System.Text.Encoding.UTF8.GetBytes(written))));
    }

    [Fact]
    public void Fields_may_be_missing_unknown_empty_or_in_any_order()
    {
        var read = JsonColumn.Read<ParticipantSnapshot>("""
            { "shoeSize": { "left": [44, {}], "right": null }, "grade": null, "interests": null, "location": null,
              "offers": [{ "level": 3, "colour": ["red"], "topic": "ai" }], "stage": "senior" }
            """);
        Assert.Equal((CareerStage.Senior, "", null, "", null), (read.Stage, read.UnitPath, read.Location, read.TimeZone, read.Grade));
        Assert.Equal(new TopicLevel("ai", "", 3), Assert.Single(read.Offers));
        Assert.Empty(read.Interests);
        Assert.Empty(read.Languages);
        Assert.Empty(read.Needs);
    }

    [Fact]
    public void Topics_that_differ_in_anything_are_told_apart()
    {
        var topics = from topic in new[] { "a", "b" } from label in new[] { "A", "B" } from level in new[] { 1, 2 } from priority in new[] { false, true }
                     select new TopicLevel(topic, label, level, priority);
        var snapshot = Cast.Junior([.. topics, .. topics]);
        Assert.Equal(snapshot.Offers, JsonColumn.Read<ParticipantSnapshot>(JsonColumn.Write(snapshot)).Offers);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "stage": "unheard-of" }""")]
    [InlineData("""{ "offers": [1] }""")]
    [InlineData("""{ "offers": [{ "level": 1.5 }] }""")]
    [InlineData("""{ "grade": "high" }""")]
    [InlineData("""{ "stage": "senior" """)]
    public void What_is_none_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => JsonColumn.Read<ParticipantSnapshot>(json));
}
