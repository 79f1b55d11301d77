using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Pairs;

/// <summary>There is a new version, and whether one has to sign again; what it says stands in the charter alone.</summary>
/// <param name="OtherId">Who wrote it.</param>
/// <param name="CharterVersion">The newest.</param>
/// <param name="Substance">More than rhythm and places has changed.</param>
/// <param name="SignaturesTaken">A signature that held no longer does.</param>
public sealed record RevisedCharter(Guid ProgrammeId, Guid OtherId, int CharterVersion, bool Substance, bool SignaturesTaken) : Notice(ProgrammeId)
{
    /// <summary>Names the facts about it, of which only the newest is told.</summary>
    internal const string Kind = "charter-revision";

    public override IEnumerable<Guid> Named() => [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(OtherId),
        ["version"] = CharterVersion,
        ["substance"] = Substance,
        ["taken"] = SignaturesTaken,
    };
}

/// <summary>The side that did not write it.</summary>
public sealed class TellOtherWhenCharterRevised(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<CharterRevised>
{
    public async Task Consume(ConsumeContext<CharterRevised> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest(RevisedCharter.Kind, fact.PartnershipId, fact.Version, ct))
            return;
        var (by, other) = fact.BySide is Side.Mentor ? (fact.MentorId, fact.MenteeId) : (fact.MenteeId, fact.MentorId);
        await postbox.Put(
            fact.PartnershipId, fact.CharterVersion, [(other, new RevisedCharter(fact.ProgrammeId, by, fact.CharterVersion, fact.Substance, fact.SignaturesTaken))], ct);
        await db.SaveChangesAsync(ct);
    }
}
