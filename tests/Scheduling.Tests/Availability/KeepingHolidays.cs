using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Availability;

public sealed class KeepingHolidays(SchedulingService service)
{
    [Fact]
    public async Task Nobody_of_that_place_is_met_on_them_and_those_of_other_places_are()
    {
        var pair = await APair.Active(service);
        var first = DateOnly.FromDateTime((await pair.NextSlot()).Date);

        await Sets(pair, "kiel", first);

        Assert.NotEqual(first, DateOnly.FromDateTime((await pair.NextSlot()).Date));
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = new DateTimeOffset(first, new TimeOnly(10, 0), TimeSpan.Zero) }, 422, "outside-hours");
        foreach (var person in new[] { pair.MentorId, pair.MenteeId })
        {
            var message = Guid.CreateVersion7();
            await service.Publish(pair.Unit, new PersonChanged(person, 2, "Somebody", null, "Europe/Berlin", ["en"], CareerStage.Early, "Nordlicht", "Lübeck", null, []), message);
            await service.HasConsumed(message, "copy-person-when-person-changed");
        }
        Assert.Equal(first, DateOnly.FromDateTime((await pair.NextSlot()).Date));
    }

    [Fact]
    public async Task Whoever_offers_hours_on_a_holiday_can_be_met_then()
    {
        var pair = await APair.Active(service);
        var first = DateOnly.FromDateTime((await pair.NextSlot()).Date);
        await Sets(pair, "Kiel", first);

        foreach (var person in new[] { pair.Mentor, pair.Mentee })
        {
            await person.Puts(pair.Unit.At("availability/mine"), new
            {
                timeZone = "Europe/Berlin", weekly = new[] { new { day = "monday", from = "09:00", to = "17:00" } }, exceptions = new[] { new { date = first, from = "10:00", to = "18:00", offered = true } },
            });
        }

        Assert.Equal(first, DateOnly.FromDateTime((await pair.NextSlot()).Date));
    }

    [Fact]
    public async Task They_are_set_as_a_whole_by_an_administrator_who_has_read_them_and_that_is_audited()
    {
        var pair = await APair.Formed(service);
        var at = pair.Unit.At("availability/holidays/Kiel");
        var admin = Admin(pair.Unit);
        Assert.Equal(0, (await pair.Mentor.Json(at)).GetProperty("days").GetArrayLength());
        using var first = await admin.PutAsJsonAsync(at, Days(new DateOnly(2030, 12, 26), new DateOnly(2030, 12, 25)));

        using var unseen = await admin.PutAsJsonAsync(at, Days());
        Assert.Equal(HttpStatusCode.PreconditionRequired, unseen.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Put, at) { Content = JsonContent.Create(Days()) };
        request.Headers.TryAddWithoutValidation("If-Match", first.Headers.ETag!.Tag);
        Assert.Equal("2030-12-25", (await pair.Mentor.Json(at)).GetProperty("days")[0].Text("date"));
        using var seen = await admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal(0, (await pair.Mentor.Json(at)).GetProperty("days").GetArrayLength());
        await service.Bus.Of<ActionAudited>(pair.Unit, audited => audited.Code == "holidays-set");
    }

    [Fact]
    public async Task They_are_for_administrators_of_the_unit_and_make_sense()
    {
        var unit = TestUnit.New();
        var at = unit.At("availability/holidays/Kiel");
        var day = new DateOnly(2030, 12, 25);

        await service.As(unit, Guid.CreateVersion7()).IsRefused(HttpMethod.Put, at, Days(day), 403, "role-missing");
        await Admin(unit).IsRefused(HttpMethod.Put, at, Days(day, day), 400, "invalid");
        await Admin(unit).IsRefused(HttpMethod.Put, at, new { days = new[] { new { date = day, name = " " } } }, 400, "invalid");
        await Admin(unit).IsRefused(HttpMethod.Put, unit.At($"availability/holidays/{new string('x', 201)}"), Days(day), 400, "invalid");
        await Admin(unit).Puts(at, Days(day));
        // What one unit says of Kiel is not heard in another.
        var other = TestUnit.New();
        Assert.Equal(0, (await Admin(other).Json(other.At("availability/holidays/Kiel"))).GetProperty("days").GetArrayLength());
    }

    private HttpClient Admin(TestUnit unit) => service.As(unit, Guid.CreateVersion7(), Roles.UnitAdmin);

    private static object Days(params DateOnly[] days) => new { days = days.Select(date => new { date, name = "A holiday" }) };

    private async Task Sets(APair pair, string location, DateOnly day) => await Admin(pair.Unit).Puts(pair.Unit.At($"availability/holidays/{location}"), Days(day));
}
