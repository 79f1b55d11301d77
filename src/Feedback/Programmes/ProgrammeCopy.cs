using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Insights;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Programmes;

internal static class ProgrammeCopy
{
    public const string Kind = "programme";

    public static async Task Take(Guid id, long version, Programme programme, FeedbackDb db, Inbox inbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (!await inbox.IsNewest(Kind, id, version, ct))
            return;
        if (await db.FindInUnit<KnownProgramme>(id, ct) is { } known)
        {
            known.Take(programme);
        }
        else
        {
            db.Add(KnownProgramme.From(id, programme));
            db.Add(ProgrammeKey.Draw(id));
            await ShowAnonymousInsights.Next(id, timers, clock, ct);
        }
        await db.SaveChangesAsync(ct);
    }
}
