using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.ICalendar;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Mentoring.Scheduling.Tests.Sessions;

public sealed class SubscribingToSessions(SchedulingService service)
{
    [Fact]
    public async Task A_calendar_reads_what_is_booked_without_sign_on_and_learns_no_more_than_an_invitation_says()
    {
        var pair = await APair.Meeting(service);
        var link = await Opens(pair.Unit, pair.Mentor);
        var booked = await pair.Booked();
        await pair.Cancels(pair.Mentee, booked[0]);
        var moved = await pair.Mentor.Posts(pair.Unit.At($"sessions/{booked[1]}/move"), new { startsAt = await pair.NextSlot() });

        using var answer = await Calendar.GetAsync(link);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/calendar", true), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.Private));
        var events = await Events(answer);
        Assert.Equal(booked.Skip(1).Select(id => $"{id}@mentoring").Order(), events.Select(one => Value(one, "UID")).Order());
        Assert.All(events, one => Assert.Equal(("Conversation", "PRIVATE", "OPAQUE", "CONFIRMED"), (Value(one, "SUMMARY"), Value(one, "CLASS"), Value(one, "TRANSP"), Value(one, "STATUS"))));
        var once = events.Single(one => Value(one, "UID") == $"{booked[1]}@mentoring");
        Assert.Equal(("1", Written(moved.GetProperty("startsAt").GetDateTimeOffset())), (Value(once, "SEQUENCE"), Value(once, "DTSTART")));
        foreach (var word in new[] { "mara", "enno", "mentee", "sponsor", "ATTENDEE", "ORGANIZER" })
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_calendar_that_has_it_already_is_told_so_until_something_changes()
    {
        var pair = await APair.Meeting(service);
        var link = await Opens(pair.Unit, pair.Mentee);
        using var first = await Calendar.GetAsync(link);
        var etag = first.Headers.ETag!.Tag;

        Assert.Equal(HttpStatusCode.NotModified, await Asks(link, etag));
        Assert.Equal(HttpStatusCode.NotModified, await Asks(link, $"\"other\", W/{etag}"));
        Assert.Equal(HttpStatusCode.OK, await Asks(link, "\"other\""));
        await pair.Cancels(pair.Mentor, (await pair.Booked())[0]);
        Assert.Equal(HttpStatusCode.OK, await Asks(link, etag));
    }

    [Fact]
    public async Task It_looks_back_three_months_and_forward_to_the_end_of_what_is_booked()
    {
        var pair = await APair.Meeting(service);
        var link = await Opens(pair.Unit, pair.Mentee);
        var all = await Count(link);
        var starts = (await pair.Mentee.Json(pair.Unit.At("sessions/mine?limit=200"))).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("endsAt").GetDateTimeOffset()).Order().ToArray();
        Assert.Equal(starts.Length, all);

        service.Clock.Set(starts[0].AddDays(90).AddMinutes(-1));
        Assert.Equal(all, await Count(link));
        service.Clock.Set(starts[0].AddDays(90).AddMinutes(1));
        Assert.Equal(all - 1, await Count(link));
    }

