using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Guests;

public enum GuestState
{
    /// <summary>At home: the person has not agreed yet, and the host knows of nobody.</summary>
    Asked,

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

    /// <summary>What the guest is asked to accept, named by the home unit.</summary>
    public string Terms { get; private set; } = "";

    /// <summary>Exactly what the person is shown and the host gets, and nothing else; null once ended.</summary>
    public GuestSnapshot? Shared { get; private set; }

    /// <summary>When the person accepted the terms and agreed to share that; null before.</summary>
    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset Expires { get; private set; }

    /// <summary>Who answers for the guest at the host; null before admission.</summary>
    public string? Sponsor { get; private set; }

    public DateTimeOffset OfferedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public static GuestOffer To(Guid hostUnitId, Guid personId, string terms, GuestSnapshot shared, DateTimeOffset expires, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Version = 1,
        State = GuestState.Asked,
        Shared = shared,
        PersonId = personId,
        HostUnitId = hostUnitId,
        Terms = terms,
        Expires = expires,
        OfferedAt = now,
    };

    /// <summary>The person says yes, for oneself: to the terms and to sharing exactly <see cref="Shared"/>.</summary>
    public AcceptRefusal? Accept(DateTimeOffset now)
    {
        if (State != GuestState.Asked)
            return State == GuestState.Ended ? AcceptRefusal.Ended : AcceptRefusal.AlreadyAccepted;
        if (Expires <= now)
            return AcceptRefusal.Ended;
        (State, AcceptedAt) = (GuestState.Offered, now);
        Version++;
        return null;
    }

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
        // Who answered for the guest is the host's to keep or to erase.
        (State, EndedAt, Sponsor, Shared) = (GuestState.Ended, now, null, null);
        Version++;
        return true;
    }
}

/// <summary>What the host learns of a guest.</summary>
/// <param name="Name">As shown to others.</param>
/// <param name="Email">Where mail goes and what the first sign-on is linked by.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Languages">BCP 47 tags.</param>
/// <param name="Stage">Structural position at home.</param>
/// <param name="Offers">What the guest brings.</param>
/// <param name="Grade">The grade at home; null where it was not told.</param>
public sealed record GuestSnapshot(
    string Name, string Email, string TimeZone, IReadOnlyList<string> Languages, CareerStage Stage, IReadOnlyList<TopicLevel> Offers, int? Grade);

public enum AcceptRefusal
{
    AlreadyAccepted,
    Ended,
}
