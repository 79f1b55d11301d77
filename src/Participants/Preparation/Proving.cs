using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Microsoft.EntityFrameworkCore;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants.Preparation;

/// <summary>
/// A module is learnt by a person, not by an enrolment: its proof counts with its own date wherever the person takes part, now or later.
/// </summary>
internal static class Proving
{
    /// <summary>What the person has proven anywhere, each module at its first date.</summary>
    public static async Task<IReadOnlyList<Proof>> Of(Guid personId, ParticipantsDb db, CancellationToken ct)
    {
        var parts = await db.Participants.AsNoTracking().Where(known => known.PersonId == personId).ToListAsync(ct);
        return [.. parts.SelectMany(part => part.Proofs).GroupBy(proof => proof.Module).Select(proofs => proofs.MinBy(proof => proof.At)!)];
    }

    /// <summary>Takes the proofs over that this part still needs, and tells when it is prepared by them. The caller saves.</summary>
    /// <returns>Whether others were told that it is prepared by them.</returns>
    public static bool Take(Participant participant, Programme programme, IEnumerable<Proof> proofs, DateTimeOffset now, Outbox outbox)
    {
        var needed = programme.ModulesFor(participant.Side);
        var prepared = false;
        foreach (var proof in proofs.Where(proof => needed.Contains(proof.Module)))
            prepared |= participant.Prove(proof, needed, now);
        // Whoever waits for a place may prepare already; others are told with the place.
        if (!prepared || participant.State == ParticipantState.Waiting)
            return false;
        outbox.Publish(new PreparationDone(participant.Id, participant.Version, programme.Id, participant.PersonId, participant.Side));
        return true;
    }
}
