using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Matching;
using Mentoring.Testing;

namespace Mentoring.Notifications.Tests.Preferences;

public sealed class ChangingPreferences(NotificationsService notifications)
{
    [Fact]
    public async Task Without_a_choice_mail_comes_at_any_hour()
    {
        var unit = TestUnit.New();
        using var me = notifications.As(unit, Guid.CreateVersion7());

        var answer = await me.GetAsync(unit.At("preferences"));

        Assert.Equal("\"0\"", answer.Headers.ETag!.Tag);
        Assert.Equal("""{"email":true,"quietHours":null,"language":null}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_change_from_what_was_read_is_kept_and_one_from_something_older_is_not()
    {
        var unit = TestUnit.New();
        using var me = notifications.As(unit, Guid.CreateVersion7());

        var changed = await Put(me, unit, """{"email":true,"quietHours":{"from":"20:00","to":"07:00"},"language":"de"}""", "\"0\"");
        var stale = await Put(me, unit, """{"email":false}""", "\"0\"");
        var blind = await Put(me, unit, """{"email":false}""", null);

        Assert.Equal((HttpStatusCode.OK, "\"1\""), (changed.StatusCode, changed.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        Assert.Equal("""{"email":true,"quietHours":{"from":"20:00","to":"07:00"},"language":"de"}""", await me.GetStringAsync(unit.At("preferences")));
    }

    [Theory]
    [InlineData("de", "Gespräch mit")]
    [InlineData("en", "Conversation with")]
    [InlineData("es", "Sesión con")]
    [InlineData("fr", "Séance avec")]
    public async Task Whoever_chooses_a_language_is_written_to_in_it(string language, string subject)
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        using var me = notifications.As(scene.Unit, pair.Mentor);
        var body = $$"""{"email":true,"quietHours":null,"language":"{{language}}"}""";
        (await Put(me, scene.Unit, body, "\"0\"")).EnsureSuccessStatusCode();

        await scene.Tell(scene.Booked(pair));

        Assert.Equal(body, await me.GetStringAsync(scene.Unit.At("preferences")));
        Assert.StartsWith(subject, (await scene.Mail(pair.Mentor)).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"email":true,"quietHours":{"from":"25:00","to":"07:00"}}""", "invalid", "quietHours.from")]
    [InlineData("""{"email":true,"quietHours":{"from":"07:00","to":"07:00"}}""", "invalid", "quietHours")]
    [InlineData("""{"email":true,"language":"xx"}""", "invalid", "language")]
    [InlineData("""{"email":true,"sms":true}""", "unknown-field", "sms")]
    [InlineData("""{"language":"de"}""", "invalid", "email")]
    public async Task A_wrong_value_is_refused_by_name(string body, string code, string field)
    {
        var unit = TestUnit.New();
        using var me = notifications.As(unit, Guid.CreateVersion7());

        var answer = await Put(me, unit, body, "\"0\"");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.True(problem.RootElement.GetProperty("errors").TryGetProperty(field, out _), problem.RootElement.GetRawText());
    }

    [Fact]
    public async Task Whoever_wants_no_mail_gets_none_and_still_finds_all_in_the_inbox()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        using var me = notifications.As(scene.Unit, pair.Mentor);
        (await Put(me, scene.Unit, """{"email":false}""", "\"0\"")).EnsureSuccessStatusCode();

        await scene.Tell(scene.Booked(pair));

        await scene.Mail(pair.Mentee);
        await scene.Letter(pair.Mentor, "session-booked");
        await scene.Arrived(db => Task.FromResult(!db.Deliveries.Any(d => d.PersonId == pair.Mentor)));
        await scene.Mails(pair.Mentor, 0);
    }

    [Fact]
    public async Task In_quiet_hours_mail_waits_for_their_end_and_only_calendars_do_not()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        using var me = notifications.As(scene.Unit, pair.Mentor);
        // The clock stands somewhere in the working day of Berlin: quiet at all hours but one at night.
        (await Put(me, scene.Unit, """{"email":true,"quietHours":{"from":"03:00","to":"02:00"}}""", "\"0\"")).EnsureSuccessStatusCode();

        await scene.Tell(new MatchNotProceeding(Guid.CreateVersion7(), 3, scene.ProgrammeId, [pair.Mentor]));
        await scene.Letter(pair.Mentor, "match-not-proceeding");
        await scene.Tell(scene.Booked(pair));
        var calendar = await scene.Mail(pair.Mentor);
        notifications.Clock.Set(new DateTimeOffset(notifications.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(1.5), TimeSpan.Zero));

        Assert.NotNull(calendar.Calendar);
        Assert.Contains(await scene.Mails(pair.Mentor, 2), mail => mail.Subject == "This match is not going ahead");
    }

    private static Task<HttpResponseMessage> Put(HttpClient client, TestUnit unit, string body, string? etag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, unit.At("preferences")) { Content = new StringContent(body, null, "application/json") };
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return client.SendAsync(request);
    }
}
