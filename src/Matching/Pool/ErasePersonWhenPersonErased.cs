using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pairs;
using Mentoring.Matching.Runs;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>
/// Nothing of a person stays: copies, proposals and pairs go, after being ended for the others' sake; runs keep their figures, lose the
/// pool they were computed from and say that they can no longer be computed again.
/// </summary>
internal sealed class ErasePersonWhenPersonErased(MatchingDb db, Inbox inbox, Leaving leaving, SolvedRuns solved) : IConsumer<PersonErased>
{
    public async Task Consume(ConsumeContext<PersonErased> context)
    {
        var (personId, ct) = (context.Message.PersonId, context.CancellationToken);
        await Person.Remove(personId, db, inbox, ct);
        await leaving.EndAll(_ => true, _ => true, personId, atOnce: true, ct);
        await db.SaveChangesAsync(ct);

        // The message's transaction holds both: what was just ended is gone with the rest.
        await db.Proposals.Where(p => p.MentorId == personId || p.MenteeId == personId).ExecuteDeleteAsync(ct);
        await db.Pairs.Where(p => p.MentorId == personId || p.MenteeId == personId).ExecuteDeleteAsync(ct);
        await EraseFromRuns(personId, ct);
    }

    private async Task EraseFromRuns(Guid personId, CancellationToken ct)
    {
        await db.RunPairs.Where(p => p.MentorId == personId || p.MenteeId == personId).ExecuteDeleteAsync(ct);
        await db.RunUnmatched.Where(u => u.PersonId == personId).ExecuteDeleteAsync(ct);
        var held = await db.RunPools.Where(p => p.PersonIds.Contains(personId)).Select(p => p.RunId).ToListAsync(ct);
        await db.RunPools.Where(p => held.Contains(p.RunId)).ExecuteDeleteAsync(ct);
        solved.Forget(db.Unit, held);

        // Locks and bans are read whole, so they are looked through here; runs are few.
        foreach (var run in await db.Runs.ToListAsync(ct))
        {
            var named = run.Locks.Concat(run.Bans).Any(Names);
            if (!named && !held.Contains(run.Id)) continue;
            run.Reproducible = false;
            run.Locks = [.. run.Locks.Where(couple => !Names(couple))];
            run.Bans = [.. run.Bans.Where(couple => !Names(couple))];
        }
        await db.SaveChangesAsync(ct);

        bool Names(Couple couple) => couple.MentorId == personId || couple.MenteeId == personId;
    }
}
