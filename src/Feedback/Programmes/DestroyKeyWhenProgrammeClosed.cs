using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Insights;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Programmes;

/// <summary>The end of a programme is the end of its pseudonyms: without the key nobody can tell whose an anonymous row was.</summary>
public sealed class DestroyKeyWhenProgrammeClosed(FeedbackDb db, Inbox inbox, Timers timers) : IConsumer<ProgrammeClosed>
{
    public async Task Consume(ConsumeContext<ProgrammeClosed> context)
    {
        var (id, ct) = (context.Message.ProgrammeId, context.CancellationToken);
        await inbox.Bury(ProgrammeCopy.Kind, id, ct);
        if (await db.FindInUnit<KnownProgramme>(id, ct) is { } known)
            known.Closed = true;
        await db.ProgrammeKeys.Where(key => key.ProgrammeId == id).ExecuteDeleteAsync(ct);
        await db.AnonymousRaisers.Where(raiser => raiser.ProgrammeId == id).ExecuteDeleteAsync(ct);
        await timers.Clear(ShowAnonymousInsights.Name, id.ToString(), ct);
        await db.SaveChangesAsync(ct);
    }
}
