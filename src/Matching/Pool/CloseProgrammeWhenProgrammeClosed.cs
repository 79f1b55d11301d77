using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Proposals;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>Nobody is asked any more. Pairs go on until Scheduling ends them.</summary>
internal sealed class CloseProgrammeWhenProgrammeClosed(MatchingDb db, Inbox inbox, Asking asking) : IConsumer<ProgrammeClosed>
{
    public async Task Consume(ConsumeContext<ProgrammeClosed> context)
    {
        var (id, ct) = (context.Message.ProgrammeId, context.CancellationToken);
        await inbox.Bury(KnownProgramme.Copy, id, ct);
        if (await db.Programmes.SingleOrDefaultAsync(p => p.Id == id, ct) is not { Closed: false } programme) return;
        programme.Closed = true;
        var open = await db.Proposals
            .Where(p => p.ProgrammeId == id && (p.State == ProposalState.AskingFirst || p.State == ProposalState.AskingSecond)).ToListAsync(ct);
        foreach (var proposal in open) await asking.End(proposal, ct);
        await db.SaveChangesAsync(ct);
    }
}
