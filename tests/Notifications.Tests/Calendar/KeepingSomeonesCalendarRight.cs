using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Mentoring.ICalendar;
using Mentoring.Notifications.Calendar;
using NodaTime;

namespace Mentoring.Notifications.Tests.Calendar;

/// <summary>
/// What we send, put into a real calendar as a calendar program does it: the message without its METHOD, which has no place in a calendar (RFC 4791, 4.1), under
/// an address made of its UID. Then the server itself is asked what is when.
/// </summary>
public sealed class KeepingSomeonesCalendarRight(CalendarServer server) : IClassFixture<CalendarServer>
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);
    private readonly Guid _session = Guid.CreateVersion7();

    [Fact]
    public async Task An_invitation_that_is_moved_and_cancelled_leaves_nothing_behind()
    {
        var invited = await Put(Message(CalendarMethod.Request, 0, Monday), EntityTagHeaderValue.Any, isNew: true);
        Assert.Equal((1, 0), (await On(30), await On(31)));
        Assert.Equal([(Monday, Monday.AddMinutes(45))], await Busy());

        var moved = await Put(Message(CalendarMethod.Request, 1, Monday.AddDays(1).AddHours(2)), invited, isNew: false);
        Assert.Equal((0, 1), (await On(30), await On(31)));
        Assert.Equal([(Monday.AddDays(1).AddHours(2), Monday.AddDays(1).AddHours(2).AddMinutes(45))], await Busy());

        var cancelled = await Put(Message(CalendarMethod.Cancel, 2, Monday.AddDays(1).AddHours(2)), moved, isNew: false);
        var kept = await Read();
        Assert.Equal(("CANCELLED", "2"), (kept.Property("STATUS")!.Value, kept.Property("SEQUENCE")!.Value));
        Assert.Empty(await Busy());

        using var removal = new HttpRequestMessage(HttpMethod.Delete, Address);
        removal.Headers.IfMatch.Add(cancelled);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.SendAsync(removal)).StatusCode);
        Assert.Equal((0, 0), (await On(30), await On(31)));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync(new Uri(Address, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Every_message_is_about_the_same_entry_and_says_the_same_about_it_there()
    {
        var sent = Message(CalendarMethod.Request, 0, Monday);
        await Put(sent, EntityTagHeaderValue.Any, isNew: true);

        var kept = await Read();

        var written = Whole(sent).Components.Single();
        Assert.Equal(Lines(written), Lines(kept));

        // In any order, as a server may sort them; what it wrote itself says the same.
        static string[] Lines(Component component) =>
            [.. component.Properties.Select(line => $"{line.Name} {string.Join(' ', line.Parameters.Select(p => $"{p.Name}={string.Join(',', p.Values)}").Order())} {line.Value}").Order(StringComparer.Ordinal)];
    }

    private string Address => $"{_session}.ics";

    private string Message(CalendarMethod method, int sequence, DateTimeOffset start) =>
        new CalendarMessage(method, _session, sequence, Monday.AddDays(-7).AddMinutes(sequence), start, start.AddMinutes(45), "Café \"Zur Post\"; table 3, left",
            [new Attendee(Guid.CreateVersion7(), "Ada \"Countess\" Lovelace", "ada@example.org"), new Attendee(Guid.CreateVersion7(), "Müller, Max", null)])
            .Write("Mentoring", "mentoring@example.org", new Uri("https://mentoring.example.org/sessions/1"));

    private async Task<EntityTagHeaderValue> Put(string message, EntityTagHeaderValue known, bool isNew)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Address)
        {
            Content = new StringContent(string.Join("\r\n", message.Split("\r\n").Where(line => !line.StartsWith("METHOD:", StringComparison.Ordinal))), Encoding.UTF8, "text/calendar"),
        };
        (isNew ? request.Headers.IfNoneMatch : request.Headers.IfMatch).Add(known);
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.ETag!;
    }

    /// <summary>How many entries the server itself finds on a day of March.</summary>
    private async Task<int> On(int day)
    {
        var next = new DateOnly(2026, 3, day).AddDays(1);
        var found = await server.Find($"202603{day}T000000Z", next.ToString("yyyyMMdd'T000000Z'", CultureInfo.InvariantCulture));
        return found.Split(Address).Length - 1;
    }

    private async Task<Component> Read() => Whole(await server.Client.GetStringAsync(new Uri(Address, UriKind.Relative))).Components.Single();

    private async Task<(DateTimeOffset, DateTimeOffset)[]> Busy()
    {
        await using var stream = await server.Client.GetStreamAsync(new Uri(Address, UriKind.Relative));
        var agenda = await Agenda.Read(stream);
        var busy = agenda.Busy(new Interval(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0)), DateTimeZone.Utc);
        Assert.Empty(busy.Problems);
        return [.. busy.Busy.Select(time => (time.Start.ToDateTimeOffset(), time.End.ToDateTimeOffset()))];
    }

    private static Component Whole(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return CalendarReader.ReadCalendars(stream).ToBlockingEnumerable().Single();
    }
}
