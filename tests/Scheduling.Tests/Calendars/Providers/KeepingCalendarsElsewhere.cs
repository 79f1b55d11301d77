using System.Net;
using System.Security.Cryptography;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Calendars.Providers;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Mentoring.Scheduling.Tests.Calendars.Providers;

/// <summary>What every provider does for us, whatever it is called there.</summary>
public abstract class KeepingCalendarsElsewhere<TProvider> : IAsyncLifetime
    where TProvider : AProvider, new()
{
    private static readonly DateTimeOffset s_monday = new(2026, 3, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly Guid _session = Guid.CreateVersion7();
    private readonly string _me = $"mara-{Guid.CreateVersion7():N}@nordlicht.example";
    private ICalendarProvider _calendars = null!;

    protected TProvider Provider { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Provider.Start();
        _calendars = Provider.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        (_calendars as IDisposable)?.Dispose();
        await Provider.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task It_says_when_each_of_several_is_busy_over_a_longer_time_than_it_answers_for_at_once()
    {
        // More than are asked for at once, over both nights in which clocks change in Berlin.
        string[] people = [_me, .. Enumerable.Range(0, 21).Select(i => $"person-{i}@nordlicht.example")];
        var expected = new Dictionary<string, List<Interval>>();
        foreach (var (i, person) in people.Index())
        {
            expected[person] = [];
            for (var week = i % 5; week < 60; week += 5)
            {
                var start = s_monday.AddDays(7 * week).AddMinutes(i);
                Provider.Has(person, start, start.AddMinutes(45));
                Provider.Has(person, start.AddHours(3), start.AddHours(4), isFree: true);
                expected[person].Add(Time(start, start.AddMinutes(45)));
            }
        }

        var answers = await _calendars.Busy(people, Time(s_monday.AddDays(-1), s_monday.AddDays(425)), Ct);

        Assert.Equal(people.Order(), answers.Keys.Order());
        Assert.All(people, person => Assert.Null(answers[person].Refusal));
        Assert.All(people, person => Assert.Equal(expected[person], answers[person].Times.OrderBy(time => time.Start)));
    }

    [Fact]
    public async Task An_address_nobody_has_is_told_and_is_not_in_the_way_of_others()
    {
        Provider.Has(_me, s_monday, s_monday.AddHours(1));
        string[] unknown = [AProvider.Unknown, AProvider.Unknown];

        var answers = await _calendars.Busy([unknown[0], _me, unknown[1]], Time(s_monday.AddDays(-1), s_monday.AddDays(1)), Ct);

        Assert.All(unknown, address => Assert.Equal((ReadingProblem.NoCalendar, 0), (answers[address].Refusal!.Problem, answers[address].Times.Count)));
        Assert.Equal([Time(s_monday, s_monday.AddHours(1))], answers[_me].Times);
        Assert.Equal(ReadingProblem.NoCalendar, (await _calendars.Create(unknown[0], At(s_monday), Ct))?.Problem);
        Assert.Equal(ReadingProblem.NoCalendar, (await _calendars.Cancel(unknown[0], _session, Ct))?.Problem);
    }

    [Fact]
    public async Task A_session_stands_there_once_at_its_time_and_says_nothing_to_anybody_else()
    {
        Assert.Null(await _calendars.Create(_me, At(s_monday, "Library, room 3"), Ct));

        var entry = Assert.Single(Provider.Entered(_me));
        Assert.Equal((s_monday, s_monday.AddHours(1), "Library, room 3", "Conversation"), (entry.Start, entry.End, entry.Place, entry.Title));
        Assert.Equal((true, 0), (entry.IsPrivate, entry.Invited));
        // It takes time.
        Assert.Equal([Time(s_monday, s_monday.AddHours(1))], (await _calendars.Busy([_me], Time(s_monday.AddDays(-1), s_monday.AddDays(1)), Ct))[_me].Times);
    }

    [Fact]
    public async Task Asked_for_again_it_still_stands_there_once_and_at_the_time_that_was_said_last()
    {
        Assert.Null(await _calendars.Create(_me, At(s_monday), Ct));
        Assert.Null(await _calendars.Create(_me, At(s_monday.AddDays(1)), Ct));

        Assert.Equal(s_monday.AddDays(1), Assert.Single(Provider.Entered(_me)).Start);
    }

    [Fact]
    public async Task Whose_answer_gets_lost_has_entered_it_all_the_same_and_enters_no_second_one()
    {
        Provider.InTheWay = Lost(context => context.Request.Method == "POST" && context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal));
        Assert.Equal(ReadingProblem.ServerFailed, (await _calendars.Create(_me, At(s_monday), Ct))?.Problem);
        Assert.Single(Provider.Entered(_me));
        Provider.InTheWay = null;

        Assert.Null(await _calendars.Create(_me, At(s_monday.AddHours(2)), Ct));

        Assert.Equal(s_monday.AddHours(2), Assert.Single(Provider.Entered(_me)).Start);
    }

    [Fact]
    public async Task It_moves_and_is_taken_out_and_either_may_be_said_twice()
    {
        var other = Guid.CreateVersion7();
        await _calendars.Create(_me, At(s_monday, "Canteen"), Ct);
        await _calendars.Create(_me, new Appointment(other, Moment(s_monday.AddDays(3)), Moment(s_monday.AddDays(3).AddHours(1)), null), Ct);

        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Null(await _calendars.Move(_me, At(s_monday.AddDays(1)), Ct));
        Assert.Equal([(s_monday.AddDays(1), ""), (s_monday.AddDays(3), "")], Provider.Entered(_me).OrderBy(entry => entry.Start).Select(entry => (entry.Start, entry.Place)));

        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Null(await _calendars.Cancel(_me, _session, Ct));
        Assert.Equal(s_monday.AddDays(3), Assert.Single(Provider.Entered(_me)).Start);
        Assert.Null(await _calendars.Cancel(_me, Guid.CreateVersion7(), Ct));
    }

    [Fact]
    public async Task What_its_owner_has_deleted_does_not_come_back_by_being_moved()
    {
        Assert.Equal(ReadingProblem.EntryGone, (await _calendars.Move(_me, At(s_monday), Ct))?.Problem);
        await _calendars.Create(_me, At(s_monday), Ct);
        Provider.Deletes(_me);

        Assert.Equal(ReadingProblem.EntryGone, (await _calendars.Move(_me, At(s_monday.AddDays(1)), Ct))?.Problem);

        Assert.Empty(Provider.Entered(_me));
        Assert.Null(await _calendars.Cancel(_me, _session, Ct));
    }

    [Fact]
    public async Task A_token_serves_many_requests_and_one_that_is_no_longer_taken_is_replaced_once()
    {
        await _calendars.Create(_me, At(s_monday), Ct);
        await _calendars.Move(_me, At(s_monday.AddDays(1)), Ct);
        Assert.Single(Provider.Tokens);

        Provider.Revoke();
        Assert.Null(await _calendars.Move(_me, At(s_monday.AddDays(2)), Ct));
        Assert.Equal(2, Provider.Tokens.Count);

        Provider.InTheWay = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("token", StringComparison.Ordinal))
                return false;
            context.Response.StatusCode = 401;
            await context.Response.CompleteAsync();
            return true;
        };
        Assert.Equal(ReadingProblem.AccessRefused, (await _calendars.Move(_me, At(s_monday.AddDays(3)), Ct))?.Problem);
        Assert.Equal(3, Provider.Tokens.Count);
    }

    [Theory]
    [InlineData(429, "120", ReadingProblem.Throttled, 120)]
    [InlineData(503, "30", ReadingProblem.Throttled, 30)]
    [InlineData(503, null, ReadingProblem.ServerFailed, null)]
    [InlineData(429, "99999999", ReadingProblem.Throttled, 86400)]
    [InlineData(500, null, ReadingProblem.ServerFailed, null)]
    [InlineData(403, null, ReadingProblem.AccessRefused, null)]
    [InlineData(302, null, ReadingProblem.UnexpectedAnswer, null)]
    public async Task What_it_refuses_is_told_with_how_long_it_wants_to_be_left_alone(int status, string? after, ReadingProblem problem, int? seconds)
    {
        Provider.InTheWay = async context =>
        {
            context.Response.StatusCode = status;
            if (after is not null)
                context.Response.Headers.RetryAfter = after;
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            await context.Response.WriteAsync("<html>Not what was asked for</html>");
            return true;
        };
        // Where already no token is given, too.
        var refusal = new ProviderRefusal(problem, seconds is { } pause ? TimeSpan.FromSeconds(pause) : null);
        Assert.Equal(refusal, await _calendars.Create(_me, At(s_monday), Ct));
        var somebody = Provider.InTheWay;
        Provider.InTheWay = async context => !context.Request.Path.Value!.EndsWith("token", StringComparison.Ordinal) && await somebody(context);

        Assert.Equal(refusal, await _calendars.Create(_me, At(s_monday), Ct));
        Assert.Equal(refusal, await _calendars.Move(_me, At(s_monday), Ct));
        Assert.Equal(refusal, await _calendars.Cancel(_me, _session, Ct));
        Assert.Equal(refusal, (await _calendars.Busy([_me], Time(s_monday, s_monday.AddDays(1)), Ct))[_me].Refusal);
    }

    [Fact]
    public async Task An_answer_without_end_or_sense_is_not_read_to_its_end_and_nobody_counts_as_free()
    {
        await _calendars.Create(_me, At(s_monday), Ct);
        foreach (var (text, problem) in new[]
        {
            (new string(' ', 5 * 1024 * 1024), ReadingProblem.TooLarge),
            ("{\"value\": [", ReadingProblem.Unreadable),
            ("<html>Sign in</html>", ReadingProblem.Unreadable),
            ("", ReadingProblem.Unreadable),
            ("[]", ReadingProblem.Unreadable),
            ("{\"value\": [], \"calendars\": {}}", ReadingProblem.Unreadable),
        })
        {
            Provider.InTheWay = async context =>
            {
                await context.Response.WriteAsync(text);
                return true;
            };
            var answer = (await _calendars.Busy([_me], Time(s_monday, s_monday.AddDays(1)), Ct))[_me];
            Assert.Equal((problem, 0), (answer.Refusal?.Problem, answer.Times.Count));
        }
    }

    [Fact]
    public async Task A_slow_one_is_waited_for_ten_seconds()
    {
        var never = new TaskCompletionSource();
        Provider.InTheWay = async _ =>
        {
            await never.Task;
            return true;
        };

        var since = TimeProvider.System.GetTimestamp();
        Assert.Equal(ReadingProblem.TooSlow, (await _calendars.Create(_me, At(s_monday), Ct))?.Problem);
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(18));

        never.SetResult();
    }

    [Fact]
    public async Task One_that_is_away_is_told_of()
    {
        await Provider.Stop();

        Assert.Equal(ReadingProblem.Unreachable, (await _calendars.Create(_me, At(s_monday), Ct))?.Problem);
    }

    [Fact]
    public async Task Whoever_is_told_to_stop_stops()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _calendars.Create(_me, At(s_monday), stopped.Token));
    }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static DateTimeOffset Monday => s_monday;

    protected ICalendarProvider Calendars => _calendars;

    protected string Me => _me;

    protected Appointment At(DateTimeOffset start, string? place = null) => new(_session, Moment(start), Moment(start.AddHours(1)), place);

    /// <summary>The request is done, and its answer does not arrive.</summary>
    private static Func<HttpContext, Task<bool>> Lost(Func<HttpContext, bool> which) => context =>
    {
        if (which(context))
        {
            context.Response.OnStarting(() =>
            {
                context.Abort();
                return Task.CompletedTask;
            });
        }
        return Task.FromResult(false);
    };

    private static Instant Moment(DateTimeOffset at) => Instant.FromDateTimeOffset(at);

    private static Interval Time(DateTimeOffset start, DateTimeOffset end) => new(Moment(start), Moment(end));
}

