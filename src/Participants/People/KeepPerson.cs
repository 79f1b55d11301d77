using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.People;

public enum KeepRefusal
{
    ExternalIdTaken,
    EmailTaken,
    ManagerUnknown,
    ReportingCycle,
    LineTooLong,
}

/// <summary>
/// Adds one person or changes one, with what a file of people of one row would do: the stage that follows, everybody's line below, and facts for
/// exactly those of whom other services know. For one it costs a few look-ups whatever the size of the unit, where the file's statements look at
/// everybody.
/// </summary>
public sealed class KeepPerson(ParticipantsDb db, Outbox outbox, TimeProvider clock)
{
    /// <summary>Begins the change: none of lines or stages is made meanwhile. The caller commits.</summary>
    public async Task<Atomically> Begin(CancellationToken ct)
    {
        var change = await Atomically.Begin(db, ct);
        await ReportingLineLock.Take(db, ct);
        return change;
    }

    /// <summary>Whoever this is, here or gone, with nobody changing them meanwhile. Null where there is nobody.</summary>
    public Task<Person?> Hold(Guid id, CancellationToken ct) =>
        db.People.FromSql($"select * from people where id = {id} and not is_guest for no key update").SingleOrDefaultAsync(ct);

    /// <summary>Somebody new; saved. Refused where somebody here has the key or the address.</summary>
    public async Task<(Person? Added, KeepRefusal? Refusal)> Add(PersonDetails details, CancellationToken ct)
    {
        var (manager, refusal) = await ManagerOf(null, details, ct);
        if (refusal is not null)
            return (null, refusal);
        var person = Person.Told(details, await StageOf(details, ct), manager, clock.GetUtcNow());
        db.People.Add(person);
        return await Save(ct) is { } taken ? (null, taken) : (person, null);
    }

    /// <summary>The same person, told of anew; saved. The caller <see cref="Hold"/>s them, and they are here.</summary>
    public async Task<KeepRefusal?> Change(Person person, PersonDetails details, CancellationToken ct)
    {
        var (manager, refusal) = await ManagerOf(person, details, ct);
        if (refusal is not null)
            return refusal;
        var chain = person.Chain;
        if (!person.Become(details, await StageOf(details, ct), manager))
            return null;
        if (person.KnownElsewhere)
        {
            outbox.Publish(person.ToFact());
            if (!person.Chain.SequenceEqual(chain))
                outbox.Publish(new ReportingLineChanged(person.Id, person.Version, person.Chain));
        }
        if (!person.Chain.SequenceEqual(chain))
            await RedrawBelow(person, ct);
        await PublishParticipants.For(db, outbox, [person.Id], ct);
        return await Save(ct);
    }

    private async Task<(Person? Manager, KeepRefusal? Refusal)> ManagerOf(Person? person, PersonDetails details, CancellationToken ct)
    {
        if (details.ManagerId is not { } id)
            return (null, null);
        if (await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && !p.Gone && !p.IsGuest, ct) is not { } manager)
            return (null, KeepRefusal.ManagerUnknown);
        if (person is not null && (manager.Id == person.Id || manager.Chain.Contains(person.Id)))
            return (null, KeepRefusal.ReportingCycle);
        var below = person is null || person.ManagerId == id ? 0 : await LevelsBelow(person, ct);
        return manager.Chain.Count + 1 + below > Person.MostSuperiors ? (null, KeepRefusal.LineTooLong) : (manager, null);
    }

    private Task<int> LevelsBelow(Person person, CancellationToken ct) => db.Database.SqlQuery<int>($"""
        with recursive below (id, level) as (
            select id, 1 from people where manager_id = {person.Id} and not gone
            union all
            select p.id, b.level + 1 from people p join below b on p.manager_id = b.id where not p.gone)
        select coalesce(max(level), 0) as "Value" from below
        """).SingleAsync(ct);

    private async Task<CareerStage> StageOf(PersonDetails details, CancellationToken ct)
    {
        if (details.Stage is { } told)
            return told;
        var title = details.Title is null ? null : SearchText.Of(details.Title);
        if (title is not null && await db.StageRules.AsNoTracking().SingleOrDefaultAsync(rule => rule.TitleKey == title, ct) is { } rule)
            return rule.Stage;
        var scale = details.Grade is null ? null : await db.StageScales.AsNoTracking().SingleOrDefaultAsync(ct);
        return scale?.Of(details.Grade!.Value) ?? CareerStage.Established;
    }

    private async Task RedrawBelow(Person person, CancellationToken ct)
    {
        var chain = person.Chain.ToArray();
        // Down by managers, as an index finds them; locked in the order in which others lock people.
        var known = await db.Database.SqlQuery<Guid>($"""
            with recursive below (id) as (
                select id from people where manager_id = {person.Id} and not gone
                union all
                select p.id from people p join below b on p.manager_id = b.id where not p.gone),
            held as (select id from people where id in (select id from below) order by id for no key update),
            redrawn as (
                update people p set chain = p.chain[1:array_position(p.chain, {person.Id})] || {chain}, version = version + 1
                from held where p.id = held.id
                returning p.id, p.known_elsewhere)
            select id as "Value" from redrawn where known_elsewhere
            """).ToListAsync(ct);
        foreach (var report in await db.People.AsNoTracking().Where(p => known.Contains(p.Id)).ToListAsync(ct))
        {
            outbox.Publish(report.ToFact());
            outbox.Publish(new ReportingLineChanged(report.Id, report.Version, report.Chain));
        }
    }

    /// <summary>Which unique index refuses it, if one does: others write people, too.</summary>
    private async Task<KeepRefusal?> Save(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "ux_people_external_id" })
        {
            return KeepRefusal.ExternalIdTaken;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "ux_people_email" })
        {
            return KeepRefusal.EmailTaken;
        }
    }
}
