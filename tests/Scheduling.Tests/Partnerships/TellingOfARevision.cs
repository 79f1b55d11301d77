using System.Net;
using System.Text.Json.Nodes;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class TellingOfARevision(SchedulingService service)
{
    private static readonly TimeSpan AnHour = TimeSpan.FromMinutes(61);

    [Fact]
    public async Task Several_changes_within_an_hour_are_told_once_with_what_became_of_the_signatures()
    {
        var pair = await APair.Active(service);
        await Says(pair, pair.Mentor, "Nothing leaves the room.");
        service.Clock.Advance(TimeSpan.FromMinutes(40));
        await Meets(pair, pair.Mentor, "off-site");

        service.Clock.Advance(TimeSpan.FromMinutes(25));

        var fact = await service.Bus.Of<CharterRevised>(pair.Unit);
        Assert.Equal((pair.Id, Side.Mentor, 3, true, true), (fact.PartnershipId, fact.BySide, fact.CharterVersion, fact.Substance, fact.SignaturesTaken));
        Assert.Equal(0, await Waiting(pair));
        service.Clock.Advance(AnHour);
        await Says(pair, pair.Mentor, "Not a word.");
        service.Clock.Advance(AnHour);
        await Eventually.Holds(() =>
        {
            Assert.Equal(2, service.Bus.All<CharterRevised>(pair.Unit).Count);
            return Task.CompletedTask;
        });
        // Nobody had signed again, so nothing was taken.
        Assert.Equal((4, false), service.Bus.All<CharterRevised>(pair.Unit).Select(one => (one.CharterVersion, one.SignaturesTaken)).Max());
    }

    [Fact]
    public async Task Rhythm_and_places_are_told_as_such()
    {
        var pair = await APair.Active(service);
        await Meets(pair, pair.Mentee, "off-site");

        service.Clock.Advance(AnHour);

        var fact = await service.Bus.Of<CharterRevised>(pair.Unit);
        Assert.Equal((Side.Mentee, 2, false, false), (fact.BySide, fact.CharterVersion, fact.Substance, fact.SignaturesTaken));
    }

    [Fact]
    public async Task Whoever_changes_it_meanwhile_has_read_it_and_only_the_other_is_told()
    {
        var pair = await APair.Active(service);
        await Says(pair, pair.Mentor, "Nothing leaves the room.");
        await Says(pair, pair.Mentee, "Hardly anything leaves the room.");
        Assert.Equal(1, await Waiting(pair));

        service.Clock.Advance(AnHour);

        Assert.Equal(Side.Mentee, (await service.Bus.Of<CharterRevised>(pair.Unit)).BySide);
        Assert.Equal(0, await Waiting(pair));
        Assert.Single(service.Bus.All<CharterRevised>(pair.Unit));
    }

    [Fact]
    public async Task Whoever_signs_it_meanwhile_has_read_it_and_is_told_nothing()
    {
        var pair = await APair.Active(service);
        await Says(pair, pair.Mentor, "Nothing leaves the room.");
        await pair.Signs(pair.Mentor);
        Assert.Equal(1, await Waiting(pair));

        await pair.Signs(pair.Mentee);

        Assert.Equal(0, await Waiting(pair));
    }

    [Fact]
    public async Task A_pair_that_is_over_hears_nothing_more()
    {
        var pair = await APair.Active(service);
        await Says(pair, pair.Mentor, "Nothing leaves the room.");

        await pair.Mentor.PostAsync(pair.Own("/end"), null);

        Assert.Equal(0, await Waiting(pair));
    }

    [Fact]
    public void A_signature_that_was_given_and_taken_in_between_counts()
    {
        var first = new Charter(1, Text("One."), false, false);
        var second = first.Revise(Text("Two."), Side.Mentor, DateTimeOffset.UnixEpoch).Sign(Side.Mentor, 2).Charter;
        var third = second.Revise(Text("One."), Side.Mentor, DateTimeOffset.UnixEpoch);

        Assert.Equal(new Revision(Side.Mentor, Substance: false, SignaturesTaken: true), Revision.Of([first, second, third]));
        Assert.Null(Revision.Of([first]));

        static CharterText Text(string confidentiality) => new(
            [], null, null, new Goals(new Goal(""), new Goal("")), new Dictionary<string, string>(), [], confidentiality) { Gap = "A gap.", Measure = "A measure." };
    }

    private Task<long> Waiting(APair pair) => service.AsOwner<long>($"select count(*) from platform.timers where name = '{TellOfRevision.Name}' and key like '{pair.Id}/%'");

    private static async Task Says(APair pair, HttpClient who, string confidentiality)
    {
        using var answer = await pair.Edits(who, charter => charter["confidentiality"] = confidentiality);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task Meets(APair pair, HttpClient who, string place)
    {
        using var answer = await pair.Edits(who, charter => charter["places"] = new JsonArray(place));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
