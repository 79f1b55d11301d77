using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Programmes;

/// <summary>A programme is over; it stays readable.</summary>
public static class CloseProgramme
{
    public static async Task<IResult> Handle(
        string slug, Caller caller, ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (await ReadProgrammes.Find(slug, caller, db.Programmes, ct) is not { } programme)
            return Problems.NotFound();
        if (!ReadProgrammes.MakesIt(caller, programme))
            return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        if (programme.Close(now) is { } refusal)
            return Problem(refusal);
        foreach (var wave in programme.Waves.Where(wave => wave is { UnlockedAt: null, Unlock.Date: not null }))
            await timers.Clear(UnlockWaveByDate.Name, $"{programme.Id}/{wave.Name}", ct);
        await Rhythms.Clear(programme, timers, ct);
        outbox.Publish(new ProgrammeClosed(programme.Id, programme.Version));
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "programme-closed", programme.Id, now));
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(await ReadProgrammes.View(programme, db, ct), programme.Version);
    }

    private static IResult Problem(CloseRefusal refusal) => refusal switch
    {
        CloseRefusal.NotOpen => Problems.Of(409, "programme-not-open", "Only an open programme can be closed."),
    };
}
