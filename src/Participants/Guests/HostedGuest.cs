using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Guests;

/// <summary>
/// What the host knows: an offer with the consented snapshot and nothing else of the home unit. Admitted by the host's administrator with a
/// sponsor, it becomes a person here; ended is final, and then the snapshot goes.
/// </summary>
public sealed class HostedGuest
{
    private HostedGuest()
    {
    }

    public Guid Id { get; private set; }
    public long Version { get; private set; }
    public GuestState State { get; private set; }

    /// <summary>Null once ended.</summary>
    public GuestOffered? Offer { get; private set; }

    public Guid HomeUnitId { get; private set; }

    /// <summary>The person in this unit; null before admission.</summary>
    public Guid? PersonId { get; private set; }

    public Guid? SponsorId { get; private set; }
    public DateTimeOffset Expires { get; private set; }

    public static HostedGuest From(GuestOffered offer) => new()
    {
        Id = offer.OfferId,
        Version = offer.Version,
        State = GuestState.Offered,
        Offer = offer,
        HomeUnitId = offer.HomeUnitId,
        Expires = offer.Expires,
    };

    public AdmitRefusal? Admit(Guid personId, Guid sponsorId, DateTimeOffset now)
    {
        if (State != GuestState.Offered)
            return AdmitRefusal.NotOpen;
        if (Expires <= now)
            return AdmitRefusal.Expired;
        (State, PersonId, SponsorId) = (GuestState.Admitted, personId, sponsorId);
        Version++;
        return null;
    }

    /// <summary>Erased here: which person it was is not known any more.</summary>
    public void ForgetPerson() => PersonId = null;

    /// <summary>Somebody else answers for the guest, or nobody once it has ended. Returns whether that is a change.</summary>
    public bool SponsoredBy(Guid? sponsorId)
    {
        if (SponsorId == sponsorId)
            return false;
        SponsorId = sponsorId;
        Version++;
        return true;
    }

    /// <summary>False when it had ended before.</summary>
    public bool End()
    {
        if (State == GuestState.Ended)
            return false;
        (State, Offer) = (GuestState.Ended, null);
        Version++;
        return true;
    }
}

public enum AdmitRefusal
{
    NotOpen,
    Expired,
}
