using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Enrolment;

/// <param name="Slug">Of the programme.</param>
/// <param name="Side">As what the reader is invited.</param>
public sealed record Invitation(Guid ProgrammeId, string Slug, Side Side) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["slug"] = Slug,
        ["asMentor"] = Side == Side.Mentor,
        ["side"] = Side == Side.Mentor ? "mentor" : "mentee",
    };
}

/// <summary>
/// Once for each side, as long as the letter lies there: whoever throws it away leaves nothing behind, and nobody can tell that from not having
/// answered.
/// </summary>
public sealed class InviteWhenParticipantInvited(NotificationsDb db, Postbox postbox) : IConsumer<ParticipantInvited>
{
    public async Task Consume(ConsumeContext<ParticipantInvited> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await postbox.Put(fact.ProgrammeId, 1 + (long)fact.Side, [(fact.PersonId, new Invitation(fact.ProgrammeId, fact.Slug, fact.Side))], ct);
        await db.SaveChangesAsync(ct);
    }
}
