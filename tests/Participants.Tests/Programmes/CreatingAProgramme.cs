using System.Net;
using System.Text;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Tests.Programmes;

public sealed class CreatingAProgramme(ParticipantsService service)
{
    internal const string File = """
        # Kept as it was handed in.
        template: general-electric-1999
        name: How our customers use AI
        gap:
          sentence: Executives decide on AI tools that teams use daily.
          topics: [generative-ai-at-work, prompt-writing]
        sponsor: Chief@Example.org
        managers: [manager@example.org]
        """;

    [Fact]
    public async Task A_file_becomes_a_draft_and_comes_back_as_it_was()
    {
        var staff = await People();
        using var admin = staff.Admin();

        var programme = await admin.PostYaml(staff.Unit.At("programmes"), File).Gives(HttpStatusCode.Created);

        Assert.Equal("how-our-customers-use-ai", programme.Text("slug"));
        Assert.Equal("draft", programme.Text("state"));
        Assert.Equal(3, programme.GetProperty("matching").GetProperty("sameChainAtDistance").GetInt32());
        Assert.Equal(File, await admin.GetStringAsync(staff.Unit.At("programmes/how-our-customers-use-ai/file")));
    }

    [Fact]
    public async Task Words_of_its_own_for_a_clause_are_checked_shown_told_and_come_back_in_the_same_file()
    {
        var staff = await People();
        using var admin = staff.Admin();
        const string file = $$"""
            {{File}}
            charter:
              language: de
              wording:
                review: { en: "Half-way: is it useful?", de: "Auf halbem Weg: Nützt es?" }
                disagreement: { en: Executives who are behind the times say so early. }
            """;

        var programme = await admin.PostYaml(staff.Unit.At("programmes"), file).Gives(HttpStatusCode.Created);

        Assert.Equal("de", programme.Text("charterLanguage"));
        Assert.Equal("Auf halbem Weg: Nützt es?", programme.GetProperty("charterWording").GetProperty("review").Text("de"));
        var warning = Assert.Single(programme.GetProperty("warnings").EnumerateArray());
        Assert.Equal(("charter.wording.disagreement.en", "reads-as-correction"), (warning.Text("path"), warning.Text("code")));
        Assert.Equal(file, await admin.GetStringAsync(staff.Unit.At("programmes/how-our-customers-use-ai/file")));

        await admin.Post(staff.Unit.At("programmes/how-our-customers-use-ai/open")).Gives(HttpStatusCode.OK);
        var told = (await service.Bus.Of<ProgrammeOpened>(staff.Unit)).Programme;
        Assert.Equal(("de", "Half-way: is it useful?"), (told.CharterLanguage, told.CharterWording!["review"]["en"]));
    }

    [Fact]
    public async Task Sponsor_managers_and_creator_get_their_roles()
    {
        var staff = await People();
        using var admin = staff.Admin();

        var id = (await admin.PostYaml(staff.Unit.At("programmes"), File).Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        await service.Bus.Of<MembershipChanged>(staff.Unit, changed => changed.PersonId == staff["Chief"] && changed.ProgrammeRoles.Contains(new(id, Roles.Sponsor)));
        await service.Bus.Of<MembershipChanged>(staff.Unit, changed => changed.PersonId == staff["Manager"] && changed.ProgrammeRoles.Contains(new(id, Roles.ProgrammeManager)));
        await service.Bus.Of<MembershipChanged>(staff.Unit, changed => changed.PersonId == staff["Admin"] && changed.ProgrammeRoles.Contains(new(id, Roles.ProgrammeManager)));
    }

    [Fact]
    public async Task A_draft_is_its_makers_own()
    {
        var staff = await People();
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), File).Gives(HttpStatusCode.Created);

        using var junior = staff.As("Junior");
        await junior.GetAsync(staff.Unit.At("programmes/how-our-customers-use-ai")).IsRefused(404, "not-found");
        Assert.Equal(0, (await junior.Get(staff.Unit.At("programmes"), HttpStatusCode.OK)).GetProperty("items").GetArrayLength());
        await junior.PostYaml(staff.Unit.At("programmes"), File).IsRefused(403, "role-missing");

