using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Mentoring.Participants.GapMap;

/// <summary>
/// Keeps the gap map: counts again, as a whole, each topic of which something has changed. A trigger notes the topic in the transaction of
/// the change (import, leaver, erasure, merge, a new title), so none can be forgotten; counting again instead of adding and subtracting means
/// that the map cannot drift, whatever was killed when.
/// </summary>
public sealed class CountGaps(
    TenantDatabase database, IServiceScopeFactory scopes, IOptions<ParticipantsOptions> options, ILogger<CountGaps> log)
    : BackgroundService
{
    /// <summary>Of one transaction; bounds what it holds in memory.</summary>
    private const int TopicsAtOnce = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(options.Value.GapMapBeat);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await CountSome(stoppingToken))
                {
                }
                await beat.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (Transient.IsOutage(e))
            {
                log.LogWarning(e, "The gap map waits for the database");
                await beat.WaitForNextTickAsync(stoppingToken);
            }
        }
    }

    /// <summary>False when nothing is left to count that nobody else is counting.</summary>
    private async Task<bool> CountSome(CancellationToken ct)
    {
        foreach (var unitId in await UnitsToCount(ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unitId);
            if (await Count(scope.ServiceProvider.GetRequiredService<ParticipantsDb>(), ct))
                return true;
        }
        return false;
    }

    private async Task<IReadOnlyList<Guid>> UnitsToCount(CancellationToken ct)
    {
        var units = new List<Guid>();
        await using var command = database.Source.CreateCommand("select unit_id from platform.uncounted_topics group by unit_id order by min(number)");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            units.Add(reader.GetGuid(0));
        return units;
    }

    private static async Task<bool> Count(ParticipantsDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var unitId = db.Unit.UnitId;
        // One replica a unit. Whatever it takes is committed, and so seen by the statements after it; what comes later is noted anew.
        if (!await db.Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock(hashtextextended('gap-map ' || {unitId}::text, 0)) as "Value" """).SingleAsync(ct))
            return false;
        var topics = await db.Database.SqlQuery<string>($"""
            with taken as (
                delete from platform.uncounted_topics where unit_id = {unitId} and topic in (
                    select topic from platform.uncounted_topics where unit_id = {unitId} group by topic order by min(number) limit {TopicsAtOnce})
                returning topic)
            select distinct topic as "Value" from taken
            """).ToArrayAsync(ct);
        if (topics.Length == 0)
            return false;

        var told = (await db.Database.SqlQuery<ToldRow>($"""
            select k.topic as "Topic", p.unit_path as "UnitPath", p.stage as "Stage",
                count(*) filter (where k.kind = 'offer' and k.level >= {GapCount.HoldsFrom})::int as "Holders",
                count(*) filter (where k.kind = 'need')::int as "Needs"
            from known_topics k
            join people p on p.id = k.person_id and not p.gone and not p.is_guest
            join topics t on t.slug = k.topic and t.retired_at is null
            where k.topic = any ({topics})
            group by k.topic, p.unit_path, p.stage
            """).ToListAsync(ct)).ToLookup(row => row.Topic, row => new Told(row.UnitPath, Kebab.Parse<CareerStage>(row.Stage), row.Holders, row.Needs), StringComparer.Ordinal);
        await Write(db, topics, [.. told.SelectMany(topic => GapCount.Of(topic.Key, [.. topic]))], ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What has not changed is not written again: most of a map stays as it is when one person tells something.</summary>
    private static Task<int> Write(ParticipantsDb db, string[] topics, GapCount[] counts, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        create temp table counted on commit drop as
        select * from unnest(
            {counts.Select(c => c.Topic).ToArray()}, {counts.Select(c => c.UnitPath).ToArray()}, {counts.Select(c => c.Parent).ToArray()},
            {counts.Select(c => c.Holders).ToArray()}, {counts.Select(c => c.HoldersWithAuthority).ToArray()}, {counts.Select(c => c.Needs).ToArray()},
            {counts.Select(c => c.Imbalance).ToArray()}, {counts.Select(c => c.Stages is null ? null : JsonSerializer.Serialize(c.Stages, ServiceDefaults.Json.Options)).ToArray()})
            as c (topic, unit_path, parent, holders, holders_with_authority, needs, imbalance, stages);
        create index on counted (topic, unit_path);
        analyze counted;

        delete from gap_counts g
        where g.topic = any ({topics}) and not exists (select from counted c where c.topic = g.topic and c.unit_path = g.unit_path);

        insert into gap_counts (unit_id, topic, unit_path, parent, holders, holders_with_authority, needs, imbalance, stages)
        select {db.Unit.UnitId}, topic, unit_path, parent, holders, holders_with_authority, needs, imbalance, stages::jsonb from counted
        on conflict (unit_id, topic, unit_path) do update set
            holders = excluded.holders, holders_with_authority = excluded.holders_with_authority, needs = excluded.needs,
            imbalance = excluded.imbalance, stages = excluded.stages
        where (gap_counts.holders, gap_counts.holders_with_authority, gap_counts.needs, gap_counts.stages)
            is distinct from (excluded.holders, excluded.holders_with_authority, excluded.needs, excluded.stages)
        """, ct);

    private sealed record ToldRow(string Topic, string UnitPath, string Stage, int Holders, int Needs);
}
