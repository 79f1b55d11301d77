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
        await Write(outcome, ct);
        await SetLeavingDays(unit.TimeZone, today, ct);
        await Tell(ct);
        return outcome;
    }

    /// <summary>
    /// Every statement joins sets as large as the file with sets as large as the unit, and the planner cannot know it: it has no statistics of
    /// the rows that this transaction has just written. Taking one loop inside another for cheap it needs hours for 300,000 rows. Of the
    /// temporary tables a small sample tells enough: whether a column is unique, and whether anybody is marked.
    /// </summary>
    private const string PlanForMany = "set local enable_nestloop = off; set local work_mem = '64MB'; set local jit = off; set local default_statistics_target = 10";

    /// <summary>Cells of the wrong form are faults here; what needs the other rows is found by statements below.</summary>
    private async Task Copy(Loading loading, string unitZone, DateOnly today, CancellationToken ct)
    {
        await Run("""
            create temp table incoming (
                row int not null, bad boolean not null, external_id text collate "C" not null, given_name text, family_name text, family_first text collate "C",
                given_first text collate "C", email text collate "C", title text, title_key text collate "C", unit_path text,
                manager_external_id text collate "C", stage text,
                grade int, location text, time_zone text, languages text[], left_on date, leaving boolean not null, new_id uuid not null) on commit drop
            """, ct);
        await using var staging = new Staging(loading.Connection, """
            copy incoming (row, bad, external_id, given_name, family_name, family_first, given_first, email, title, title_key, unit_path,
                manager_external_id, stage, grade, location, time_zone, languages, left_on, leaving, new_id) from stdin (format binary)
            """);
        var ids = new RisingIds(clock.GetUtcNow());
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
            writer.Write(ids.Next(), NpgsqlDbType.Uuid);
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
    /// first import). Whoever has left is nobody here: coming back makes a new person. What the row tells is compared with what is kept while
    /// both are at hand; only the manager is not known yet.
    /// </summary>
    private Task<int> Match(IReadOnlyList<string> columns, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        create temp table arriving (
            row int not null, bad boolean not null, again boolean not null, id uuid not null, known boolean not null, same boolean not null, was_below uuid,
            leaving boolean not null, external_id text collate "C" not null, given_name text, family_name text, family_first text collate "C",
            given_first text collate "C", email text collate "C", title text, unit_path text, manager_external_id text collate "C", stage text not null,
            stage_told boolean not null, grade int, location text, time_zone text, languages text[], left_on date)
            on commit drop;
        insert into arriving
        select i.row, i.bad, false, coalesce(p.id, i.new_id), p.id is not null,
            p.id is not null
                and (p.external_id, p.given_name, p.family_name, p.email, p.title, p.unit_path, p.stage, p.stage_told, p.grade, p.location, p.time_zone, p.languages, p.left_on)
                is not distinct from
                (i.external_id, i.given_name, i.family_name, will.email, will.title, will.unit_path, will.stage, will.stage_told, told.grade, will.location, will.time_zone,
                    will.languages, will.left_on),
            p.manager_id, i.leaving, i.external_id, i.given_name, i.family_name, i.family_first, i.given_first, will.email, will.title, will.unit_path,
            i.manager_external_id, will.stage, will.stage_told, told.grade, will.location, will.time_zone, will.languages, will.left_on
        from (
            select incoming.*, coalesce(by_key.id, by_address.id) as found
            from incoming
            left join people by_key on by_key.external_id = incoming.external_id and not by_key.gone
            left join people by_address on by_key.id is null and by_address.email = incoming.email and by_address.external_id is null
                and not by_address.gone and not by_address.is_guest) i
        left join people p on p.id = i.found
        left join kept_titles kept on kept.title = p.title
        cross join lateral (select
            case when {columns.Contains("stage")} then i.stage when p.stage_told then p.stage end as stage,
            case when p.id is null or {columns.Contains("grade")} then i.grade else p.grade end as grade,
            case when p.id is null or {columns.Contains("title")} then i.title_key else kept.title_key end as title_key) told
        left join stage_rules rule on rule.title_key = told.title_key
        left join grade_stages by_grade on by_grade.grade = told.grade
        cross join lateral (select
            coalesce(told.stage, rule.stage, by_grade.stage, 'established') as stage,
            told.stage is not null as stage_told,
            case when p.id is null or {columns.Contains("email")} then i.email else p.email end as email,
            case when p.id is null or {columns.Contains("title")} then i.title else p.title end as title,
            case when p.id is null or {columns.Contains("unitPath")} then i.unit_path else p.unit_path end as unit_path,
            case when p.id is null or {columns.Contains("location")} then i.location else p.location end as location,
            case when p.id is null or {columns.Contains("timeZone")} then i.time_zone else p.time_zone end as time_zone,
            case when p.id is null or {columns.Contains("languages")} then i.languages else p.languages end as languages,
            case when p.id is null or {columns.Contains("leftOn")} then i.left_on else p.left_on end as left_on) will;
        analyze arriving (row, bad, again, id, known, same, leaving, external_id, email, manager_external_id);
        """, ct);

    /// <summary>
    /// Keys and addresses are counted alone, and only those that are there twice are looked at closer. Of rows that are the same person the first
    /// stands for them all where managers are looked for: the others are <c>again</c>.
    /// </summary>
    private const string FindDoubles = """
        insert into row_faults
        select a.row, case when d.two_managers then 'managerExternalId' else 'externalId' end,
               case when d.two_managers then 'two-managers' else 'duplicate' end, a.external_id
        from arriving a
        join (
            select external_id, min(coalesce(manager_external_id, '')) <> max(coalesce(manager_external_id, '')) as two_managers
            from arriving
            join (select external_id from arriving group by external_id having count(*) > 1) doubled using (external_id)
            group by external_id) d using (external_id);
        insert into row_faults
        select a.row, 'email', 'email-twice', a.email
        from arriving a
        join (
            select email
            from arriving
            join (select email from arriving where not leaving and email is not null group by email having count(*) > 1) doubled using (email)
            where not leaving
            group by email having min(external_id) <> max(external_id)) d using (email)
        where not a.leaving;
        insert into row_faults
        select a.row, 'email', 'email-taken', a.email
        from arriving a
        join people p on p.email = a.email and p.id <> a.id and not p.gone
        left join arriving other on other.known and other.id = p.id and not other.bad
        where not a.leaving and not a.same and other.id is null;
        update arriving a set bad = true from row_faults f where f.row = a.row and not a.bad;
        update arriving a set again = true
        from (
            select row, row_number() over (partition by external_id order by row) > 1 or row_number() over (partition by id order by row) > 1 as again
            from arriving where bad and not leaving) seen
        where seen.row = a.row and seen.again;
        """;

    private const string TakenAfterAll = """
        with taken as (
            update arriving a set bad = true
            from people p
            where p.email = a.email and p.id <> a.id and not p.gone and not a.bad and not a.leaving and not a.same
                and not exists (select from arriving other where other.known and other.id = p.id and not other.bad)
            returning a.row, a.email)
        insert into row_faults select row, 'email', 'email-taken', email from taken
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
            and (select count(*) from line l where l.manager_id is null and (l.by_file or l.id in (select named.id from arriving named where named.known))) > 1;
        """;

    private const string FindManagersHere = """
        update line l set manager_id = here.id, lost = false
        from arriving a
        join people here on here.external_id = a.manager_external_id and not here.gone
            and not exists (select from arriving m where m.id = here.id and m.leaving and not m.bad)
        where l.lost and a.row = l.row
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
            // Whose row has turned out bad keeps the address that somebody else in the file was to have, and so on.
            while (mayLeaveOut && await Run(TakenAfterAll, ct) > 0)
            {
            }
            await db.Database.ExecuteSqlAsync($"""
                drop table if exists line, superiors, lines_below;
                create temp table line (id uuid not null, manager_id uuid, row int, lost boolean not null, by_file boolean not null) on commit drop;
                insert into line
                select a.id, coming.id, a.row, a.manager_external_id is not null and coming.id is null, true
                from arriving a
                left join arriving coming on coming.external_id = a.manager_external_id and not coming.leaving and not coming.again and (not coming.bad or not {mayLeaveOut})
                where not a.leaving and not a.again and (not a.bad or not {mayLeaveOut});
                analyze line;
                """, ct);
            // A file of everybody needs none of it.
            if (await db.Database.SqlQuery<bool>($"""select exists (select from line where lost) as "Value" """).SingleAsync(ct))
                await Run(FindManagersHere, ct);
            var lost = await db.Database.ExecuteSqlAsync($"""
                with lost as (
                    update arriving a set bad = true from line l
                    where l.row = a.row and l.lost and not a.bad
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
            blamed += await BlameTooLong(mayLeaveOut, ct);
            if (!mayLeaveOut)
                return;
            if (blamed == 0)
                throw new InvalidOperationException("A reporting cycle, or a line too long, that no row of the file is part of: the stored lines were broken before.");
        }
    }

    /// <summary>Who would be the first on their line to have too many above them; or where the file says nothing of them, whoever is next above of whom it does.</summary>
    private Task<int> BlameTooLong(bool mayLeaveOut, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        with recursive too_low (id) as (
            select l.id from line l
            join superiors s on s.id = l.manager_id
            join lines_below above on above.id = s.manager_id
            where not exists (select from lines_below below where below.id = s.id)
            union
            select l.manager_id from too_low
            join line l on l.id = too_low.id
            where not exists (select from arriving a where a.id = l.id and not a.leaving and (not a.bad or not {mayLeaveOut}))),
        blamed as (
            update arriving a set bad = true from too_low
            where a.id = too_low.id and not a.bad and not a.leaving returning a.row, a.manager_external_id)
        insert into row_faults select row, 'managerExternalId', 'line-too-long', manager_external_id from blamed
        """, ct);

    /// <summary>
    /// Everybody with the manager they would have; and of each superior, from the top down, the line of those who report to them. Most are nobody's
    /// superior and need none. Those who report to somebody who leaves, and of whom the file says nothing, report to the leaver's manager.
    /// </summary>
    private async Task DrawLines(bool mayLeaveOut, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into line
            select p.id, p.manager_id, null, false, p.external_id is not null from people p
            where not p.gone and not exists (select from arriving a where a.known and a.id = p.id and (not a.bad or not {mayLeaveOut}));
            """, ct);
        while (await Run("""
            update line l set manager_id = a.was_below from arriving a
            where a.leaving and a.known and not a.bad and l.manager_id = a.id
            """, ct) > 0)
        {
        }
        await Run(DrawSuperiors, ct);
    }

    private static readonly string DrawSuperiors = $"""
        create temp table superiors on commit drop as
        select id, manager_id from line where id in (select manager_id from line);
        analyze superiors;
        create temp table lines_below on commit drop as
        with recursive down (id, line) as (
            select id, array[id] from superiors where manager_id is null
            union all
            select superiors.id, superiors.id || down.line from superiors join down on superiors.manager_id = down.id
            where cardinality(down.line) < {Person.MostSuperiors})
        select id, line from down;
        analyze lines_below (id);
        """;

    /// <summary>The superiors whose line was not drawn: they are on a cycle or below one, or have as many above them as anybody may have, or more.</summary>
    private async Task<IReadOnlyDictionary<Guid, Guid>> Unending(CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<Link>($"""
            select s.id as "Id", s.manager_id as "ManagerId" from superiors s
            where s.manager_id is not null and not exists (select from lines_below below where below.id = s.id)
            """).ToListAsync(ct);
        return rows.ToDictionary(row => row.Id, row => row.ManagerId);
    }

    /// <summary>What will become of each good row, and whom it touches; the same for a dry run.</summary>
    private async Task<LoadOutcome> Classify(CancellationToken ct)
    {
        await Run("""
            create temp table changed on commit drop as
            select a.row, a.id
            from arriving a join line l on l.row = a.row
            where a.known and not a.leaving and not a.bad and (not a.same or a.was_below is distinct from l.manager_id);
            analyze changed;

            create temp table touched (id uuid not null, line_changed boolean not null, snapshot_changed boolean not null) on commit drop;
            """, ct);
        var outcome = await db.Database.SqlQuery<Outcomes>($"""
            select count(*) as "Good", count(*) filter (where not leaving and not known) as "Added", (select count(*) from changed) as "Changed",
                count(*) filter (where leaving and known) as "Left"
            from arriving where not bad
            """).SingleAsync(ct);
        if (outcome.Changed + outcome.Left > 0)
            await Run(FindTouched, ct);
        return new LoadOutcome(outcome.Added, outcome.Changed, outcome.Good - outcome.Added - outcome.Changed - outcome.Left, outcome.Left);
    }

    /// <summary>Lines follow from managers: where nobody here has changed or leaves, everybody's is as it was.</summary>
    private const string FindTouched = """
        insert into touched
        select p.id,
               p.chain is distinct from will.chain,
               a.id is not null and (p.unit_path, p.stage, p.grade, p.location, p.time_zone, p.languages)
                   is distinct from (a.unit_path, a.stage, a.grade, a.location, a.time_zone, a.languages)
        from people p
        join line l on l.id = p.id
        left join lines_below above on above.id = l.manager_id
        cross join lateral (select case when l.manager_id is null then array[]::uuid[] else above.line end as chain) will
        left join changed c on c.id = p.id
        left join arriving a on a.row = c.row
        where c.id is not null or p.chain is distinct from will.chain or p.manager_id is distinct from l.manager_id;
        analyze touched;
        """;

    /// <summary>What nobody is to be written by is not run: each statement would read everybody to find nobody.</summary>
    private async Task Write(LoadOutcome outcome, CancellationToken ct)
    {
        if (outcome.Left > 0)
        {
            await Run("""
                update people p set gone = true, left_on = a.left_on, version = p.version + 1
                from arriving a where a.leaving and a.known and not a.bad and p.id = a.id
                """, ct);
        }
        if (outcome.Changed > 0)
        {
            // Two people may swap addresses, and one may take a leaver's; the index would see the first half of it.
            await Run("""
                update people p set email = null
                from arriving a join changed c on c.row = a.row
                where p.id = a.id and p.email is distinct from a.email and p.email is not null
                """, ct);
        }
        if (outcome.Added > 0)
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into people (unit_id, id, external_id, given_name, family_name, family_first, given_first, email, title, unit_path, manager_id, chain, stage,
                    stage_told, grade, location, time_zone, languages, left_on, gone, is_guest, known_elsewhere, version)
                select {db.Unit.UnitId}, a.id, a.external_id, a.given_name, a.family_name, a.family_first, a.given_first, a.email, a.title, a.unit_path, l.manager_id,
                    case when l.manager_id is null then array[]::uuid[] else above.line end,
                    a.stage, a.stage_told, a.grade, a.location, a.time_zone, a.languages, a.left_on, false, false, false, 1
                from arriving a
                join line l on l.row = a.row
                left join lines_below above on above.id = l.manager_id
                where not a.known and not a.leaving and not a.bad
                """, ct);
        }
        if (outcome.Changed > 0)
        {
            await Run("""
                update people p set
                    external_id = a.external_id, given_name = a.given_name, family_name = a.family_name, family_first = a.family_first,
                    given_first = a.given_first, email = a.email, title = a.title, unit_path = a.unit_path, manager_id = l.manager_id,
                    chain = case when l.manager_id is null then array[]::uuid[] else above.line end,
                    stage = a.stage, stage_told = a.stage_told, grade = a.grade, location = a.location, time_zone = a.time_zone, languages = a.languages,
                    left_on = a.left_on, version = p.version + 1
                from arriving a
                join changed c on c.row = a.row
                join line l on l.row = a.row
                left join lines_below above on above.id = l.manager_id
                where p.id = a.id
                """, ct);
        }
        if (outcome.Changed + outcome.Left > 0)
        {
            await Run("""
                update people p set manager_id = l.manager_id, chain = case when l.manager_id is null then array[]::uuid[] else above.line end, version = p.version + 1
                from touched t
                join line l on l.id = t.id
                left join lines_below above on above.id = l.manager_id
                where p.id = t.id and not exists (select from changed c where c.id = t.id)
                """, ct);
        }
    }

    /// <summary>Whoever leaves on a day to come is seen to on that day.</summary>
    private async Task SetLeavingDays(string unitZone, DateOnly today, CancellationToken ct)
    {
        var leaving = await db.Database.SqlQuery<LastDay>($"""
            select a.id as "Id", a.left_on as "Day" from arriving a
            where a.left_on > {today} and not a.leaving and not a.bad and (not a.known or a.row in (select row from changed))
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
        var left = await Ids("""select id as "Value" from arriving where leaving and known and not bad""", ct);
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

    private sealed record Outcomes(long Good, long Added, long Changed, long Left);

    private sealed record LastDay(Guid Id, DateOnly Day);
}