    [Fact]
    public async Task A_new_link_takes_the_old_one_back_and_so_does_its_owner()
    {
        var pair = await APair.Meeting(service);
        await pair.Mentor.FindsNothing(pair.Unit.At("sessions/feed"));
        var old = await Opens(pair.Unit, pair.Mentor);
        var others = await Opens(pair.Unit, pair.Mentee);
        Assert.Equal(HttpStatusCode.OK, await Asks(old));

        var now = await Opens(pair.Unit, pair.Mentor);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await Asks(old), await Asks(now)));
        Assert.DoesNotContain(now.ToString().Split('/')[^1], (await pair.Mentor.Json(pair.Unit.At("sessions/feed"))).GetRawText(), StringComparison.Ordinal);

        using var closed = await pair.Mentor.DeleteAsync(pair.Unit.At("sessions/feed"));
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await Asks(now), await Asks(others)));
        await pair.Mentor.IsRefused(HttpMethod.Delete, pair.Unit.At("sessions/feed"), null, 404, "not-found");
    }

    [Fact]
    public async Task Anything_but_the_link_itself_leads_nowhere()
    {
        var pair = await APair.Meeting(service);
        var link = (await Opens(pair.Unit, pair.Mentor)).ToString();
        var token = link.Split('/')[^1];
        var other = await APair.Meeting(service);
        var elsewhere = (await Opens(other.Unit, other.Mentor)).ToString().Split('/')[^1];

        foreach (var wrong in new[]
        {
            // Another unit's slug, another unit's token, another unit's id before the same secret.
            $"/l/{other.Unit.Slug}/sessions/{token}", $"/l/{pair.Unit.Slug}/sessions/{elsewhere}", $"/l/{pair.Unit.Slug}/sessions/{elsewhere[..21]}{token[21..]}",
            $"{link[..^1]}{(link[^1] == 'A' ? 'B' : 'A')}", link[..^1], link + "A", link + "%3D", $"/l/{pair.Unit.Slug}/sessions/{new string('A', 64)}",
            $"/l/{pair.Unit.Slug}/sessions/{new string('é', 64)}", $"/l/{pair.Unit.Slug}/sessions/x", $"/l/{pair.Unit.Slug}/sessions/{Guid.CreateVersion7()}",
        })
        {
            Assert.Equal((wrong, HttpStatusCode.NotFound), (wrong, await Asks(new Uri(wrong, UriKind.Relative))));
        }
        // A person's passport is no link's.
        Assert.Equal(HttpStatusCode.Forbidden, (await pair.Mentor.GetAsync(new Uri(link, UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Asks(new Uri(link, UriKind.Relative)));
    }

    [Fact]
    public async Task Whoever_keeps_somebodys_calendar_gets_none_and_one_who_does_so_besides_gets_their_own()
    {
        var pair = await APair.Meeting(service);
        var other = await APair.Meeting(service);

        var keeper = Guid.CreateVersion7();
        await pair.IsKnown(keeper, "Kim Keeper", "Europe/Berlin");
        await pair.IsBookedForBy(keeper);
        await service.As(pair.Unit, keeper).IsRefused(pair.Unit.At("sessions/feed"), new { }, 409, "feed-needs-pair");
        var third = await other.AnotherPair();
        await third.IsBookedForBy(other.MentorId);
        await third.HasBooked();
        var both = other.Mentor;

        Assert.Equal((await other.Booked()).Count, await Count(await Opens(other.Unit, both)));
    }

    [Fact]
    public async Task It_is_gone_with_its_owner()
    {
        var left = await APair.Meeting(service);
        var link = await Opens(left.Unit, left.Mentor);
        await service.Publish(left.Unit, new PersonLeft(left.MentorId, 2));
        await Eventually.Holds(async () => Assert.Equal(HttpStatusCode.NotFound, await Asks(link)));
        await left.Mentor.IsRefused(left.Unit.At("sessions/feed"), new { }, 409, "feed-needs-pair");

        var erased = await APair.Meeting(service);
        link = await Opens(erased.Unit, erased.Mentee);
        await service.Publish(erased.Unit, new PersonErased(erased.MenteeId, 9));
        await Eventually.Holds(async () => Assert.Equal(HttpStatusCode.NotFound, await Asks(link)));
        Assert.Equal(0, await service.In(erased.Unit, db => db.Feeds.CountAsync()));
    }

    [Fact]
    public async Task Two_at_once_leave_one_link_and_the_other_leads_nowhere()
    {
        var pair = await APair.Meeting(service);

        var links = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Opens(pair.Unit, pair.Mentor)));

        var answers = new List<HttpStatusCode>();
        foreach (var link in links)
            answers.Add(await Asks(link));
        Assert.Equal((1, 3), (answers.Count(answer => answer == HttpStatusCode.OK), answers.Count(answer => answer == HttpStatusCode.NotFound)));
    }

    [Fact]
    public async Task The_secret_is_in_no_table_no_log_and_no_span()
    {
        var pair = await APair.Meeting(service);
        var said = new ConcurrentBag<string>();
        using var log = service.Logs.For("");
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = span =>
            {
                if (span.Recorded)
                    said.Add($"{span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(one => one.Tags))}");
            },
        };
        ActivitySource.AddActivityListener(listener);

        using var request = new HttpRequestMessage(HttpMethod.Post, pair.Unit.At("sessions/feed"));
        request.Headers.Add("Idempotency-Key", "make-it-once");
        using var opened = await pair.Mentor.SendAsync(request);
        using var body = JsonDocument.Parse(await opened.Content.ReadAsStringAsync());
        var link = new Uri(body.RootElement.Text("link"), UriKind.Relative);
        Assert.Equal(HttpStatusCode.OK, await Asks(link));
        Assert.Equal(HttpStatusCode.NotFound, await Asks(new Uri(link + "A", UriKind.Relative)));
        await pair.Mentor.Json(pair.Unit.At("sessions/mine"));

        var token = link.ToString().Split('/')[^1];
        await Eventually.Holds(() =>
        {
            Assert.Contains(said, span => span.Contains("/sessions/mine", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        Assert.DoesNotContain(said, span => span.Contains(token[..40], StringComparison.Ordinal));
        // Every line of a request is spoken within its scopes, so these count as well.
        service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Anything").LogError("This is heard.");
        Assert.Contains(log.Heard, line => line.Contains("This is heard.", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Heard, line => line.Contains(token[..40], StringComparison.Ordinal));
        Assert.Empty(await service.TracesOf(token));
        // What makes the repeat harmless holds no answer to read it from.
        using var again = new HttpRequestMessage(HttpMethod.Post, pair.Unit.At("sessions/feed"));
        again.Headers.Add("Idempotency-Key", "make-it-once");
        using var repeated = await pair.Mentor.SendAsync(again);
        Assert.Equal((HttpStatusCode.Created, ""), (repeated.StatusCode, await repeated.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.OK, await Asks(link));
    }

    [Fact]
    public void A_link_is_read_back_as_it_was_drawn_and_no_two_are_alike()
    {
        var unit = Guid.CreateVersion7();
        var drawn = Enumerable.Range(0, 200).Select(_ => FeedLink.Draw("nordlicht", unit)).ToArray();

        Assert.Equal(200, drawn.Select(one => one.Path).Distinct().Count());
        Assert.All(drawn, one =>
        {
            var read = FeedLink.Read("nordlicht", one.Path.Split('/')[^1])!;
            Assert.Equal((unit, Convert.ToHexString(one.Link.Hash)), (read.UnitId, Convert.ToHexString(read.Hash)));
            Assert.DoesNotContain(Convert.ToHexStringLower(one.Link.Hash), one.Path, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Null(FeedLink.Read("nordlicht", ""));
    }

    /// <summary>As the gateway lets in whoever comes with a link: with nothing to say about them.</summary>
    private HttpClient Calendar => service.With(new() { [PassportClaims.Kind] = "link", [PassportClaims.Subject] = "link" });

    private static async Task<Uri> Opens(TestUnit unit, HttpClient who) => new((await who.Posts(unit.At("sessions/feed"), new { })).Text("link"), UriKind.Relative);

    private async Task<HttpStatusCode> Asks(Uri link, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        using var answer = await Calendar.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<int> Count(Uri link)
    {
        using var answer = await Calendar.GetAsync(link);
        return (await Events(answer)).Length;
    }

    private static async Task<Component[]> Events(HttpResponseMessage answer)
    {
        var calendars = new List<Component>();
        await foreach (var calendar in CalendarReader.ReadCalendars(await answer.Content.ReadAsStreamAsync()))
            calendars.Add(calendar);
        return [.. Assert.Single(calendars).Components.Where(component => component.Name == "VEVENT")];
    }

    private static string Value(Component component, string property) => component.Properties.Single(one => one.Name == property).Value;

    private static string Written(DateTimeOffset at) => Instant.FromDateTimeOffset(at).ToString("yyyyMMdd'T'HHmmss'Z'", null);
}
