using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Runs;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Proposals;

/// <summary>Which places of a programme are free. What is taken here and elsewhere at the same moment collides on the key of <see cref="Place"/>.</summary>
internal sealed class FreePlaces
{
    private readonly Programme _programme;
    private readonly HashSet<(Side Side, Guid PersonId, int Number)> _held;

    private FreePlaces(Programme programme, IEnumerable<(Side, Guid, int)> held)
    {
        _programme = programme;
        _held = [.. held];
    }

    public static async Task<FreePlaces> Read(MatchingDb db, KnownProgramme programme, CancellationToken ct)
    {
        var held = await db.Places.AsNoTracking().Where(place => place.ProgrammeId == programme.Id).ToListAsync(ct);
        return new FreePlaces(programme.Settings, held.Select(place => (place.Side, place.PersonId, place.Number)));
    }

    public bool AreThere(RunPair pair) => Lowest(Side.Mentor, pair.MentorId) is not null && Lowest(Side.Mentee, pair.MenteeId) is not null;

    /// <summary>The lowest free place on either side, for this proposal.</summary>
    public IEnumerable<Place> Take(Proposal proposal) => [Take(proposal, Side.Mentor), Take(proposal, Side.Mentee)];

    private Place Take(Proposal proposal, Side side)
    {
        var personId = proposal.PersonOn(side);
        var number = Lowest(side, personId) ?? throw new InvalidOperationException("No place is free.");
        _held.Add((side, personId, number));
        return new Place { ProgrammeId = proposal.ProgrammeId, Side = side, PersonId = personId, Number = number, HeldBy = proposal.Id };
    }

    private int? Lowest(Side side, Guid personId)
    {
        var capacity = (side == Side.Mentor ? _programme.Mentors : _programme.Mentees).Capacity;
        for (var number = 1; number <= capacity; number++)
            if (!_held.Contains((side, personId, number))) return number;
        return null;
    }
}
