using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Mentoring.Host;
using Npgsql;

namespace Mentoring.Benches;

/// <summary>
/// From the call to the reaction in another service: an administrator gives people a role and takes it back, through the gateway;
/// Participants publishes <c>MembershipChanged</c>, and Notifications' copy has it (the gateway and Participants itself react to the same
/// fact meanwhile). A trigger tells the bench of Notifications' commit, so that looking for it neither costs nor rounds anything.
/// </summary>
internal sealed class ReactionBench(OwnPlatform platform, Person admin, string unit)
{
    private const int PerSecond = 100;
    private const int CallsInSlice = 4 * PerSecond;
    private const int People = 200;
    private const string Role = "safeguarding";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const string TellOfCommit = """
        create or replace function platform.tell_bench() returns trigger language plpgsql as
            $$ begin perform pg_notify('bench', new.id || ' ' || new.version); return null; end $$;
        create or replace trigger tell_bench after insert or update on platform.versions
            for each row when (new.kind = 'membership') execute function platform.tell_bench();
        listen bench;
        """;

    /// <summary>Membership and version → when Notifications had committed it, or a newer one.</summary>
    private readonly ConcurrentDictionary<(Guid, long), TaskCompletionSource<long>> _reactions = new();

    /// <summary>Membership → the first version Notifications heard of.</summary>
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<long>> _firsts = new();

    public async Task Measure(Effort effort, Table table, Progress progress, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create($"{platform.Postgres.ConnectionString};Database=notifications");
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, told) => Hear(told.Payload);
        await using (var command = new NpgsqlCommand(TellOfCommit, connection))
            await command.ExecuteNonQueryAsync(ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var listening = Task.Run(() => Listen(connection, over.Token), ct);
        Timing[] calls;
        double rate;
        try
        {
            progress.Say($"call to reaction: {PerSecond} calls a second");
            // Off the main thread, which all continuations would otherwise queue for.
            (calls, rate) = await Task.Run(() => Call(effort, ct), ct);
        }
        finally
        {
            await over.CancelAsync();
            await listening;
        }

        var slices = calls.Chunk(CallsInSlice).ToArray();
        Figure Of(Func<Timing, double> time, int percent) => Figure.PercentileOf([.. slices.Select(slice => Array.ConvertAll(slice, call => time(call)))], percent);
        table.Add($"calls sent, of {PerSecond}/s", "1/s", Figure.Once(rate));
        table.Add("call to reaction, p50", "ms", Of(call => call.Reaction, 50), Aim.AtMost(10));
        table.Add("call to reaction, p99", "ms", Of(call => call.Reaction, 99), Aim.AtMost(40));
        table.Add("call to answer, p50", "ms", Of(call => call.Answer, 50));
        table.Add("call to answer, p99", "ms", Of(call => call.Answer, 99));
    }

    private async Task<(Timing[] Calls, double Rate)> Call(Effort effort, CancellationToken ct)
    {
        var idle = Channel.CreateUnbounded<Member>();
        await Parallel.ForEachAsync(Enumerable.Range(0, People), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct },
            async (number, _) => await idle.Writer.WriteAsync(await Add(number, ct), ct));
        await AtRate((int)effort.WarmUp.TotalSeconds * PerSecond, idle, ct);
        return await AtRate(effort.Rounds * CallsInSlice, idle, ct);
    }

    /// <summary>
    /// Sends by the clock, whether or not earlier calls have been answered: waiting for them would hide every pause. Only a person is not
    /// changed twice at once; a platform that is so far behind that all are being changed shows as a lower rate.
    /// </summary>
    private async Task<(Timing[] Calls, double Rate)> AtRate(int count, Channel<Member> idle, CancellationToken ct)
    {
        var calls = new List<Task<Timing>>(count);
        var begun = TimeProvider.System.GetTimestamp();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (calls.Count < count && await beat.WaitForNextTickAsync(ct))
        {
            while (calls.Count < count && calls.Count <= TimeProvider.System.GetElapsedTime(begun).TotalSeconds * PerSecond)
                calls.Add(Change(await idle.Reader.ReadAsync(ct), idle, ct));
        }
        var rate = count / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        return (await Task.WhenAll(calls), rate);
    }

    private async Task<Member> Add(int number, CancellationToken ct)
    {
        var email = $"person-{number}@nordlicht.example";
        var id = (await Give(email, ct))["id"]!.GetValue<Guid>();
        return new Member(id, email) { Version = await Heard(_firsts.GetOrAdd(id, _ => Awaited()), ct) };
    }

    /// <summary>Takes the role from whoever has it and gives it back the next time: either way a fact.</summary>
    private async Task<Timing> Change(Member member, Channel<Member> idle, CancellationToken ct)
    {
        var reaction = _reactions.GetOrAdd((member.Id, ++member.Version), _ => Awaited());
        member.HasRole = !member.HasRole;
        var started = TimeProvider.System.GetTimestamp();
        if (member.HasRole)
            await Give(member.Email, ct);
        else
            await admin.Delete($"/api/v1/units/{unit}/members/{member.Id}/roles/{Role}", ct);
        var answered = TimeProvider.System.GetTimestamp();
        await idle.Writer.WriteAsync(member, ct);
        return new Timing(Milliseconds(started, answered), Milliseconds(started, await Heard(reaction, ct)));
    }

    private static async Task<long> Heard(TaskCompletionSource<long> awaited, CancellationToken ct)
    {
        try
        {
            return await awaited.Task.WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            throw new BenchFailed($"Notifications has not heard within {Patience.TotalSeconds:0} s of what was answered with success.");
        }
    }

    private Task<System.Text.Json.Nodes.JsonNode> Give(string email, CancellationToken ct) =>
        admin.Post($"/api/v1/units/{unit}/members", new { email, role = Role, name = "Bench" }, ct);

    private void Hear(string told)
    {
        var now = TimeProvider.System.GetTimestamp();
        var (id, version) = (Guid.Parse(told[..36]), long.Parse(told[37..], CultureInfo.InvariantCulture));
        _firsts.GetOrAdd(id, _ => Awaited()).TrySetResult(version);
        _reactions.GetOrAdd((id, version), _ => Awaited());
        // A fact overtaken by a newer one is never written: the copy is past it.
        while (_reactions.TryGetValue((id, version), out var awaited) && awaited.TrySetResult(now))
            version--;
    }

    private static TaskCompletionSource<long> Awaited() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task Listen(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            while (true)
                await connection.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // The last reaction has been heard.
        }
    }

    private static double Milliseconds(long from, long to) => TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds;

    private readonly record struct Timing(double Answer, double Reaction);

    private sealed class Member(Guid id, string email)
    {
        public Guid Id => id;

        public string Email => email;

        /// <summary>Of the membership: rises by one with each change.</summary>
        public required long Version { get; set; }

        public bool HasRole { get; set; } = true;
    }
}
