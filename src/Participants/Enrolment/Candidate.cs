using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.People;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants.Enrolment;

/// <summary>
/// Someone who asks to take part, and what would be shared: the same for the preview and for the consent, so that both see exactly the
/// same.
/// </summary>
internal sealed record Candidate(
    Programme Programme, Person Person, string? Wave, ParticipantSnapshot Snapshot, IReadOnlyList<Disclosure> ShownTo, GuestPart? Guest)
{
    /// <summary>Stands for all that one consents to. When a guest's part would end is not in it: that moves with the clock.</summary>
    public string Shown => Base64Url.EncodeToString(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Programme.Id, Snapshot, ShownTo, Guest?.Terms }, Json.Options)));

    public static async Task<(Candidate? Candidate, EnrolRefusal? Refusal)> Find(
        string slug, Side side, Guid personId, Sharing sharing, bool briefManager, ParticipantsDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Programmes.SingleOrDefaultAsync(known => known.Slug == slug && known.State != Programmes.ProgrammeState.Draft, ct) is not { } programme)
            return (null, EnrolRefusal.ProgrammeUnknown);
        if (programme.State != Programmes.ProgrammeState.Open)
            return (null, EnrolRefusal.ProgrammeNotOpen);
        if (await db.People.SingleOrDefaultAsync(known => known.Id == personId && !known.Gone, ct) is not { } person)
            return (null, EnrolRefusal.NotEligible);

        var wave = side == Side.Mentee ? programme.WaveOf(person.Id, person.Stage, person.Location, person.UnitPath) : null;
        if (!programme.IsEligible(side, person.Stage, person.IsGuest) || (side == Side.Mentee && wave is null))
            return (null, EnrolRefusal.NotEligible);
        var guest = person.IsGuest ? programme.Settings.Guests : null;
        if (guest?.Home is { } home && !await From(home, db).ContainsAsync(person.Id, ct))
            return (null, EnrolRefusal.NotEligible);
        var snapshot = (await Snapshots.Of(db, [(person, sharing)], ct))[person.Id];
        return (new Candidate(
            programme,
            person,
            wave,
            snapshot,
            Disclosure.Of(programme, side, briefManager && person.ManagerId is not null),
            guest is null ? null : new GuestPart(guest.Terms, Period.After(now, guest.Expires))), null);
    }

    /// <summary>Those who are guests here and belong to the unit of this slug.</summary>
    public static IQueryable<Guid> From(string home, ParticipantsDb db) =>
        db.Memberships.Where(one => !one.Ended && db.Units.Any(unit => unit.Id == one.HomeUnitId && unit.Slug == home)).Select(one => one.PersonId);
}

/// <summary>On what terms and for how long somebody of another unit takes part, by the programme's file.</summary>
/// <param name="Terms">To be accepted, in words or by name.</param>
/// <param name="Until">When the part ends by itself, were it begun now.</param>
public sealed record GuestPart(string Terms, DateTimeOffset Until);

public enum EnrolRefusal
{
    ProgrammeUnknown,
    ProgrammeNotOpen,
    NotEligible,
    ConsentMissing,
    AlreadyEnrolled,

    /// <summary>A guest takes part on the programme's terms, and has not said yes to them.</summary>
    TermsNotAccepted,

    /// <summary>What would be shared, with whom or on what terms is no longer what the preview showed.</summary>
    PreviewChanged,

    /// <summary>The other side goes first in this programme, and too few of it have enrolled yet.</summary>
    OthersFirst,
}
