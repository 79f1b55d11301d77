using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Enrolment;

/// <summary>To a line manager, once: how much working time it takes, and that nothing else is told.</summary>
public sealed record ManagersBrief(Guid ProgrammeId, Guid PersonId, int MinutesAMonth, int PreparationMinutes, int Months) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [PersonId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["person"] = reader.NameOf(PersonId),
        ["minutes"] = MinutesAMonth,
        ["preparation"] = PreparationMinutes,
        ["months"] = Months,
        ["oneMonth"] = Months == 1,
    };
}

public sealed class TellManagerWhenManagerBriefed(NotificationsDb db, Postbox postbox) : IConsumer<ManagerBriefed>
{
    public async Task Consume(ConsumeContext<ManagerBriefed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var notice = new ManagersBrief(fact.ProgrammeId, fact.PersonId, fact.MinutesAMonth, fact.PreparationMinutes, fact.Months);
        await postbox.Put(fact.ParticipantId, fact.Version, [(fact.ManagerId, notice)], ct);
        await db.SaveChangesAsync(ct);
    }
}
