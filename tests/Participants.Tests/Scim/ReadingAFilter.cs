using FsCheck;
using FsCheck.Fluent;
using Mentoring.Participants.Scim;

namespace Mentoring.Participants.Tests.Scim;

public sealed class ReadingAFilter
{
    [Theory]
    [InlineData("userName eq \"bjensen\"", "[userName eq bjensen]")]
    [InlineData("USERNAME Eq \"b\\\"jensen\"", "[userName eq b\"jensen]")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"", "[userName sw J]")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq \"7\"", "[employeeNumber eq 7]")]
    [InlineData("title pr", "[title pr ]")]
    [InlineData("active eq true and title pr or name.familyName co \"o\"", "(([active eq True] and [title pr ]) or [name.familyName co o])")]
    [InlineData("title pr or active eq false and userName ne \"x\"", "([title pr ] or ([active eq False] and [userName ne x]))")]
    [InlineData("not (title pr)and(active eq true)", "(!([title pr ]) and [active eq True])")]
    [InlineData("emails[type eq \"work\" and value co \"@example.com\"]", "emails{([emails.type eq work] and [emails.value co @example.com])}")]
    [InlineData("emails.value eq null", "[emails.value eq ]")]
    [InlineData("nickName eq \"Bo\"", "[? eq Bo]")]
    [InlineData("phoneNumbers[type eq \"work\"]", "?{[? eq work]}")]
    [InlineData("urn:example:User:badge eq \"7\"", "[? eq 7]")]
    public void What_is_well_formed_is_understood(string text, string meaning) => Assert.Equal(meaning, Write(ScimFilter.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("userName")]
    [InlineData("userName eq")]
    [InlineData("userName eq bjensen")]
    [InlineData("userName eq \"bjensen")]
    [InlineData("userName eq \"\\q\"")]
    [InlineData("userName like \"b\"")]
    [InlineData("userName eq \"b\" and")]
    [InlineData("(userName eq \"b\"")]
    [InlineData("userName eq \"b\")")]
    [InlineData("emails[type eq \"work\"")]
    [InlineData("title co true")]
    [InlineData("meta.lastModified gt \"2030-01-01T00:00:00Z\"")]
    [InlineData("userName eq \"b\"; drop table people")]
    public void What_is_not_is_refused(string text) => Assert.Equal("invalidFilter", Assert.Throws<ScimException>(() => ScimFilter.Parse(text)).Refusal.Type);

    [Fact]
    public void Nothing_is_nested_or_as_long_as_nobody_writes_it()
    {
        Assert.Throws<ScimException>(() => ScimFilter.Parse(new string('(', 21) + "title pr" + new string(')', 21)));
        Assert.Equal("[title pr ]", Write(ScimFilter.Parse(new string('(', 19) + "title pr" + new string(')', 19))));
        Assert.Throws<ScimException>(() => ScimFilter.Parse($"title eq \"{new string('x', 2_000)}\""));
    }

    [Fact]
    public void Whatever_is_sent_is_read_or_refused()
    {
        var pieces = Gen.Elements("userName", "emails", "[", "]", "(", ")", " ", ".", ":", "urn:", "eq", "and", "or", "not", "pr", "\"", "\\", "x", "true", "2.0", "value", "é", "\0");
        Prop.ForAll(Arb.From(Gen.ArrayOf(pieces)), parts =>
        {
            foreach (var text in new[] { string.Concat(parts), $"userName eq \"x\" {string.Join(' ', parts)}" })
            {
                try
                {
                    ScimFilter.Parse(text);
                }
                catch (ScimException e)
                {
                    Assert.Equal("invalidFilter", e.Refusal.Type);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static string Write(ScimFilter filter) => filter switch
    {
        ScimFilter.And both => $"({Write(both.Left)} and {Write(both.Right)})",
        ScimFilter.Or either => $"({Write(either.Left)} or {Write(either.Right)})",
        ScimFilter.Not not => $"!({Write(not.Inner)})",
        ScimFilter.Has has => $"{has.Path?.Attribute?.Name ?? "?"}{{{Write(has.Inner)}}}",
        ScimFilter.Test test => $"[{Name(test.Path)} {test.Operator} {test.Value}]",
        _ => throw new InvalidOperationException(),
    };

    private static string Name(ScimPath? path) => path is null ? "?" : path.Part is null ? path.Attribute!.Name : $"{path.Attribute!.Name}.{path.Part.Name}";
}
