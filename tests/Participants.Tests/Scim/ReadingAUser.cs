using System.Text.Json.Nodes;
using Mentoring.Participants.Scim;

namespace Mentoring.Participants.Tests.Scim;

public sealed class ReadingAUser
{
    [Theory]
    [InlineData("""[{"value":"a@example.org"},{"value":"b@example.org","type":"Work"},{"value":"c@example.org","primary":"True"}]""", "c@example.org")]
    [InlineData("""[{"value":"a@example.org"},{"value":"b@example.org","type":"Work"},{"value":"c@example.org","primary":false}]""", "b@example.org")]
    [InlineData("""[{"value":"A@example.org"},{"value":"c@example.org","type":"home"}]""", "a@example.org")]
    [InlineData("""[{"value":" "}]""", null)]
    [InlineData("[]", null)]
    public void Of_several_addresses_the_primary_one_is_taken_or_else_the_one_of_work(string emails, string? taken) =>
        Assert.Equal(taken, ScimUser.Read(User($""","emails":{emails}"""), "Europe/Berlin").Details.Email);

    [Fact]
    public void What_is_not_told_is_the_unit_s()
    {
        var told = ScimUser.Read(User(""), "Europe/Berlin");

        Assert.Equal(("Europe/Berlin", "en", true, "", null), (told.Details.TimeZone, string.Join(' ', told.Details.Languages), told.Active, told.Details.UnitPath, told.Details.Stage));
        Assert.Equal(("Ada", "Byron King"), (Named("Ada", "Byron King").Details.GivenName, Named("Ada", "Byron King").Details.FamilyName));
        Assert.Equal(("Ada Byron", "King"), (told.Details.GivenName, told.Details.FamilyName));
    }

    private static ToldUser Named(string given, string family) => ScimUser.Read(
        User($$""","name":{"givenName":"{{given}}","familyName":"{{family}}"}"""), "Europe/Berlin");

    private static JsonObject User(string more) => JsonNode.Parse($$"""{"userName":"ada","displayName":"Ada Byron King"{{more}}}""")!.AsObject();
}
