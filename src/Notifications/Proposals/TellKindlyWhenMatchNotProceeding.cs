using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Proposals;

/// <summary>A proposal ended. Nothing here knows why, so nothing can say it.</summary>
public sealed record NotProceeding(Guid ProgrammeId) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>();
}

/// <summary>Those who had said yes, and nobody else: whoever was never asked never hears of it.</summary>
public sealed class TellKindlyWhenMatchNotProceeding(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<MatchNotProceeding>
{
    public async Task Consume(ConsumeContext<MatchNotProceeding> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("proposal", fact.ProposalId, fact.Version, ct))
            return;
        await postbox.Put(fact.ProposalId, fact.Version, [.. fact.TellIds.Select(id => (id, (Notice)new NotProceeding(fact.ProgrammeId)))], ct);
        await db.SaveChangesAsync(ct);
    }
}
