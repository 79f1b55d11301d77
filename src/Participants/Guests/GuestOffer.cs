namespace Mentoring.Participants.Guests;

public enum GuestState
{
    /// <summary>The host has not answered yet.</summary>
    Offered,

    /// <summary>Takes part at the host.</summary>
    Admitted,

    /// <summary>Over, at either side's wish or by its expiry.</summary>
    Ended,
}

/// <summary>
/// What the home unit knows: one of its people is offered to a host, on named terms, until a day. It stays the owner of everything else
/// about the person. The same id on both sides; ended is final.
/// </summary>
public sealed class GuestOffer
{
    private GuestOffer()
    {
    }

    public Guid Id { get; private set; }
    public long Version { get; private set; }
    public GuestState State { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid HostUnitId { get; private set; }

    /// <summary>What the guest accepted, named and dated by the home unit.</summary>
    public string Terms { get; private set; } = "";

    public DateTimeOffset Expires { get; private set; }

    /// <summary>Who answers for the guest at the host; null before admission.</summary>
    public string? Sponsor { get; private set; }

    public DateTimeOffset OfferedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public static GuestOffer To(Guid hostUnitId, Guid personId, string terms, DateTimeOffset expires, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Version = 1,
        State = GuestState.Offered,
        PersonId = personId,
        HostUnitId = hostUnitId,
        Terms = terms,
        Expires = expires,
        OfferedAt = now,
    };

    /// <summary>The host has answered. False when it was ended before: the end is final.</summary>
    public bool Admitted(long version, string sponsor, DateTimeOffset expires)
    {
        if (State == GuestState.Ended || version <= Version)
            return false;
        (State, Version, Sponsor, Expires) = (GuestState.Admitted, version, sponsor, expires);
        return true;
    }

    /// <summary>False when it had ended before.</summary>
    public bool End(DateTimeOffset now)
    {
        if (State == GuestState.Ended)
            return false;
        (State, EndedAt) = (GuestState.Ended, now);
        Version++;
        return true;
    }
}
