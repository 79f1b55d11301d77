using System.Globalization;
using System.Net;
using System.Text;
using Mentoring.Demonstration;

namespace Mentoring.Journeys.Tests.Templates;

/// <summary>People of a unit of their own who come as guests: offered by home, agreed to by each, admitted here with a sponsor.</summary>
internal static class Guests
{
    /// <param name="other">Brings another topic than the rest, which the programme is not about.</param>
    public static async Task Arrive(Scenario scenario, IReadOnlyList<string> keys, IReadOnlyList<string> topics, string other)
    {
        var host = scenario.Firm;
        var home = new BusinessUnit(host.Unit.Api, host.Unit.Slug + "-home");
        var admin = home.As($"admin@{Firm.DomainOf(home)}");
        await Firm.Create(home, home.Slug, Firm.DomainOf(home), admin.Email);
        await admin.Put(home.At("people/stage-mapping"), new { rules = new[] { new { title = "Student", stage = "early" } } }, ifMatch: "*").Ok();
        var people = new StringBuilder("externalId,givenName,familyName,email,title,unitPath,managerExternalId,location,timeZone,languages\n");
        var knowledge = new StringBuilder("externalId,kind,topic,level\n");
        foreach (var key in keys)
        {
            var guest = new Member(key, "Student", "University", Manager: null, "Miami", $"{key}@{Firm.DomainOf(home)}");
            host.Know(guest);
            people.Append($"{key},{key},Example,{guest.Email},Student,University,,Miami,Europe/Berlin,en\n");
            foreach (var topic in key == other ? ["deciding-under-uncertainty"] : topics)
                knowledge.Append($"{key},offer,{topic},4\n");
        }
        scenario.GuestsUntil = scenario.Clock.Now.AddMonths(Months(scenario)).AddDays(42);
        await Imports.Take(admin, home.At("people/imports"), people.ToString());
        await Imports.Take(admin, home.At("knowledge/imports"), knowledge.ToString());

        foreach (var key in keys)
        {
            var guest = host[key];
            var offered = await admin.Post(home.At("guests"), new
            {
                personEmail = guest.Email,
                hostUnit = host.Unit.Slug,
                terms = "A guest, neither an applicant nor staff.",
                expires = scenario.GuestsUntil,
            }).Ok(HttpStatusCode.Created);
            var id = offered["id"].GetValue<string>();
            var unknown = await host.As("admin").Post(host.Unit.At($"guests/{id}/admit"), new { sponsor = host["chief"].Email });
            Expectations.That(unknown.Status == HttpStatusCode.NotFound, $"The host knows a guest before the guest has agreed: {unknown}");
            await home.As(guest.Email).Post(home.At($"guests/{id}/accept"), new { terms = true, snapshot = false }).Refused(422, "consent-missing");
            await home.As(guest.Email).Post(home.At($"guests/{id}/accept"), new { terms = true, snapshot = true }).Ok();
            await Expectations.Eventually(async () =>
            {
                var admitted = await host.As("admin").Post(host.Unit.At($"guests/{id}/admit"), new { sponsor = host["chief"].Email });
                return admitted.Status == HttpStatusCode.NotFound ? null : admitted.Ok();
            }, $"{key} is offered here");
        }
        await host.LearnIds();
        scenario.Say($"{keys.Count} guests agreed to terms and snapshot, and were admitted");
    }

    /// <summary>The programme has them for as long as its file says, and the unit until the day that was offered; then nobody need do anything.</summary>
    public static async Task Expire(Scenario scenario)
    {
        var (unit, pair) = (scenario.Unit, scenario.Pairs[0]);
        var guest = unit.As(pair.MentorEmail);
        var enrolled = (await guest.All(unit.At("enrolments/mine"))).Single();
        Expectations.That(enrolled.Text("state") == "active", $"A guest's part is over before its time: {enrolled}");
        var over = enrolled["enrolledAt"]!.GetValue<DateTimeOffset>().AddMonths(Months(scenario));
        await scenario.PassUntil(over);
        await Expectations.Eventually(async () => (await guest.All(unit.At("enrolments/mine"))).Single().Text("state") == "withdrawn" ? guest : null, "the guest's part is over");
        await Expectations.Eventually(
            async () => (await unit.As(pair.MenteeEmail).Get(unit.At($"partnerships/{pair.Id}")).Ok())["state"].GetValue<string>() == "ended" ? pair : null, "the guest's pair has ended");

        while (scenario.Clock.Now < scenario.GuestsUntil)
            await scenario.Clock.Weeks(1);
        var gone = await Expectations.Eventually(async () =>
        {
            var answer = await guest.Get(unit.At("enrolments/mine"));
            return answer.Status == HttpStatusCode.OK ? null : answer;
        }, "a guest whose time is over is let in no more");
        var known = await scenario.Firm.As("admin").Get(unit.At("people?limit=200")).Ok();
        Expectations.That(!known.Text.Contains(pair.MentorEmail, StringComparison.Ordinal), "The unit still knows an expired guest by address.");
        scenario.Say($"the guests' part was over on {over:yyyy-MM-dd} and their stay on {scenario.GuestsUntil:yyyy-MM-dd}: {(int)gone.Status} {gone.Code}");
    }

    private static int Months(Scenario scenario) =>
        int.Parse(scenario.Programme["guests"]!.Text("expires").AsSpan(1, 1), CultureInfo.InvariantCulture);
}
