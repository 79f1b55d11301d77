using Mentoring.Contracts.Participants;
using Mentoring.Matching.Proposals;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>Takes the snapshot of a programme's pool.</summary>
internal static class PoolReader
{
    private const int RowsAtOnce = 500;
    private static readonly int ChunksAhead = 2 * Environment.ProcessorCount;

    public static async Task<PoolSnapshot> Read(MatchingDb db, KnownProgramme programme, DateOnly on, CancellationToken ct)
    {
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

        var members = await Members(db, programme.Id, row => new Member(
            row.PersonId,
            row.Wave,
            Math.Max(0, Capacity(row.Side) - held.GetValueOrDefault((row.Side, row.PersonId))),
            // Lived experience is no ground for a pair: runs do not even have it.
            JsonColumn.Read<ParticipantSnapshot>(row.Snapshot) with { LivedExperience = null },
            row.Chain,
            [.. wishes[(row.Side, row.PersonId)]]), ct);
        return new PoolSnapshot(
            on,
            [.. members.Where(one => one.Side == Side.Mentor).Select(one => one.Member)],
            [.. members.Where(one => one.Side == Side.Mentee).Select(one => one.Member)],
            [.. proposed.Concat(paired).Select(two => new Couple(two.MentorId, two.MenteeId)).Distinct().OrderBy(couple => couple.MentorId).ThenBy(couple => couple.MenteeId)],
            []);

        int Capacity(Side side) => (side == Side.Mentor ? programme.Settings.Mentors : programme.Settings.Mentees).Capacity;
    }

    /// <summary>By id. Rows are parsed on every processor while those after them are still coming: of a large pool that is most of the work.</summary>
    private static async Task<IReadOnlyList<(Side Side, Member Member)>> Members(
        MatchingDb db, Guid programmeId, Func<Row, Member> parse, CancellationToken ct)
    {
        // Someone whose name or reporting line has not come yet is not in the pool yet: authority could not be checked.
        var rows = db.Database.SqlQuery<Row>($"""
            select p.side as "SideName", p.person_id as "PersonId", p.wave as "Wave", convert_to(p.snapshot::text, 'UTF8') as "Snapshot", line.chain as "Chain"
            from participants p
            join people person on person.unit_id = p.unit_id and person.id = p.person_id
            join reporting_lines line on line.unit_id = p.unit_id and line.person_id = p.person_id
            where p.programme_id = {programmeId} and p.ready and (p.prepared or p.side = {nameof(Side.Mentee)})
            """);
        var parsing = new List<Task<(Side, Member)[]>>();
        await foreach (var chunk in rows.AsAsyncEnumerable().Chunk(RowsAtOnce).WithCancellation(ct))
        {
            // Not further ahead than the processors follow: as text everybody takes far more memory.
            if (parsing.Count >= ChunksAhead)
                await parsing[^ChunksAhead];
            parsing.Add(Task.Run(() => chunk.Select(row => (row.Side, parse(row))).ToArray(), ct));
        }
        // In order here: the database would write snapshots of this size to its disk to sort them.
        return [.. (await Task.WhenAll(parsing)).SelectMany(members => members).OrderBy(one => one.Item2.PersonId)];
    }

    private sealed record Row(string SideName, Guid PersonId, string? Wave, byte[] Snapshot, Guid[] Chain)
    {
        public Side Side => Enum.Parse<Side>(SideName);
    }
}
