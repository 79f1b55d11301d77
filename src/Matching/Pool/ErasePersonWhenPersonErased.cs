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
internal sealed class ErasePersonWhenPersonErased(MatchingDb db, Inbox inbox, Leaving leaving, SolvedRuns solved, Traces traces) : IConsumer<PersonErased>
{
    public async Task Consume(ConsumeContext<PersonErased> context)
    {
        var (personId, ct) = (context.Message.PersonId, context.CancellationToken);
        var name = await db.People.Where(person => person.Id == personId).Select(person => person.Name).SingleOrDefaultAsync(ct);
        await Person.Remove(personId, db, inbox, ct);
        await leaving.EndAll(_ => true, _ => true, personId, atOnce: true, ct);
        await db.SaveChangesAsync(ct);

        // The message's transaction holds both: what was just ended is gone with the rest.
        await db.Proposals.Where(p => p.MentorId == personId || p.MenteeId == personId).ExecuteDeleteAsync(ct);
        await db.Pairs.Where(p => p.MentorId == personId || p.MenteeId == personId).ExecuteDeleteAsync(ct);
        await EraseFromRuns(personId, ct);
        await EraseFromOthers(personId, ct);
        await traces.Erase(personId, name is null ? [] : [name], ct);
    }

    /// <summary>Where others' copies name the person: a line above somebody, a duty in a programme.</summary>
    private async Task EraseFromOthers(Guid personId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"update reporting_lines set chain = array_remove(chain, {personId}) where {personId} = any (chain)", ct);
        await db.Runs.Where(run => run.StartedById == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.StartedById, Guid.Empty), ct);
        // A unit has a few dozen programmes. Those that go on are told anew, with who stands in; a closed one is not.
        foreach (var known in await db.Programmes.ToListAsync(ct))
        {
            var settings = known.Settings;
            if (settings.SponsorId == personId || settings.DeputyId == personId || settings.ManagerIds.Contains(personId))
            {
                known.Settings = settings with
                {
                    SponsorId = settings.SponsorId == personId ? Guid.Empty : settings.SponsorId,
                    DeputyId = settings.DeputyId == personId ? null : settings.DeputyId,
                    ManagerIds = [.. settings.ManagerIds.Where(id => id != personId)],
                };
            }
        }
        await db.SaveChangesAsync(ct);
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
