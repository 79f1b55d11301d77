using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Pairs;

/// <summary>Every fact of a session is whole, so the newest alone decides, whichever arrives first.</summary>
internal static class SessionCopy
{
    private const string Kind = "session";

    public static async Task Take(long version, PairSession said, FeedbackDb db, Inbox inbox, CancellationToken ct)
    {
        if (!await inbox.IsNewest(Kind, said.Id, version, ct))
            return;
        if (await db.FindInUnit<PairSession>(said.Id, ct) is { } known)
            (known.StartsAt, known.State, known.BySide) = (said.StartsAt, said.State, said.BySide);
        else
            db.Add(said);
        await db.SaveChangesAsync(ct);
    }

    public static PairSession Said(
        Guid id, Guid pairId, Guid programmeId, Guid mentorId, Guid menteeId, DateTimeOffset startsAt, SessionState state, Side? bySide = null) => new()
        {
            Id = id,
            PairId = pairId,
            ProgrammeId = programmeId,
            MentorId = mentorId,
            MenteeId = menteeId,
            StartsAt = startsAt,
            State = state,
            BySide = bySide,
        };
}
