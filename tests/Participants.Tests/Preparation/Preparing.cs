using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Preparation;
using Mentoring.Participants.Tests.Programmes;

namespace Mentoring.Participants.Tests.Preparation;

public sealed class Preparing(ParticipantsService service)
{
    [Fact]
    public async Task A_proof_keeps_its_date_and_counts_in_the_next_programme()
    {
        var staff = await With("ai", "second");
        using var junior = staff.As("Junior");
        await Enrol(junior, staff, "ai");
        var learnt = service.Clock.GetUtcNow();
        foreach (var module in new[] { "safety", "mentoring-someone-senior" })
            await Complete(junior, staff, "ai", module).Gives(HttpStatusCode.OK);
        await service.Bus.Of<PreparationDone>(staff.Unit);

        service.Clock.Advance(TimeSpan.FromDays(40));
        var enrolled = await Enrol(junior, staff, "second");

        Assert.True(enrolled.GetProperty("ready").GetBoolean());
        Assert.Empty(enrolled.GetProperty("remaining").EnumerateArray());
        var id = enrolled.GetProperty("id").GetGuid();
        await service.Bus.Of<PreparationDone>(staff.Unit, done => done.ParticipantId == id);
        await service.Bus.Of<ParticipantReady>(staff.Unit, ready => ready.ParticipantId == id);
        Assert.True((await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact.ParticipantId == id)).Prepared);
        foreach (var module in await Modules(junior, staff, "second"))
        {
            Assert.True(module.GetProperty("done").GetBoolean());
            Assert.Equal(learnt, module.GetProperty("doneAt").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task One_check_counts_in_all_that_somebody_takes_part_in()
    {
        var staff = await With("ai", "second");
        using var junior = staff.As("Junior");
        var (first, second) = (await Enrol(junior, staff, "ai"), await Enrol(junior, staff, "second"));

        foreach (var module in new[] { "safety", "mentoring-someone-senior" })
            await Complete(junior, staff, "second", module).Gives(HttpStatusCode.OK);

        foreach (var part in new[] { first, second })
            await service.Bus.Of<ParticipantReady>(staff.Unit, ready => ready.ParticipantId == part.GetProperty("id").GetGuid());
        Assert.All(await Modules(junior, staff, "ai"), module => Assert.True(module.GetProperty("done").GetBoolean()));
    }

    [Fact]
    public async Task What_is_read_comes_in_the_readers_language()
    {
        var staff = await With("ai");
        using var junior = staff.As("Junior");
        Assert.All(await Modules(junior, staff, "ai"), module => Assert.Equal("en", module.Text("language")));

        junior.DefaultRequestHeaders.AcceptLanguage.ParseAdd("it, de-CH;q=0.9");
        var german = await Modules(junior, staff, "ai");
        Assert.Equal(["Grundregeln und Sicherheit", "Jemanden mit mehr Entscheidungsmacht begleiten"], german.Select(module => module.Text("title")).Order());
        await Enrol(junior, staff, "ai");
        var wrong = await junior.Post(staff.Unit.At("preparation/modules/safety/complete"), new { programme = "ai", side = "mentor", answers = new[] { 0, 1, 2 } }).IsRefused(422, "check-not-passed");
        Assert.StartsWith("Ohne Namen heißt nicht", Assert.Single(wrong.GetProperty("errors").GetProperty("answers[0]").EnumerateArray()).GetString(), StringComparison.Ordinal);

        var cards = (await junior.Get(staff.Unit.At("preparation/cards"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal((9, "de", "Die ersten fünf Minuten"), (cards.Length, cards[0].Text("language"), cards[0].Text("title")));
        foreach (var (language, module, card) in new[] { ("fr", "Règles de base et sécurité", "Les cinq premières minutes"), ("es", "Reglas básicas y seguridad", "Los primeros cinco minutos") })
        {
            junior.DefaultRequestHeaders.AcceptLanguage.Clear();
            junior.DefaultRequestHeaders.AcceptLanguage.ParseAdd($"{language}-CH");
            Assert.Contains(module, (await Modules(junior, staff, "ai")).Select(read => read.Text("title")));
            Assert.Equal(card, (await junior.Get(staff.Unit.At("preparation/cards"), HttpStatusCode.OK)).GetProperty("items")[0].Text("title"));
        }
        junior.DefaultRequestHeaders.AcceptLanguage.Clear();
        Assert.Equal("The first five minutes", (await junior.Get(staff.Unit.At("preparation/cards"), HttpStatusCode.OK)).GetProperty("items")[0].Text("title"));
    }

    private async Task<Staff> With(params string[] programmes)
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Manager", "established"), ("Junior", "early"));
        using var admin = staff.Admin();
        foreach (var slug in programmes)
        {
            await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: {slug}\n").Gives(HttpStatusCode.Created);
            await admin.Post(staff.Unit.At($"programmes/{slug}/open")).Gives(HttpStatusCode.OK);
        }
        return staff;
    }

    private static Task<JsonElement> Enrol(HttpClient client, Staff staff, string programme) =>
        client.Post(staff.Unit.At("enrolments"), new { programme, side = "mentor", consent = true }).Gives(HttpStatusCode.Created);

    private static async Task<JsonElement[]> Modules(HttpClient client, Staff staff, string programme) =>
        [.. (await client.Get(staff.Unit.At($"preparation/modules?programme={programme}&side=mentor"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray()];

    private static Task<HttpResponseMessage> Complete(HttpClient client, Staff staff, string programme, string module) =>
        client.Post(staff.Unit.At($"preparation/modules/{module}/complete"), new
        {
            programme,
            side = "mentor",
            answers = PreparationModules.Find(module)!.Check.Select(asked => asked.Answer),
        });
}
