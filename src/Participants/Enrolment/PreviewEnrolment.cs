using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Mentoring.Participants.Enrolment;

/// <summary>Shows exactly what would be shared, before anybody agrees to it.</summary>
public static class PreviewEnrolment
{
    /// <param name="Programme">Slug.</param>
    /// <param name="Side"><c>mentor</c> or <c>mentee</c>.</param>
    /// <param name="ShareLocation">Default yes.</param>
    /// <param name="ShareInterests">Default yes.</param>
    /// <param name="ConsentsToSameChain">Default no.</param>
    /// <param name="BriefManager">Default yes.</param>
    /// <param name="ShareLivedExperience">Default no.</param>
    public sealed record Query(
        [FromQuery] string Programme,
        [FromQuery] string Side,
        [FromQuery] bool? ShareLocation,
        [FromQuery] bool? ShareInterests,
        [FromQuery] bool? ConsentsToSameChain,
        [FromQuery] bool? BriefManager,
        [FromQuery] bool? ShareLivedExperience);

    public static async Task<IResult> Handle([AsParameters] Query query, Caller caller, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!Kebab.TryParse<Side>(query.Side, out var side))
            return ServiceDefaults.Problems.Invalid("side", "must be mentor or mentee");
        var sharing = SnapshotChoices.With(
            new SnapshotChoices(query.ShareLocation ?? true, query.ShareInterests ?? true, query.ShareLivedExperience ?? false), query.ConsentsToSameChain ?? false, side);
        var (candidate, refusal) = await Candidate.Find(query.Programme, side, caller.PersonId, sharing, query.BriefManager ?? true, db, clock.GetUtcNow(), ct);
        return candidate is null
            ? Enrol.Problem(refusal!.Value)
            : Results.Ok(new Preview(
                candidate.Programme.Slug,
                side,
                candidate.Wave,
                candidate.Programme.ModulesFor(side),
                candidate.Snapshot,
                candidate.ShownTo,
                candidate.Programme.NameOf(side),
                await MoveUp.Free(candidate.Programme, side, db, ct) <= 0,
                Enrolment.BriefManager.TimeOf(candidate.Programme, side),
                candidate.Guest,
                candidate.Shown));
    }

    /// <param name="Modules">The preparation that follows.</param>
    /// <param name="Snapshot">What matching would see, and nothing else.</param>
    /// <param name="ShownTo">What is shown to whom, in words: with the snapshot, all that one consents to.</param>
    /// <param name="As">This programme's word for the side; else the side itself.</param>
    /// <param name="WouldWait">All places of this side are taken: whoever enrols now waits for one.</param>
    /// <param name="Time">What it takes of one's working time, as a line manager would be told it.</param>
    /// <param name="Guest">For a guest of another unit: the terms to accept, and until when; otherwise null.</param>
    /// <param name="Shown">Stands for the snapshot, to whom it is shown and the terms. Sent with the consent, it is taken for exactly these or not at all.</param>
    public sealed record Preview(
        string Programme,
        Side Side,
        string? Wave,
        IReadOnlyList<string> Modules,
        ParticipantSnapshot Snapshot,
        IReadOnlyList<Disclosure> ShownTo,
        string As,
        bool WouldWait,
        WorkingTime Time,
        GuestPart? Guest,
        string Shown);
}
