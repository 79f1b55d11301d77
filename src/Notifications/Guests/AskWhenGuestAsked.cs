using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Guests;

/// <summary>Whether somebody would be a guest elsewhere. It belongs to no programme: which there will be is the host's.</summary>
/// <param name="Host">The unit, by name.</param>
public sealed record GuestQuestion(string Host) : Notice(Guid.Empty)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?> { ["host"] = Host };
}

public sealed class AskWhenGuestAsked(NotificationsDb db, Postbox postbox) : IConsumer<GuestAsked>
{
    public async Task Consume(ConsumeContext<GuestAsked> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await postbox.Put(fact.OfferId, fact.Version, [(fact.PersonId, new GuestQuestion(fact.HostUnitName))], ct);
        await db.SaveChangesAsync(ct);
    }
}
