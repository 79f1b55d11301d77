using System.Globalization;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Units;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Mentoring.Participants.People;

/// <summary>
/// Brings a file of people in: copied into a temporary table (row-secured tables take no COPY), judged there as a whole, then written
/// by a handful of statements whatever the number of rows. Somebody who is not in the file stays as they are: people leave by
/// <c>leftOn</c>, never by omission. A column that the file lacks leaves what is stored alone.
/// </summary>
public sealed class LoadPeople(ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock) : ILoad
{
    public static readonly IReadOnlyList<Column> Columns =
    [
        new("externalId", Required: true),
        new("givenName", Required: true),
        new("familyName", Required: true),
        new("email"),
        new("title"),
        new("unitPath", Form: "parts joined by ` / `"),
        new("managerExternalId", Required: true, Form: "empty at the top"),
        new("stage", Form: "early, established, senior or executive; empty: from the title"),
        new("grade", Form: "the organisation's own grade as a whole number from 1, the lowest, to 99"),
        new("location"),
        new("timeZone", Form: "an IANA name; empty: the unit's"),
        new("languages", Form: "tags such as en or de-AT, separated by semicolons; empty: en"),
        new("leftOn", Form: "the last day, as 2030-12-31"),
    ];

    private const int FactsAtOnce = 2_000;
    private static readonly string[] English = ["en"];