public sealed class KeepingCalendarsOfMicrosoft : KeepingCalendarsElsewhere<AMicrosoft>
{
    [Fact]
    public async Task A_secret_that_is_replaced_is_taken_without_a_new_start()
    {
        Provider.Taken = "a new one";
        Assert.Equal(ReadingProblem.AccessRefused, (await Calendars.Create(Me, At(Monday), Ct))?.Problem);

        Provider.WriteSecret(Provider.Taken);

        Assert.Null(await Calendars.Create(Me, At(Monday), Ct));
    }

    [Fact]
    public async Task An_entry_made_before_the_search_could_see_it_is_not_made_again()
    {
        await Calendars.Create(Me, At(Monday), Ct);
        // A search that is late by one.
        Provider.InTheWay = async context =>
        {
            if (context.Request.Method != "GET")
                return false;
            await context.Response.WriteAsJsonAsync(new { value = Array.Empty<object>() });
            return true;
        };

        Assert.Null(await Calendars.Create(Me, At(Monday), Ct));
        Assert.Equal(Monday, Assert.Single(Provider.Entered(Me)).Start);

        // Moved meanwhile, it stands where it was moved to.
        Assert.Null(await Calendars.Create(Me, At(Monday.AddDays(1)), Ct));
        Assert.Equal(Monday.AddDays(1), Assert.Single(Provider.Entered(Me)).Start);
    }
}

