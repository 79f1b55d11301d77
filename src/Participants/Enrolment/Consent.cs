using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Enrolment;

/// <summary>
/// One line of the consent log: who agreed to share exactly what, or took it back. Written once; goes with the person when erased.
/// </summary>
public sealed class Consent
{
    private Consent()
    {
    }

    public Guid Id { get; private set; }
    public Guid ParticipantId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>True: given, to <see cref="Snapshot"/>. False: taken back.</summary>
    public bool Given { get; private set; }

    /// <summary>What was shown when it was given; null when taken back.</summary>
    public ParticipantSnapshot? Snapshot { get; private set; }

    /// <summary>
    /// What was said to be shown to whom when it was given; null when taken back, and for consents older than this being kept.
    /// </summary>
    public IReadOnlyList<Disclosure>? ShownTo { get; private set; }

    /// <summary>The terms that a guest accepted with it; null for everybody else.</summary>
    public string? Terms { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static Consent To(Participant participant, IReadOnlyList<Disclosure> shownTo, string? terms, DateTimeOffset now) => Of(participant, shownTo, terms, now);

    public static Consent TakenBack(Participant participant, DateTimeOffset now) => Of(participant, shownTo: null, terms: null, now);

    private static Consent Of(Participant participant, IReadOnlyList<Disclosure>? shownTo, string? terms, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ParticipantId = participant.Id,
        PersonId = participant.PersonId,
        Given = shownTo is not null,
        Snapshot = shownTo is null ? null : participant.Snapshot,
        ShownTo = shownTo,
        Terms = terms,
        At = now,
    };
}