        // The manager's passport may be older than the role.
        using var manager = staff.As("Manager");
        await manager.Get(staff.Unit.At("programmes/how-our-customers-use-ai"), HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("sponsor: Chief@Example.org", "sponsor: nobody@example.org", "sponsor-unknown", "sponsor")]
    [InlineData("prompt-writing", "no-such-topic", "topic-unknown", "gap.topics")]
    [InlineData("template: general-electric-1999", "", "measure-missing", "measures")]
    [InlineData("manager@example.org", "nobody@example.org", "programme-invalid", "managers[0]")]
    [InlineData("name: How", "nome: How", "programme-invalid", "nome")]
    public async Task What_is_wrong_is_named_and_nothing_is_kept(string instead, string of, string code, string path)
    {
        var staff = await People();
        using var admin = staff.Admin();

        var problem = await admin.PostYaml(staff.Unit.At("programmes"), File.Replace(instead, of, StringComparison.Ordinal)).IsRefused(422, code);

        Assert.True(problem.GetProperty("errors").TryGetProperty(path, out _), problem.ToString());
        Assert.Equal(0, (await admin.Get(staff.Unit.At("programmes"), HttpStatusCode.OK)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_same_name_twice_is_refused_also_at_once()
    {
        var staff = await People();
        using var admin = staff.Admin();

        var both = await Task.WhenAll(admin.PostYaml(staff.Unit.At("programmes"), File), admin.PostYaml(staff.Unit.At("programmes"), File));

        Assert.Equal([201, 409], both.Select(answer => (int)answer.StatusCode).Order());
    }

    [Fact]
    public async Task What_is_no_file_is_refused()
    {
        var staff = await Staff.Of(service);
        using var admin = staff.Admin();
        var at = staff.Unit.At("programmes");

        await admin.PostAsync(at, new StringContent(File, Encoding.UTF8, "text/csv")).IsRefused(415, "unsupported-media-type");
        await admin.PostYaml(at, "name: " + new string('x', 100_000)).IsRefused(413, "too-large");
        await admin.PostYaml(at, "name: 'unfinished").IsRefused(400, "malformed");
    }

    [Fact]
    public async Task A_plan_counts_whose_grade_was_never_told_where_grades_matter()
    {
        var staff = await People();
        await staff.Import("externalId,givenName,familyName,email,managerExternalId,grade\nJunior,Junior,Example,junior@example.org,Chief,2\n");
        using var admin = staff.Admin();

        var plan = await admin.PostYaml(staff.Unit.At("programmes/plan"), $"{File}\nmatching: {{ grades: {{ atLeast: 1 }} }}").Gives(HttpStatusCode.OK);

        // Of the five who could enrol only the junior's is known.
        Assert.Equal(4, plan.GetProperty("forecast").GetProperty("withoutGrade").GetInt32());
    }

    [Fact]
    public async Task A_plan_counts_the_cohort_and_flags_wording_without_changing_anything()
    {
        var staff = await People();
        using var admin = staff.Admin();

        var plan = await admin.PostYaml(staff.Unit.At("programmes/plan"), File.Replace("Executives decide", "Bring leaders up to speed, for executives decide", StringComparison.Ordinal))
            .Gives(HttpStatusCode.OK);

        Assert.True(plan.GetProperty("valid").GetBoolean());
        Assert.Equal("reads-as-correction", plan.GetProperty("warnings")[0].Text("code"));
        var forecast = plan.GetProperty("forecast");
        // Junior, Manager and the administrator are below; the chief and the senior are above.
        Assert.Equal((3, 2, 2, false), (forecast.GetProperty("eligibleMentors").GetInt32(), forecast.GetProperty("eligibleMentees").GetInt32(),
            forecast.GetProperty("capacity").GetInt32(), forecast.GetProperty("reachesK").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, forecast.GetProperty("withoutGrade").ValueKind);
        Assert.Equal(0, (await admin.Get(staff.Unit.At("programmes"), HttpStatusCode.OK)).GetProperty("items").GetArrayLength());

        var invalid = await admin.PostYaml(staff.Unit.At("programmes/validate"), "name: X").Gives(HttpStatusCode.OK);
        Assert.False(invalid.GetProperty("valid").GetBoolean());
        Assert.Contains(invalid.GetProperty("problems").EnumerateArray(), problem => problem.Text("code") == "gap-missing");
    }

    [Fact]
    public async Task Templates_are_listed_and_read()
    {
        var staff = await Staff.Of(service);
        using var anybody = staff.Admin();

        var items = (await anybody.Get(staff.Unit.At("programme-templates"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Contains(items.EnumerateArray(), item => item.Text("template") == "general-electric-1999");
        Assert.StartsWith("# General Electric, 1999", await anybody.GetStringAsync(staff.Unit.At("programme-templates/general-electric-1999")), StringComparison.Ordinal);
        await anybody.GetAsync(staff.Unit.At("programme-templates/none")).IsRefused(404, "not-found");
    }

    private Task<Staff> People() => Staff.Of(service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"), ("Junior", "early"));
}
