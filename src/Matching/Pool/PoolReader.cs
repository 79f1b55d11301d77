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
            select new { Participant = participant, line.Chain }).ToListAsync(ct);

        var held = await db.Places.AsNoTracking()
            .Where(place => place.ProgrammeId == programme.Id)
            .GroupBy(place => new { place.Side, place.PersonId })
            .Select(group => new { group.Key.Side, group.Key.PersonId, Count = group.Count() })
            .ToDictionaryAsync(group => (group.Side, group.PersonId), group => group.Count, ct);

        var proposed = await db.Proposals.AsNoTracking()
            .Where(proposal => proposal.ProgrammeId == programme.Id && proposal.State != ProposalState.Accepted)
            .Select(proposal => new Couple(proposal.MentorId, proposal.MenteeId)).ToListAsync(ct);
        var paired = await db.Pairs.AsNoTracking()
            .Where(pair => pair.ProgrammeId == programme.Id)
            .Select(pair => new Couple(pair.MentorId, pair.MenteeId)).ToListAsync(ct);

        return new PoolSnapshot(
            on,
            SideOf(Side.Mentor, programme.Settings.Mentors.Capacity),
            SideOf(Side.Mentee, programme.Settings.Mentees.Capacity),
            [.. proposed.Concat(paired).Distinct().OrderBy(couple => couple.MentorId).ThenBy(couple => couple.MenteeId)]);

        IReadOnlyList<Member> SideOf(Side side, int capacity) =>
        [
            .. from member in members
               let participant = member.Participant
               where participant.Side == side
               orderby participant.PersonId
               select new Member(
                   participant.PersonId,
                   participant.Wave,
                   Math.Max(0, capacity - held.GetValueOrDefault((side, participant.PersonId))),
                   participant.Snapshot,
                   member.Chain),
        ];
    }
}
