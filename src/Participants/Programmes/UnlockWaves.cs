using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>What every reaction does once it has noted its fact: weigh the programme's waves again and tell of those that unlock.</summary>
internal static class UnlockWaves
{
    /// <summary>
    /// Takes the programme's row first: of two facts weighed at once the second sees the first, so that a wave neither unlocks twice nor
    /// is left locked because each saw only its own half.
    /// </summary>
    public static async Task Of(Guid programmeId, ParticipantsDb db, Outbox outbox, DateTimeOffset now, CancellationToken ct)
    {
        if (await Locked(db, programmeId, ct) is not { } programme)
            return;
        Tell(programme, programme.Weigh(await Progress(db, programmeId, ct), now), outbox);
    }

    public static async Task<Programme?> Locked(ParticipantsDb db, Guid programmeId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from programmes where id = {programmeId} for update", ct);
        return await db.Programmes.SingleOrDefaultAsync(programme => programme.Id == programmeId, ct);
    }

    public static async Task<IReadOnlyCollection<PairProgress>> Progress(ParticipantsDb db, Guid programmeId, CancellationToken ct) =>
        await db.ProgrammePairs
            .Where(pair => pair.ProgrammeId == programmeId)
            .Select(pair => new PairProgress(
                pair.Wave,
                db.ProgrammeSessions.Count(session => session.ProgrammeId == programmeId && session.PairId == pair.PairId && session.Held),
                pair.Ended,
                db.ProgrammeSessions.Where(session => session.ProgrammeId == programmeId && session.PairId == pair.PairId && session.Held).Min(session => session.StartsAt)))
            .ToListAsync(ct);

    public static WaveUnlocked Fact(Programme programme, ProgrammeWave wave) => new(
        programme.Id, programme.Version, wave.Name, wave.Why!, Kebab.Of(wave.By!.Cause), wave.By.PersonId, wave.By.ReviewId);

    public static void Tell(Programme programme, IReadOnlyList<ProgrammeWave> unlocked, Outbox outbox)
    {
        if (unlocked.Count == 0)
            return;
        foreach (var wave in unlocked)
            outbox.Publish(Fact(programme, wave));
        outbox.Publish(new ProgrammeChanged(programme.Id, programme.Version, programme.ToFact()));
    }
}
