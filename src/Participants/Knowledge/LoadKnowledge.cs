using System.Globalization;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Imports;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Mentoring.Participants.Knowledge;

/// <summary>
/// Brings knowledge in for many people at once, for instance from a skills system. Adds and changes what the file names and leaves the
/// rest alone: people tell more of themselves than a file knows.
/// </summary>
public sealed class LoadKnowledge(ParticipantsDb db, Outbox outbox) : ILoad
{
    public static readonly IReadOnlyList<Column> Columns =
    [
        new("externalId", Required: true),
        new("kind", Required: true),
        new("topic", Required: true),
        new("level", Required: true),
        new("priority"),
        new("evidence"),
    ];

    private const int FactsAtOnce = 2_000;

    public async Task<LoadOutcome> Load(Loading loading, CancellationToken ct)
    {
        // As for people: the planner does not know how many rows there are.
        await Run("set local enable_nestloop = off; set local work_mem = '64MB'; set local jit = off", ct);
        await Copy(loading, ct);
        var columns = loading.Import.Columns;
        await db.Database.ExecuteSqlAsync($"""
            update incoming i set person_id = p.id from people p where p.external_id = i.external_id and not p.gone;
            insert into row_faults select row, 'externalId', 'person-unknown', external_id from incoming where person_id is null;
            -- Held against merging until this is over: what refers to a topic is either rewritten by the merge or written after it.
            select from topics where slug in (select topic from incoming) order by slug for key share;
            update incoming i set topic = t.merged_into from topics t where t.slug = i.topic and t.merged_into is not null;
            insert into row_faults select i.row, 'topic', 'topic-unknown', i.topic from incoming i
                where not exists (select from topics t where t.slug = i.topic);
            insert into row_faults select i.row, 'topic', 'topic-retired', i.topic from incoming i
                join topics t on t.slug = i.topic and t.retired_at is not null
                where not exists (select from known_topics k where k.person_id = i.person_id and k.topic = i.topic);
            insert into row_faults
            select i.row, 'topic', 'duplicate', i.topic from incoming i
            join (select external_id, kind, topic from incoming where kind is not null group by external_id, kind, topic having count(*) > 1) d using (external_id, kind, topic);
            -- What the file does not tell stays as it is.
            update incoming i set
                priority = case when {columns.Contains("priority")} then i.priority else k.priority end,
                evidence = case when {columns.Contains("evidence")} then i.evidence else k.evidence end
            from known_topics k where k.person_id = i.person_id and k.kind = i.kind and k.topic = i.topic and not ({columns.Contains("priority")} and {columns.Contains("evidence")});
            update incoming i set bad = true from row_faults f where f.row = i.row and not i.bad;
            """, ct);
        if (loading.Import.OnError == OnError.Refuse && await db.Database.SqlQuery<bool>($"""select exists (select from row_faults) as "Value" """).SingleAsync(ct))
            return new LoadOutcome(0, 0, 0, 0);

        await Run("""
            update incoming i set outcome = coalesce((
                select case when (k.level, k.priority, k.evidence) is not distinct from (i.level, i.priority, i.evidence) then 'unchanged' else 'changed' end
                from known_topics k where k.person_id = i.person_id and k.kind = i.kind and k.topic = i.topic), 'added')
            where not i.bad
            """, ct);
        var counts = await db.Database.SqlQuery<OutcomeCount>(
            $"""select outcome as "Outcome", count(*) as "Count" from incoming where outcome is not null group by outcome""").ToDictionaryAsync(row => row.Outcome, row => row.Count, ct);
        var outcome = new LoadOutcome(counts.GetValueOrDefault("added"), counts.GetValueOrDefault("changed"), counts.GetValueOrDefault("unchanged"), 0);
        if (loading.Import.DryRun)
            return outcome;

        var (untold, none) = (Profile.Empty(Guid.Empty), Array.Empty<string>());
        await db.Database.ExecuteSqlAsync($"""
            insert into known_topics (unit_id, person_id, kind, topic, level, priority, evidence)
            select {db.Unit.UnitId}, person_id, kind, topic, level, priority, evidence from incoming where outcome in ('added', 'changed')
            on conflict (unit_id, person_id, kind, topic) do update set level = excluded.level, priority = excluded.priority, evidence = excluded.evidence;

            -- Whoever is looking at their own knowledge meanwhile must not overwrite this unseen.
            update profiles p set version = version + 1
            where p.person_id in (select person_id from incoming where outcome in ('added', 'changed'));
            insert into profiles (unit_id, person_id, interests, working_style, lived_experience, channels, day_starts_at, day_ends_at, version)
            select distinct {db.Unit.UnitId}, person_id, {none}, {none}, {none}, {untold.Channels.ToArray()}, {untold.DayStartsAt}, {untold.DayEndsAt}, 1
            from incoming where outcome in ('added', 'changed')
            on conflict (unit_id, person_id) do nothing;
            """, ct);
        var people = await db.Database.SqlQuery<Guid>(
            $"""select distinct i.person_id as "Value" from incoming i join people p on p.id = i.person_id and p.known_elsewhere where i.outcome in ('added', 'changed')""").ToListAsync(ct);
        foreach (var batch in people.Chunk(FactsAtOnce))
        {
            await PublishParticipants.For(db, outbox, batch, ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
        return outcome;
    }

    private async Task Copy(Loading loading, CancellationToken ct)
    {
        await Run("""
            create temp table incoming (
                row int not null, bad boolean not null, external_id text not null, kind text, topic text collate "C" not null, level int not null,
                priority boolean not null, evidence text, person_id uuid, outcome text) on commit drop
            """, ct);
        await using var staging = new Staging(
            loading.Connection, "copy incoming (row, bad, external_id, kind, topic, level, priority, evidence) from stdin (format binary)");
        await foreach (var row in loading.Rows.WithCancellation(ct))
        {
            await staging.Turn(row, ct);
            var externalId = staging.Text("externalId", required: true);
            var topic = staging.Text("topic", required: true);
            var evidence = staging.Text("evidence", longest: KnownTopic.LongestEvidence);
            KnowledgeKind? kind = null;
            if (staging.Text("kind", required: true) is { } kindText)
            {
                if (Kebab.TryParse<KnowledgeKind>(kindText, out var known))
                    kind = known;
                else
                    staging.Fault("kind", RowFaults.KindUnknown, kindText);
            }
            var level = 0;
            if (staging.Text("level", required: true) is { } levelText
                && (!int.TryParse(levelText, NumberStyles.None, CultureInfo.InvariantCulture, out level) || level is < KnownTopic.LowestLevel or > KnownTopic.HighestLevel))
                staging.Fault("level", RowFaults.LevelUnknown, levelText);
            var priority = false;
            if (staging.Text("priority") is { } priorityText && (!bool.TryParse(priorityText, out priority) || (priority && kind == KnowledgeKind.Offer)))
                staging.Fault("priority", RowFaults.PriorityUnknown, priorityText);
            if (externalId is null || topic is null)
                continue;

            var writer = await staging.Start(ct);
            writer.Write(row.Number, NpgsqlDbType.Integer);
            writer.Write(staging.IsBad, NpgsqlDbType.Boolean);
            writer.Text(externalId);
            writer.Text(kind is { } which ? Kebab.Of(which) : null);
            writer.Text(topic);
            writer.Write(level, NpgsqlDbType.Integer);
            writer.Write(priority, NpgsqlDbType.Boolean);
            writer.Text(evidence);
        }
        await staging.Complete(ct);
        await Run("create index on incoming (external_id); analyze incoming", ct);
    }

    private Task<int> Run(string sql, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(sql, ct);

    private sealed record OutcomeCount(string Outcome, long Count);
}
