using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Participants.Scim;

namespace Mentoring.Participants.Tests.Scim;

public sealed class PatchingAUser
{
    private const string User = """
        {"userName":"babs","name":{"givenName":"Barbara","familyName":"Jensen"},"active":true,
         "emails":[{"value":"babs@example.org","type":"work","primary":true},{"value":"babs@home.example","type":"home"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Tours","manager":{"value":"26118915"}}}
        """;

    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Theory]
    [InlineData("""{"op":"add","path":"title","value":"Guide"}""", "title", "\"Guide\"")]
    [InlineData("""{"op":"Replace","path":"active","value":"False"}""", "active", "\"False\"")]
    [InlineData("""{"op":"replace","path":"name.familyName","value":"Smith"}""", "name", """{"givenName":"Barbara","familyName":"Smith"}""")]
    [InlineData("""{"op":"replace","path":"NAME","value":{"familyname":"Smith"}}""", "name", """{"givenName":"Barbara","familyName":"Smith"}""")]
    [InlineData("""{"op":"replace","value":{"name.familyName":"Smith","active":false}}""", "name", """{"givenName":"Barbara","familyName":"Smith"}""")]
    [InlineData("""{"op":"remove","path":"name.familyName"}""", "name", """{"givenName":"Barbara"}""")]
    [InlineData("""{"op":"replace","path":"emails[type eq \"work\"].value","value":"b@example.org"}""", "emails", """[{"value":"b@example.org","type":"work","primary":true},{"value":"babs@home.example","type":"home"}]""")]
    [InlineData("""{"op":"remove","path":"emails[type eq \"home\" and value ew \"example\"]"}""", "emails", """[{"value":"babs@example.org","type":"work","primary":true}]""")]
    [InlineData("""{"op":"remove","path":"emails"}""", "emails", "[]")]
    [InlineData("""{"op":"add","path":"emails","value":[{"value":"new@example.org","primary":true}]}""", "emails", """[{"value":"babs@example.org","type":"work"},{"value":"babs@home.example","type":"home"},{"value":"new@example.org","primary":true}]""")]
    [InlineData("""{"op":"add","path":"emails","value":{"type":"home","value":"babs@home.example"}}""", "emails", """[{"value":"babs@example.org","type":"work","primary":true},{"value":"babs@home.example","type":"home"}]""")]
    [InlineData("""{"op":"add","path":"emails[type eq \"other\"].value","value":"o@example.org"}""", "emails", """[{"value":"babs@example.org","type":"work","primary":true},{"value":"babs@home.example","type":"home"},{"type":"other","value":"o@example.org"}]""")]
    [InlineData("""{"op":"add","path":"addresses[type eq \"work\"].locality","value":"Oslo"}""", "addresses", """[{"type":"work","locality":"Oslo"}]""")]
    [InlineData("""{"op":"replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"Sales"}""", Enterprise, """{"department":"Sales","manager":{"value":"26118915"}}""")]
    [InlineData("""{"op":"replace","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}}""", Enterprise, """{"department":"Sales","manager":{"value":"26118915"}}""")]
    [InlineData("""{"op":"replace","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"Sales"}}""", Enterprise, """{"department":"Sales","manager":{"value":"26118915"}}""")]
    [InlineData("""{"op":"replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"7"}""", Enterprise, """{"department":"Tours","manager":{"value":"7"}}""")]
    [InlineData("""{"op":"replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":{"value":"7","displayName":"Who"}}""", Enterprise, """{"department":"Tours","manager":{"value":"7"}}""")]
    [InlineData("""{"op":"remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"}""", Enterprise, """{"department":"Tours"}""")]
    [InlineData("""{"op":"add","path":"phoneNumbers[type eq \"work\"].value","value":"+47"}""", "phoneNumbers", null)]
    [InlineData("""{"op":"replace","path":"title","value":null}""", "title", null)]
    public void An_operation_does_what_it_says(string operation, string attribute, string? becomes)
    {
        var user = (JsonObject)JsonNode.Parse(User)!;

        ScimPatch.Apply(user, Patch(operation));

        Assert.True(JsonNode.DeepEquals(becomes is null ? null : JsonNode.Parse(becomes), user[attribute]), user.ToJsonString());
    }

    [Theory]
    [InlineData("""{"op":"remove"}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"emails[type eq \"other\"].value","value":"x"}""", "noTarget")]
    [InlineData("""{"op":"add","path":"emails[type ne \"work\" and type ne \"home\"].value","value":"x"}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"id","value":"7"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"meta.version","value":"7"}""", null)]
    [InlineData("""{"op":"replace","path":"title[","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":"title[value eq \"x\"]","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":7,"value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"replace","value":"x"}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"emails","value":"x"}""", "invalidValue")]
    [InlineData("""{"op":"move","path":"title","value":"x"}""", "invalidSyntax")]
    [InlineData("""{"op":"add","path":"birthDate","value":"1990-01-01"}""", null)]
    [InlineData("""{"op":"add","value":{"urn:ietf:params:scim:schemas:extension:acme:2.0:User":{"dateOfBirth":"1990-01-01"}}}""", "invalidValue")]
    [InlineData("""{"op":"add","value":{"gender":"x"}}""", "invalidValue")]
    public void What_it_cannot_do_is_refused_or_dropped_and_leaves_the_user_alone(string operation, string? type)
    {
        var user = (JsonObject)JsonNode.Parse(User)!;
        if (type is null)
            ScimPatch.Apply(user, Patch(operation));
        else
            Assert.Equal(type, Assert.Throws<ScimException>(() => ScimPatch.Apply(user, Patch(operation))).Refusal.Type);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(User), user), user.ToJsonString());
    }

    [Theory]
    [InlineData("""{"Operations":[{"op":"add","path":"title","value":"x"}]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[7]}""")]
    public void What_is_no_patch_is_refused(string request) => Assert.Equal(
        "invalidSyntax", Assert.Throws<ScimException>(() => ScimPatch.Apply([], (JsonObject)JsonNode.Parse(request)!)).Refusal.Type);

    [Fact]
    public void A_whole_user_leaves_alone_what_it_does_not_name_and_takes_away_what_it_names_as_nothing()
    {
        var user = (JsonObject)JsonNode.Parse(User)!;

        ScimPatch.Replace(user, (JsonObject)JsonNode.Parse("""{"id":"7","userName":"babs2","emails":[],"title":null,"name":{"givenName":"Bab"},"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":null}}""")!);

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse("""{"userName":"babs2","name":{"givenName":"Bab","familyName":"Jensen"},"active":true,"emails":[],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Tours"}}"""), user),
            user.ToJsonString());
    }

    [Fact]
    public void Whatever_is_sent_is_carried_out_or_refused()
    {
        var texts = Gen.Elements("title", "name", "name.givenName", "emails", "emails[type eq \"work\"]", "emails[primary eq true].value", "emails.value", Enterprise, $"{Enterprise}:manager", $"{Enterprise}:manager.value", "active", "", "[", "id", "x.y", "$ref");
        Gen<string> value = Gen.Elements("null", "\"x\"", "7", "true", "[]", "{}", """{"value":"x"}""", """[{"value":"x","primary":true}]""", """{"name":{"givenName":7}}""", """{"emails":{"value":"x"}}""", "[[]]", """{"value":{"value":{}}}""", """[null]""");
        var operation = from op in Gen.Elements("add", "replace", "remove", "Add")
                        from path in texts
                        from hasPath in Gen.Elements(true, true, true, false)
                        from sent in value
                        select hasPath ? $$"""{"op":"{{op}}","path":{{JsonValue.Create(path).ToJsonString()}},"value":{{sent}}}""" : $$"""{"op":"{{op}}","value":{{sent}}}""";
        Prop.ForAll(Arb.From(Gen.ArrayOf(operation)), operations =>
        {
            var user = (JsonObject)JsonNode.Parse(User)!;
            try
            {
                ScimPatch.Apply(user, Patch(operations));
                ScimUser.Read(user, "Europe/Berlin");
            }
            catch (ScimException e)
            {
                Assert.Equal(400, e.Refusal.Status);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    private static JsonObject Patch(params string[] operations) => (JsonObject)JsonNode.Parse(
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{string.Join(',', operations)}}]}""")!;
}
