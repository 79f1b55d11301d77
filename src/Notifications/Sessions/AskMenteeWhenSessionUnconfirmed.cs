using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Sessions;

/// <summary>Did it take place? Nobody has said so, and silence counts as missed on the mentee's side.</summary>
/// <param name="AnswerBy">When it counts as missed; instant, UTC.</param>
public sealed record UnconfirmedSession(Guid ProgrammeId, Guid OtherId, DateTimeOffset StartsAt, DateTimeOffset AnswerBy) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(OtherId),
        ["when"] = reader.When(StartsAt),
        ["answerBy"] = reader.When(AnswerBy),
    };
}

/// <summary>One question, and only to the mentee: a missed session is never the junior's to report.</summary>
public sealed class AskMenteeWhenSessionUnconfirmed(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<SessionUnconfirmed>
{
    public async Task Consume(ConsumeContext<SessionUnconfirmed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        // It bears the version of the session it asks about, which the news of that session has already taken.
        if (!await inbox.IsNewest("session-question", fact.SessionId, fact.Version, ct))
            return;
        await postbox.Put(fact.SessionId, fact.Version, [(fact.MenteeId, new UnconfirmedSession(fact.ProgrammeId, fact.MentorId, fact.StartsAt, fact.AnswerBy))], ct);
        await db.SaveChangesAsync(ct);
    }
}
