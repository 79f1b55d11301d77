using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Alarms;

/// <summary>A private word to the mentee: automatic, not from the mentor, with new times.</summary>
/// <param name="MentorId">The other of the two.</param>
/// <param name="Slots">Starts of sessions that could be booked, UTC.</param>
public sealed record AlarmToMentee(Guid ProgrammeId, Guid MentorId, IReadOnlyList<DateTimeOffset> Slots) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [MentorId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(MentorId),
        ["slots"] = Slots.Select(reader.When).ToList(),
        ["hasSlots"] = Slots.Count > 0,
    };
}

/// <summary>To a programme manager, who can help: which pair, and why the alarm went.</summary>
public sealed record AlarmToManager(Guid ProgrammeId, Guid MentorId, Guid MenteeId, IReadOnlyList<string> Reasons) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [MentorId, MenteeId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["mentor"] = reader.NameOf(MentorId),
        ["mentee"] = reader.NameOf(MenteeId),
        ["reasons"] = Reasons,
    };
}

/// <summary>To a programme manager: two who want to meet offer no hours in common, which only they can change.</summary>
public sealed record NoCommonTime(Guid ProgrammeId, Guid MentorId, Guid MenteeId) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [MentorId, MenteeId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["mentor"] = reader.NameOf(MentorId),
        ["mentee"] = reader.NameOf(MenteeId),
    };
}

/// <summary>To the sponsor: how many, and nothing by which one could tell who.</summary>
public sealed record AlarmToSponsor(Guid ProgrammeId, int Count) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["one"] = Count == 1,
        ["count"] = Count,
    };
}
