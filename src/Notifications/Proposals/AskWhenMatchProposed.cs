using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Proposals;

/// <summary>
/// The question whether to form a pair. The mail does not name the other: who that is stands on the page, behind the sign-on.
/// </summary>
/// <param name="OtherId">Kept so that erasure finds the sentences.</param>
/// <param name="Side">As what the reader is asked.</param>
public sealed record MatchAsked(Guid ProgrammeId, Guid OtherId, Side Side, DateTimeOffset RespondBy, string Gains, string Gives) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["asMentor"] = Side == Side.Mentor,
        ["gains"] = Gains,
        ["gives"] = Gives,
        ["respondBy"] = reader.When(RespondBy),
    };
}

/// <summary>Only the one who is asked now; the other does not learn that there is a question.</summary>
public sealed class AskWhenMatchProposed(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<MatchProposed>
{
    public async Task Consume(ConsumeContext<MatchProposed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("proposal", fact.ProposalId, fact.Version, ct))
            return;
        var other = fact.AskedId == fact.MentorId ? fact.MenteeId : fact.MentorId;
        await postbox.Put(fact.ProposalId, fact.Version,
            [(fact.AskedId, new MatchAsked(fact.ProgrammeId, other, fact.AskedSide, fact.RespondBy, fact.Gains, fact.Gives))], ct);
        await db.SaveChangesAsync(ct);
    }
}