public sealed class KeepingCalendarsOfGoogle : KeepingCalendarsElsewhere<AGoogle>
{
    [Fact]
    public async Task A_key_that_is_replaced_is_taken_without_a_new_start()
    {
        using var other = RSA.Create(2048);
        Provider.WriteKey(other);
        Assert.Equal(ReadingProblem.AccessRefused, (await Calendars.Create(Me, At(Monday), Ct))?.Problem);

        Provider.WriteKey();

        Assert.Null(await Calendars.Create(Me, At(Monday), Ct));
    }

    [Fact]
    public async Task A_limit_on_requests_is_not_taken_for_a_lack_of_permission()
    {
        Provider.InTheWay = async context =>
        {
            if (context.Request.Path.Value == "/token")
                return false;
            context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
            await context.Response.WriteAsJsonAsync(new { error = new { code = 403, errors = new[] { new { domain = "usageLimits", reason = "userRateLimitExceeded" } } } });
            return true;
        };

        Assert.Equal(ReadingProblem.Throttled, (await Calendars.Create(Me, At(Monday), Ct))?.Problem);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", "00000000000000000000000000")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", "vvvvvvvvvvvvvvvvvvvvvvvvvs")]
    // "foobar" of RFC 4648, 10.
    [InlineData("666f6f62-6172-0000-0000-000000000000", "cpnmuoj1e80000000000000000")]
    public void The_id_of_an_entry_is_the_sessions_in_base32hex(string session, string id) => Assert.Equal(id, GoogleCalendars.EntryId(Guid.Parse(session)));
}
