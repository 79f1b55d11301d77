using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// A newer file is applied to a programme there is: to a draft whatever it says, to an open one if every change is safe. Otherwise it names those
/// that are not and changes nothing, so that the file that is kept is always the one that holds.
/// </summary>
public static class ApplyProgramme
{
    public static async Task<IResult> Handle(
        string slug, ProgrammeBody body, Precondition precondition, Caller caller, ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await Atomically.Begin(db, ct);
        // Nobody enrols between being looked at and the change.
        await db.Database.ExecuteSqlAsync($"select from programmes where slug = {slug} for update", ct);
        if (await ReadProgrammes.Find(slug, caller, db.Programmes, ct) is not { } programme)
            return Problems.NotFound();
        if (!ReadProgrammes.MakesIt(caller, programme))
            return Problems.RoleMissing();
        if (precondition.Refusal(programme.Version) is { } stale)
            return stale;
        var check = await ProgrammeCheck.Of(body, db, ct);
        if (check.Settings is not { } settings)
            return CreateProgramme.Refused(check.Problems);

        var now = clock.GetUtcNow();
        var by = caller.Kind == CallerKind.Person ? caller.PersonId : (Guid?)null;
        var (sponsorBefore, wavesBefore, fileBefore) = (programme.SponsorId, programme.Waves, programme.File);
        var (changes, refusal) = programme.Apply(
            settings, body.Text, check.People, await TakingPart(programme.Id, db, ct), await Gone(programme, db, ct), by, now);
        if (refusal is { } refused)
            return Problem(refused, changes);
        if (changes.Count == 0 && fileBefore == body.Text)
            return Precondition.Ok(new Applied(changes, WordingCheck.Of(settings), await ReadProgrammes.View(programme, db, ct)), programme.Version);

        db.ProgrammeFiles.Add(await Next(programme, body, changes, by, now, db, ct));
        await GiveRoles(programme, sponsorBefore, db, outbox, clock, ct);
        if (programme.State == ProgrammeState.Open)
        {
            var unlocked = programme.Weigh(await UnlockWaves.Progress(db, programme.Id, ct), now);
            await SetTimers(programme, wavesBefore, timers, ct);
            await Rhythms.Set(programme, timers, now, ct);
            await MoveUp.Of(programme, db, outbox, ct);
            foreach (var wave in unlocked)
                outbox.Publish(UnlockWaves.Fact(programme, wave));
            outbox.Publish(new ProgrammeChanged(programme.Id, programme.Version, programme.ToFact()));
        }
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), by ?? Guid.Empty, "programme-applied", programme.Id, now));
        try
        {
            await db.SaveChangesAsync(ct);
            await change.Commit(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: ProgrammeMapping.SlugIsTaken })
        {
            return Problems.Of(409, "programme-exists", $"There is another programme '{settings.Slug}' already; give another name, or a `slug:` of its own.");
        }
        return Precondition.Ok(new Applied(changes, WordingCheck.Of(settings), await ReadProgrammes.View(programme, db, ct)), programme.Version);
    }

    /// <summary>Everybody who takes part, waiting ones included, as far as a change can touch them.</summary>
    internal static async Task<IReadOnlyList<Enrolled>> TakingPart(Guid programmeId, ParticipantsDb db, CancellationToken ct) => await (
        from participant in db.Participants.AsNoTracking()
        join person in db.People on participant.PersonId equals person.Id
        where participant.ProgrammeId == programmeId && participant.State != ParticipantState.Withdrawn
        select new Enrolled(
            participant.PersonId, participant.Side, person.Stage, person.Location, person.UnitPath, participant.PreparedAt != null, participant.Wave, person.IsGuest,
            participant.State == ParticipantState.Waiting)).ToListAsync(ct);

    /// <summary>Whom its waves name and who is no longer here: no newer file can name them.</summary>
    internal static async Task<IReadOnlyCollection<Guid>> Gone(Programme programme, ParticipantsDb db, CancellationToken ct)
    {
        Guid[] named = [.. programme.Waves.SelectMany(wave => wave.PeopleIds)];
        return await db.People.Where(person => named.Contains(person.Id) && person.Gone).Select(person => person.Id).ToListAsync(ct);
    }

    // The number is safe from a second writer, who waits for the programme's row.
    internal static async Task<ProgrammeFileVersion> Next(
        Programme programme, ProgrammeBody body, IReadOnlyList<SettingChange> changes, Guid? by, DateTimeOffset now, ParticipantsDb db, CancellationToken ct) => new()
        {
            Id = Guid.CreateVersion7(now),
            ProgrammeId = programme.Id,
            Number = 1 + (await db.ProgrammeFiles.Where(file => file.ProgrammeId == programme.Id).MaxAsync(file => (int?)file.Number, ct) ?? 0),
            Text = body.Text,
            Json = body.Json,
            At = now,
            ById = by,
            Changes = changes,
        };

    private static async Task GiveRoles(Programme programme, Guid sponsorBefore, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (sponsorBefore != programme.SponsorId
            && await db.Memberships.SingleOrDefaultAsync(held => held.UnitId == db.Unit.UnitId && held.PersonId == sponsorBefore && !held.Ended, ct) is { } before
            && before.Take(Roles.Sponsor, programme.Id))
        {
            outbox.Publish(before.ToFact());
        }
        await GiveRole.To(db, outbox, clock, programme.SponsorId, Roles.Sponsor, programme.Id, ct);
        foreach (var manager in programme.ManagerIds)
            await GiveRole.To(db, outbox, clock, manager, Roles.ProgrammeManager, programme.Id, ct);
    }

    private static async Task SetTimers(Programme programme, IReadOnlyList<ProgrammeWave> before, Timers timers, CancellationToken ct)
    {
        foreach (var wave in programme.Waves.Where(wave => wave is { UnlockedAt: null, Unlock.Date: not null }))
            await timers.Set(UnlockWaveByDate.Name, $"{programme.Id}/{wave.Name}", UnlockWaveByDate.DueAt(wave.Unlock!.Date!.Value), programme.Id, ct: ct);
        foreach (var gone in before.Where(wave => wave.Unlock?.Date is not null && programme.Waves.All(now => now.Name != wave.Name || now.Unlock?.Date is null)))
            await timers.Clear(UnlockWaveByDate.Name, $"{programme.Id}/{gone.Name}", ct);
    }

    private static IResult Problem(ApplyRefusal refusal, IReadOnlyList<SettingChange> changes) => refusal switch
    {
        ApplyRefusal.Closed => Problems.Of(409, "programme-closed", "The programme is over and changes no more. Create another one from the file."),
        ApplyRefusal.Unsafe => Problems.Of(
            422,
            "change-unsafe",
            "The programme is open, and these changes are not safe for those who take part. Take them out of the file; nothing has been changed.",
            changes.Where(change => !change.Safe).ToDictionary(change => change.Path, change => new[] { change.Words })),
    };
}

/// <param name="Changes">What changed; empty where the file says what held before.</param>
/// <param name="Warnings">Wording that may read as correction of a person.</param>
public sealed record Applied(IReadOnlyList<SettingChange> Changes, IReadOnlyList<WordingWarning> Warnings, ProgrammeView Programme);
