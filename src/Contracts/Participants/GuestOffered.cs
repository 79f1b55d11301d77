namespace Mentoring.Contracts.Participants;

/// <summary>
/// A home unit offers one of its people to a host; consumed under the host unit, which keeps only this consented snapshot.
/// </summary>
/// <param name="OfferId">The offer, the same on both sides.</param>
/// <param name="Version">Rises with every change of the offer.</param>
/// <param name="HomeUnitId">Who stays the owner of everything else about the person.</param>
/// <param name="HomeUnitName">As shown to the host.</param>
/// <param name="HomePersonId">The person in the home unit.</param>
/// <param name="Name">As shown to others.</param>
/// <param name="Email">Where mail goes and what the first sign-on is linked by.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Languages">BCP 47 tags.</param>
/// <param name="Stage">Structural position at home.</param>
/// <param name="Offers">What the guest brings.</param>
/// <param name="Terms">What the guest accepted, named and dated by the home unit.</param>
/// <param name="Expires">When the guest's part ends by itself.</param>
/// <param name="Grade">The grade at home as a rising number, 1 the lowest; null where it was not told.</param>
public sealed record GuestOffered(
    Guid OfferId,
    long Version,
    Guid HomeUnitId,
    string HomeUnitName,
    Guid HomePersonId,
    string Name,
    string Email,
    string TimeZone,
    IReadOnlyList<string> Languages,
    CareerStage Stage,
    IReadOnlyList<TopicLevel> Offers,
    string Terms,
    DateTimeOffset Expires,
    int? Grade = null);
