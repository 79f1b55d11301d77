using MassTransit;
using Mentoring.Contracts.Matching;

namespace Mentoring.Feedback.Pairs;

public sealed class CountRefusalWhenMatchNotProceeding(FeedbackDb db) : IConsumer<MatchNotProceeding>
{
    public async Task Consume(ConsumeContext<MatchNotProceeding> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (await db.FindInUnit<LostProposal>(fact.ProposalId, ct) is not null)
            return;
        db.Add(new LostProposal { Id = fact.ProposalId, ProgrammeId = fact.ProgrammeId });
        await db.SaveChangesAsync(ct);
    }
}
