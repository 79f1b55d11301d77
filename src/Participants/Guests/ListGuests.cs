using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Guests;

/// <summary>Those this unit has offered, or those it was offered. An ended guest has no name at the host any more.</summary>
public static class ListGuests
{
    public static Task<Page<GuestView>> Handle(string? direction, PageRequest page, ParticipantsDb db, CancellationToken ct) => direction switch
    {
        "offered" => Offered(page, db, ct),
        "hosted" => Hosted(page, db, ct),
        _ => throw new InvalidRequestException("direction", "must be offered or hosted"),
    };

    private static async Task<Page<GuestView>> Offered(PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        var after = page.AfterId ?? Guid.Empty;
        var found = await (
            from offer in db.GuestOffers.AsNoTracking()
            join person in db.People on offer.PersonId equals person.Id
            join host in db.Units on offer.HostUnitId equals host.Id
            where offer.Id > after
            orderby offer.Id
            select new { offer, person, host.Name }).Take(page.Take).ToListAsync(ct);
        return Page.Of([.. found.Select(row => GuestView.Of(row.offer, row.person.Name, row.Name))], page, view => Cursor.Of(view.Id));
    }

    private static async Task<Page<GuestView>> Hosted(PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        var after = page.AfterId ?? Guid.Empty;
        var found = await (
            from guest in db.HostedGuests.AsNoTracking()
            join person in db.People on guest.SponsorId equals person.Id into sponsors
            from sponsor in sponsors.DefaultIfEmpty()
            where guest.Id > after
            orderby guest.Id
            select new { guest, sponsor }).Take(page.Take).ToListAsync(ct);
        return Page.Of([.. found.Select(row => GuestView.Of(row.guest, row.sponsor?.Name))], page, view => Cursor.Of(view.Id));
    }
}

/// <param name="Unit">The other unit, by name; null at the host once ended.</param>
/// <param name="PersonId">The person in this unit; null at the host before admission.</param>
public sealed record GuestView(
    Guid Id, GuestState State, Guid? PersonId, string? Name, string? Unit, string? Terms, DateTimeOffset Expires, string? Sponsor)
{
    internal static GuestView Of(GuestOffer offer, string name, string host) =>
        new(offer.Id, offer.State, offer.PersonId, name, host, offer.Terms, offer.Expires, offer.Sponsor);

    internal static GuestView Of(HostedGuest guest, string? sponsor) =>
        new(guest.Id, guest.State, guest.PersonId, guest.Offer?.Name, guest.Offer?.HomeUnitName, guest.Offer?.Terms, guest.Expires, sponsor);
}
