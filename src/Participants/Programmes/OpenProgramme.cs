using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Programmes;

/// <summary>A draft takes people from now on.</summary>
public static class OpenProgramme
{
    public static async Task<IResult> Handle(
        string slug, Caller caller, ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (await ReadProgrammes.Find(slug, caller, db.Programmes, ct) is not { } programme)
            return Problems.NotFound();
        if (!ReadProgrammes.MakesIt(caller, programme))
            return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        if (await Now(programme, caller, outbox, timers, now, ct) is { } refusal)
            return Problem(refusal);
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(await ReadProgrammes.View(programme, db, ct), programme.Version);
    }

    /// <summary>Also where the expansion of another programme opens it. The caller saves.</summary>
    internal static async Task<OpenRefusal?> Now(Programme programme, Caller caller, Outbox outbox, Timers timers, DateTimeOffset now, CancellationToken ct)
    {
        if (programme.Open(caller.Kind == CallerKind.Person ? caller.PersonId : null, now) is { } refusal)
            return refusal;
        // A day that lies behind is no condition any more.
        programme.Weigh([], now);
        foreach (var wave in programme.Waves.Where(wave => wave is { UnlockedAt: null, Unlock.Date: not null }))
            await timers.Set(UnlockWaveByDate.Name, $"{programme.Id}/{wave.Name}", UnlockWaveByDate.DueAt(wave.Unlock!.Date!.Value), programme.Id, ct: ct);
        await Rhythms.Set(programme, timers, now, ct);
        outbox.Publish(new ProgrammeOpened(programme.Id, programme.Version, programme.ToFact()));
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "programme-opened", programme.Id, now));
        return null;
    }

    private static IResult Problem(OpenRefusal refusal) => refusal switch
    {
        OpenRefusal.NotDraft => Problems.Of(409, "programme-not-draft", "Only a draft can be opened; this programme is open or over."),
    };
}
