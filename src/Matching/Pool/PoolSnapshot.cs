using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Pool;

/// <summary>
/// Everybody who may be matched in a programme at one moment, exactly as they consented to be seen. A run is computed from this and
/// its policy alone, so that it can be computed again.
/// </summary>
/// <param name="On">The day it was taken: offsets between zones are those of the half-years from then.</param>
/// <param name="Mentors">Prepared mentors, by id.</param>
/// <param name="Mentees">Consenting mentees of every wave, by id.</param>
/// <param name="Blocked">Who is not proposed to one another again: a proposal of theirs did not proceed, or they have been a pair.</param>
/// <param name="Incumbents">The pairs of the run that this one starts from; none where it starts from nothing.</param>
public sealed record PoolSnapshot(
    DateOnly On,
    IReadOnlyList<Member> Mentors,
    IReadOnlyList<Member> Mentees,
    IReadOnlyList<Couple> Blocked,
    IReadOnlyList<Couple> Incumbents)
{
    /// <summary>Everybody named in it for their own sake: who is in the pool, was proposed or paired before, or is asked for. Not who merely stands above somebody.</summary>
    public IEnumerable<Guid> Named() => Mentors.Concat(Mentees).SelectMany(member => member.Wishes.Prepend(member.PersonId))
        .Concat(Blocked.Concat(Incumbents).SelectMany(couple => new[] { couple.MentorId, couple.MenteeId }))
        .Distinct();
}

/// <summary>One person on one side.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Wave">For a mentee, the wave.</param>
/// <param name="FreePlaces">How many pairs more: capacity less pairs and open proposals.</param>
/// <param name="Snapshot">What matching may see.</param>
/// <param name="Chain">Everybody above, the nearest first.</param>
/// <param name="Wishes">Whom the person has asked for, the most wanted first.</param>
public sealed record Member(
    Guid PersonId, string? Wave, int FreePlaces, ParticipantSnapshot Snapshot, IReadOnlyList<Guid> Chain, IReadOnlyList<Guid> Wishes);

/// <summary>Two people by side.</summary>
public readonly record struct Couple(Guid MentorId, Guid MenteeId);
