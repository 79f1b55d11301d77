using Mentoring.Contracts.Participants;
using Mentoring.Matching.Proposals;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>Takes the snapshot of a programme's pool.</summary>
internal static class PoolReader
{
    public static async Task<PoolSnapshot> Read(MatchingDb db, KnownProgramme programme, DateOnly on, CancellationToken ct)
    {
        // Someone whose name or reporting line has not come yet is not in the pool yet: authority could not be checked.
        var members = await (
            from participant in db.Participants.AsNoTracking()
            join person in db.People on participant.PersonId equals person.Id
            join line in db.ReportingLines on participant.PersonId equals line.PersonId
            where participant.ProgrammeId == programme.Id && participant.Ready && (participant.Prepared || participant.Side == Side.Mentee)
            select new { participant.Side, participant.PersonId, participant.Wave, participant.Snapshot, line.Chain }).ToListAsync(ct);

        var held = await db.Places.AsNoTracking()
            .Where(place => place.ProgrammeId == programme.Id)
            .GroupBy(place => new { place.Side, place.PersonId })
            .Select(group => new { group.Key.Side, group.Key.PersonId, Count = group.Count() })
            .ToDictionaryAsync(group => (group.Side, group.PersonId), group => group.Count, ct);

        var proposed = await db.Proposals.AsNoTracking()
            .Where(proposal => proposal.ProgrammeId == programme.Id && proposal.State != ProposalState.Accepted)
            .Select(proposal => new { proposal.MentorId, proposal.MenteeId }).ToListAsync(ct);
        var paired = await db.Pairs.AsNoTracking()
            .Where(pair => pair.ProgrammeId == programme.Id)
            .Select(pair => new { pair.MentorId, pair.MenteeId }).ToListAsync(ct);
        var wishes = (await db.Wishes.AsNoTracking().Where(wish => wish.ProgrammeId == programme.Id).OrderBy(wish => wish.Rank).ToListAsync(ct))
            .ToLookup(wish => (wish.Side, wish.PersonId), wish => wish.OtherId);

        return new PoolSnapshot(
            on,
            SideOf(Side.Mentor, programme.Settings.Mentors.Capacity),
            SideOf(Side.Mentee, programme.Settings.Mentees.Capacity),
            [.. proposed.Concat(paired).Select(two => new Couple(two.MentorId, two.MenteeId)).Distinct().OrderBy(couple => couple.MentorId).ThenBy(couple => couple.MenteeId)]);

        IReadOnlyList<Member> SideOf(Side side, int capacity) =>
        [
            .. from member in members
               where member.Side == side
               orderby member.PersonId
               select new Member(
                   member.PersonId,
                   member.Wave,
                   Math.Max(0, capacity - held.GetValueOrDefault((side, member.PersonId))),
                   member.Snapshot,
                   member.Chain,
                   [.. wishes[(side, member.PersonId)]]),
        ];
    }
}
