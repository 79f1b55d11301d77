using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Enrolment;

/// <param name="Side">As what the reader takes part.</param>
public sealed record Welcome(Guid ProgrammeId, Side Side) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?> { ["asMentor"] = Side == Side.Mentor };
}

public sealed class WelcomeWhenParticipantReady(NotificationsDb db, Postbox postbox) : IConsumer<ParticipantReady>
{
    public async Task Consume(ConsumeContext<ParticipantReady> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        // Once for each side, however often somebody pauses and comes back.
        var once = 1 + (long)fact.Side;
        await postbox.Put(fact.ProgrammeId, once, [(fact.PersonId, new Welcome(fact.ProgrammeId, fact.Side))], ct);
        await db.SaveChangesAsync(ct);
    }
}