    public async Task<LoadOutcome> Load(Loading loading, CancellationToken ct)
    {
        var unit = await db.Units.AsNoTracking().SingleAsync(u => u.Id == db.Unit.UnitId, ct);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(unit.TimeZone)).DateTime);
        var mayLeaveOut = loading.Import.OnError == OnError.Skip;

        await Run(PlanForMany, ct);
        await Copy(loading, unit.TimeZone, today, ct);
        await ReportingLineLock.Take(db, ct);
        await ReadStages(loading.Import.Columns, ct);
        await Match(loading.Import.Columns, ct);
        await Run(FindDoubles, ct);
        await ResolveManagers(mayLeaveOut, ct);
        if (!mayLeaveOut && await db.Database.SqlQuery<bool>($"""select exists (select from row_faults) as "Value" """).SingleAsync(ct))
            return new LoadOutcome(0, 0, 0, 0);
        await Run(NoticeTops, ct);
        var outcome = await Classify(ct);
        if (loading.Import.DryRun)
            return outcome;
        await Write(ct);
        await SetLeavingDays(unit.TimeZone, today, ct);
        await Tell(ct);
        return outcome;
    }

    /// <summary>
    /// Every statement joins sets as large as the file with sets as large as the unit, and the planner cannot know it: it has no statistics of
    /// the rows that this transaction has just written. Taking one loop inside another for cheap it needs hours for 300,000 rows.
    /// </summary>
    private const string PlanForMany = "set local enable_nestloop = off; set local work_mem = '64MB'; set local jit = off";

    /// <summary>Cells of the wrong form are faults here; what needs the other rows is found by statements below.</summary>
    private async Task Copy(Loading loading, string unitZone, DateOnly today, CancellationToken ct)
    {
        await Run("""
            create temp table incoming (
                row int not null, bad boolean not null, external_id text not null, given_name text, family_name text, family_first text collate "C",
                given_first text collate "C", email text, title text, title_key text collate "C", unit_path text, manager_external_id text, stage text,
                grade int, location text, time_zone text, languages text[], left_on date, leaving boolean not null, new_id uuid not null) on commit drop
            """, ct);
        await using var staging = new Staging(loading.Connection, """
            copy incoming (row, bad, external_id, given_name, family_name, family_first, given_first, email, title, title_key, unit_path,
                manager_external_id, stage, grade, location, time_zone, languages, left_on, leaving, new_id) from stdin (format binary)
            """);
        var now = clock.GetUtcNow();
        await foreach (var row in loading.Rows.WithCancellation(ct))
        {
            await staging.Turn(row, ct);
            var externalId = staging.Text("externalId", required: true);
            var given = staging.Text("givenName", required: true);
            var family = staging.Text("familyName", required: true);
            var title = staging.Text("title");
            var unitPath = staging.Text("unitPath") ?? "";
            var location = staging.Text("location");
            var manager = staging.Text("managerExternalId");
            if (manager is not null && manager == externalId)
                staging.Fault("managerExternalId", RowFaults.OwnManager, manager);
            var email = staging.Text("email")?.ToLowerInvariant();
            if (email is not null && !MailAddressText.IsValid(email))
                staging.Fault("email", RowFaults.NotAnAddress, email);
            var stage = staging.Text("stage");
            if (stage is not null && !Kebab.TryParse<CareerStage>(stage, out _))
                staging.Fault("stage", RowFaults.StageUnknown, stage);
            int? grade = null;
            if (staging.Text("grade") is { } told)
            {
                if (int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= Person.LowestGrade and <= Person.HighestGrade)
                    grade = number;
                else
                    staging.Fault("grade", RowFaults.GradeUnknown, told);
            }
            var zone = staging.Text("timeZone");
            if (zone is not null && !IsZone(zone))
                staging.Fault("timeZone", RowFaults.ZoneUnknown, zone);
            var languages = staging.Text("languages")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (languages.FirstOrDefault(language => !PersonDetails.IsLanguageTag(language)) is { } unknown)
                staging.Fault("languages", RowFaults.LanguageUnknown, unknown);
            DateOnly? leftOn = null;
            if (staging.Text("leftOn") is { } left)
            {
                if (DateOnly.TryParseExact(left, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    leftOn = day;
                else
                    staging.Fault("leftOn", RowFaults.NotADate, left);
            }
            if (externalId is null)
                continue;

            var (familyFirst, givenFirst) = Person.SearchOf(given ?? "", family ?? "");
            var writer = await staging.Start(ct);
            writer.Write(row.Number, NpgsqlDbType.Integer);
            writer.Write(staging.IsBad, NpgsqlDbType.Boolean);
            writer.Text(externalId);
            writer.Text(given);
            writer.Text(family);
            writer.Text(familyFirst);
            writer.Text(givenFirst);
            writer.Text(email);
            writer.Text(title);
            writer.Text(title is null ? null : SearchText.Of(title));
            writer.Text(unitPath);
            writer.Text(manager);
            writer.Text(stage?.ToLowerInvariant());
            if (grade is { } rank)
                writer.Write(rank, NpgsqlDbType.Integer);
            else
                writer.WriteNull();
            writer.Text(location);
            writer.Text(zone ?? unitZone);
            writer.Write(languages.Length == 0 ? English : languages, NpgsqlDbType.Array | NpgsqlDbType.Text);
            if (leftOn is { } lastDay)
                writer.Write(lastDay, NpgsqlDbType.Date);
            else
                writer.WriteNull();
            writer.Write(leftOn <= today, NpgsqlDbType.Boolean);
            writer.Write(Guid.CreateVersion7(now), NpgsqlDbType.Uuid);
        }
        await staging.Complete(ct);
        await Run("analyze incoming (row, external_id, email, title_key)", ct);
    }

    /// <summary>The titles that are kept, by the form in which they are compared, where the file does not tell any; and the stage of each grade.</summary>
    private async Task ReadStages(IReadOnlyList<string> columns, CancellationToken ct)
    {
        string[] titles = columns.Contains("title") ? []
            : await db.People.Where(person => !person.Gone && person.Title != null).Select(person => person.Title!).Distinct().ToArrayAsync(ct);
        var grades = (await db.StageScales.AsNoTracking().SingleOrDefaultAsync(ct) ?? StageScale.Empty()).ByGrade();
        await db.Database.ExecuteSqlAsync($"""
            create temp table kept_titles (title text not null, title_key text collate "C" not null) on commit drop;
            create temp table grade_stages (grade int not null, stage text) on commit drop;
            insert into kept_titles select * from unnest({titles}, {titles.Select(SearchText.Of).ToArray()});
            insert into grade_stages select grade, stage from unnest({grades}) with ordinality as g (stage, grade);
            analyze kept_titles;
            analyze grade_stages;
            """, ct);
    }

    /// <summary>
    /// A row is somebody here by the key; or by the address, where the unit knows them only by that (the first administrator, before the
    /// first import). Whoever has left is nobody here: coming back makes a new person. Each step makes a new table rather than updating
    /// one: rewriting some hundred thousand wide rows, and their indexes, costs more than all of the joins.
    /// </summary>
    private Task<int> Match(IReadOnlyList<string> columns, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        create temp table found (row int not null, id uuid) on commit drop;
        insert into found
        select i.row, coalesce(by_key.id, by_address.id)
        from incoming i
        left join people by_key on by_key.external_id = i.external_id and not by_key.gone
        left join people by_address on by_key.id is null and by_address.email = i.email and by_address.external_id is null
            and not by_address.gone and not by_address.is_guest;
        analyze found;

        create temp table arriving (
            row int not null, bad boolean not null, id uuid not null, known boolean not null, leaving boolean not null, external_id text not null,
            given_name text, family_name text, family_first text collate "C", given_first text collate "C", email text, title text, unit_path text,
            manager_external_id text, stage text not null, stage_told boolean not null, grade int, location text, time_zone text, languages text[], left_on date)
            on commit drop;
        insert into arriving
        select i.row, i.bad, coalesce(p.id, i.new_id), p.id is not null, i.leaving, i.external_id, i.given_name, i.family_name, i.family_first, i.given_first,
            case when p.id is null or {columns.Contains("email")} then i.email else p.email end,
            case when p.id is null or {columns.Contains("title")} then i.title else p.title end,
            case when p.id is null or {columns.Contains("unitPath")} then i.unit_path else p.unit_path end,
            i.manager_external_id,
            coalesce(told.stage, rule.stage, by_grade.stage, 'established'),
            told.stage is not null,
            told.grade,
            case when p.id is null or {columns.Contains("location")} then i.location else p.location end,
            case when p.id is null or {columns.Contains("timeZone")} then i.time_zone else p.time_zone end,
            case when p.id is null or {columns.Contains("languages")} then i.languages else p.languages end,
            case when p.id is null or {columns.Contains("leftOn")} then i.left_on else p.left_on end
        from incoming i
        join found f on f.row = i.row
        left join people p on p.id = f.id
        left join kept_titles kept on kept.title = p.title
        cross join lateral (select
            case when {columns.Contains("stage")} then i.stage when p.stage_told then p.stage end as stage,
            case when p.id is null or {columns.Contains("grade")} then i.grade else p.grade end as grade,
            case when p.id is null or {columns.Contains("title")} then i.title_key else kept.title_key end as title_key) told
        left join stage_rules rule on rule.title_key = told.title_key
        left join grade_stages by_grade on by_grade.grade = told.grade;
        create index on arriving (external_id);
        analyze arriving (row, bad, id, known, leaving, external_id, email, manager_external_id);
        """, ct);

    private const string FindDoubles = """
        insert into row_faults
        select a.row, case when d.two_managers then 'managerExternalId' else 'externalId' end,
               case when d.two_managers then 'two-managers' else 'duplicate' end, a.external_id
        from arriving a
        join (
            select external_id, min(coalesce(manager_external_id, '')) <> max(coalesce(manager_external_id, '')) as two_managers
            from arriving group by external_id having count(*) > 1) d using (external_id);
        insert into row_faults
        select a.row, 'email', 'email-twice', a.email
        from arriving a
        join (select email from arriving where not leaving and email is not null group by email having min(external_id) <> max(external_id)) d using (email)
        where not a.leaving;
        insert into row_faults
        select a.row, 'email', 'email-taken', a.email
        from arriving a
        join people p on p.email = a.email and p.id <> a.id and not p.gone
        left join arriving other on other.id = p.id and not other.bad
        where not a.leaving and other.id is null;
        update arriving a set bad = true from row_faults f where f.row = a.row and not a.bad;
        """;

    /// <summary>
    /// Whoever reports to nobody, where there are several: an organisation may have two heads, so it is no fault; but a manager that somebody
    /// forgot to fill in looks the same. Those who came by another way than a file (an administrator, a guest) have no manager by nature.
    /// </summary>
    private const string NoticeTops = """
        insert into row_notices
        select a.row, 'managerExternalId', 'one-of-several-tops', a.external_id
        from arriving a
        where a.manager_external_id is null and not a.leaving and not a.bad
            and (select count(*) from line l where l.manager_id is null
                and (exists (select from arriving other where other.id = l.id) or exists (select from people p where p.id = l.id and p.external_id is not null))) > 1;
        """;

    /// <summary>
    /// Finds each row's manager, in the file or here, and the lines that follow for everybody. Where bad rows are left out, so are those
    /// whose manager's row is: a line that is not known might put a mentor below their own superior. Each turn leaves out at least one
    /// row, and without any the lines are those of before, which hold no cycle: it ends.
    /// </summary>
    private async Task ResolveManagers(bool mayLeaveOut, CancellationToken ct)
    {
        while (true)
        {
            await db.Database.ExecuteSqlAsync($"""
                drop table if exists managers;
                create temp table managers (row int not null, id uuid not null, manager_id uuid) on commit drop;
                insert into managers
                select a.row, a.id, coalesce(coming.id, here.id)
                from arriving a
                left join (select distinct on (external_id) external_id, id from arriving where not leaving and (not bad or not {mayLeaveOut})) coming
                    on coming.external_id = a.manager_external_id
                left join people here on coming.id is null and here.external_id = a.manager_external_id and not here.gone
                    and not exists (select from arriving m where m.id = here.id and m.leaving and not m.bad)
                where not a.leaving and (not a.bad or not {mayLeaveOut});
                analyze managers;
                """, ct);
            var lost = await db.Database.ExecuteSqlAsync($"""
                with lost as (
                    update arriving a set bad = true from managers m
                    where m.row = a.row and m.manager_id is null and a.manager_external_id is not null and not a.bad
                    returning a.row, a.manager_external_id)
                insert into row_faults
                select lost.row, 'managerExternalId',
                    case
                        when exists (select from arriving m where m.external_id = lost.manager_external_id and m.leaving)
                            or exists (select from people p where p.external_id = lost.manager_external_id and p.gone) then 'manager-left'
                        when exists (select from arriving m where m.external_id = lost.manager_external_id) then 'manager-skipped'
                        else 'manager-unknown'
                    end,
                    lost.manager_external_id
                from lost
                """, ct);
            if (lost > 0 && mayLeaveOut)
                continue;

            await DrawLines(mayLeaveOut, ct);
            if (await Unending(ct) is not { Count: > 0 } unending)
                return;
            var cycle = ReportingCycles.Members(unending).ToArray();
            var blamed = await db.Database.ExecuteSqlAsync($"""
                with cycle as (update arriving set bad = true where id = any ({cycle}) and not bad and not leaving returning row, manager_external_id)
                insert into row_faults select row, 'managerExternalId', 'reporting-cycle', manager_external_id from cycle
                """, ct);
            if (!mayLeaveOut)
                return;
            if (blamed == 0)
                throw new InvalidOperationException("A reporting cycle that no row of the file is part of: the stored lines were broken before.");
        }
    }

    /// <summary>
    /// Everybody with the manager they would have, and the chain that follows, from the top down. Those who report to somebody who leaves,
    /// and of whom the file says nothing, report to the leaver's manager.
    /// </summary>
    private async Task DrawLines(bool mayLeaveOut, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            drop table if exists line, chains;
            create temp table line (id uuid not null, manager_id uuid) on commit drop;
            insert into line
            select distinct on (id) id, manager_id from managers
            union all
            select p.id, p.manager_id from people p
            where not p.gone and not exists (select from arriving a where a.id = p.id and (not a.bad or not {mayLeaveOut}));
            analyze line;
            """, ct);
        while (await Run("""
            update line l set manager_id = p.manager_id
            from arriving a join people p on p.id = a.id
            where a.leaving and a.known and not a.bad and l.manager_id = a.id
            """, ct) > 0)
        {
        }
        await Run("""
            create temp table chains on commit drop as
            with recursive down (id, manager_id, chain) as (
                select id, null::uuid, array[]::uuid[] from line where manager_id is null
                union all
                select line.id, line.manager_id, line.manager_id || down.chain from line join down on line.manager_id = down.id)
            select id, manager_id, chain from down;
            create unique index on chains (id);
            analyze chains;
            """, ct);
    }

    private async Task<IReadOnlyDictionary<Guid, Guid>> Unending(CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<Link>($"""
            select l.id as "Id", l.manager_id as "ManagerId" from line l
            where l.manager_id is not null and not exists (select from chains c where c.id = l.id)
            """).ToListAsync(ct);
        return rows.ToDictionary(row => row.Id, row => row.ManagerId);
    }

    /// <summary>What will become of each good row, and whom it touches; the same for a dry run.</summary>
    private async Task<LoadOutcome> Classify(CancellationToken ct)
    {
        await Run("""
            create temp table decided on commit drop as
            select a.row, a.id, case
                when a.leaving then case when a.known then 'left' else 'unchanged' end
                when not a.known then 'added'
                when (p.external_id, p.given_name, p.family_name, p.email, p.title, p.unit_path, p.manager_id, p.stage, p.stage_told, p.grade, p.location, p.time_zone, p.languages, p.left_on)
                    is not distinct from
                    (a.external_id, a.given_name, a.family_name, a.email, a.title, a.unit_path, c.manager_id, a.stage, a.stage_told, a.grade, a.location, a.time_zone, a.languages, a.left_on)
                    then 'unchanged'
                else 'changed'
            end as outcome
            from arriving a
            left join people p on p.id = a.id
            left join chains c on c.id = a.id
            where not a.bad;
            analyze decided;

            create temp table touched on commit drop as
            select p.id,
                   p.chain is distinct from c.chain as line_changed,
                   a.id is not null and (p.unit_path, p.stage, p.grade, p.location, p.time_zone, p.languages)
                       is distinct from (a.unit_path, a.stage, a.grade, a.location, a.time_zone, a.languages) as snapshot_changed
            from people p
            join chains c on c.id = p.id
            left join decided d on d.id = p.id and d.outcome = 'changed'
            left join arriving a on a.row = d.row
            where d.id is not null or p.chain is distinct from c.chain or p.manager_id is distinct from c.manager_id;
            """, ct);
        var counts = await db.Database.SqlQuery<OutcomeCount>(
            $"""select outcome as "Outcome", count(*) as "Count" from decided group by outcome""").ToDictionaryAsync(row => row.Outcome, row => row.Count, ct);
        return new LoadOutcome(
            counts.GetValueOrDefault("added"), counts.GetValueOrDefault("changed"), counts.GetValueOrDefault("unchanged"), counts.GetValueOrDefault("left"));
    }

    private Task<int> Write(CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        update people p set gone = true, left_on = a.left_on, version = p.version + 1
        from arriving a join decided d on d.row = a.row and d.outcome = 'left' where p.id = a.id;

        -- Two people may swap addresses, and one may take a leaver's; the index would see the first half of it.
        update people p set email = null
        from arriving a join decided d on d.row = a.row and d.outcome = 'changed'
        where p.id = a.id and p.email is distinct from a.email and p.email is not null;

        insert into people (unit_id, id, external_id, given_name, family_name, family_first, given_first, email, title, unit_path, manager_id, chain, stage,
            stage_told, grade, location, time_zone, languages, left_on, gone, is_guest, known_elsewhere, version)
        select {db.Unit.UnitId}, a.id, a.external_id, a.given_name, a.family_name, a.family_first, a.given_first, a.email, a.title, a.unit_path, c.manager_id, c.chain,
            a.stage, a.stage_told, a.grade, a.location, a.time_zone, a.languages, a.left_on, false, false, false, 1
        from arriving a join decided d on d.row = a.row and d.outcome = 'added' join chains c on c.id = a.id;

        update people p set
            external_id = a.external_id, given_name = a.given_name, family_name = a.family_name, family_first = a.family_first,
            given_first = a.given_first, email = a.email, title = a.title, unit_path = a.unit_path, manager_id = c.manager_id, chain = c.chain,
            stage = a.stage, stage_told = a.stage_told, grade = a.grade, location = a.location, time_zone = a.time_zone, languages = a.languages,
            left_on = a.left_on, version = p.version + 1
        from arriving a join decided d on d.row = a.row and d.outcome = 'changed' join chains c on c.id = a.id
        where p.id = a.id;

        update people p set manager_id = c.manager_id, chain = c.chain, version = p.version + 1
        from touched t join chains c on c.id = t.id
        where p.id = t.id and not exists (select from decided d where d.id = t.id and d.outcome = 'changed');
        """, ct);

    /// <summary>Whoever leaves on a day to come is seen to on that day.</summary>
    private async Task SetLeavingDays(string unitZone, DateOnly today, CancellationToken ct)
    {
        var leaving = await db.Database.SqlQuery<LastDay>($"""
            select a.id as "Id", a.left_on as "Day" from arriving a join decided d on d.row = a.row
            where a.left_on > {today} and d.outcome in ('added', 'changed')
            """).ToListAsync(ct);
        foreach (var person in leaving)
            await timers.Set(LeaveWhenTheDayComes.Name, person.Id.ToString(), LeaveWhenTheDayComes.StartOf(person.Day, unitZone), ct: ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>
    /// Facts for exactly those who are known elsewhere and whose data changed; and memberships end at once. Who is known is read after
    /// the rows are written and so locked: whoever enrols meanwhile is either seen here or, finding another version, tried again.
    /// </summary>
    private async Task Tell(CancellationToken ct)
    {
        var left = await Ids("""select id as "Value" from decided where outcome = 'left'""", ct);
        foreach (var batch in left.Chunk(FactsAtOnce))
        {
            await EndMembership.Of(db, outbox, batch, ct);
            await Withdraw.WhoeverWaits(batch, db, clock.GetUtcNow(), ct);
            foreach (var person in await db.People.AsNoTracking().Where(p => batch.Contains(p.Id) && p.KnownElsewhere).ToListAsync(ct))
                outbox.Publish(new PersonLeft(person.Id, person.Version));
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }

        var lines = (await Ids("""select id as "Value" from touched where line_changed""", ct)).ToHashSet();
        var snapshots = (await Ids("""select id as "Value" from touched where snapshot_changed""", ct)).ToHashSet();
        foreach (var batch in (await Ids("""select t.id as "Value" from touched t join people p on p.id = t.id where p.known_elsewhere""", ct)).Chunk(FactsAtOnce))
        {
            foreach (var person in await db.People.AsNoTracking().Where(p => batch.Contains(p.Id)).ToListAsync(ct))
            {
                outbox.Publish(person.ToFact());
                if (lines.Contains(person.Id))
                    outbox.Publish(new ReportingLineChanged(person.Id, person.Version, person.Chain));
            }
            await PublishParticipants.For(db, outbox, [.. batch.Where(snapshots.Contains)], ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    private Task<List<Guid>> Ids(string sql, CancellationToken ct) => db.Database.SqlQueryRaw<Guid>(sql).ToListAsync(ct);

    private Task<int> Run(string sql, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(sql, ct);

    private readonly Dictionary<string, bool> _zones = new(StringComparer.Ordinal);

    /// <summary>Asked once a name: a look-up reads a file.</summary>
    private bool IsZone(string name) => _zones.TryGetValue(name, out var known) ? known : _zones[name] = Zone.IsKnown(name);

    private sealed record Link(Guid Id, Guid ManagerId);

    private sealed record OutcomeCount(string Outcome, long Count);

    private sealed record LastDay(Guid Id, DateOnly Day);
}
