using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Circle;

/// <param name="AlumnusId">Who keeps the reader company.</param>
public sealed record FoundCompany(Guid ProgrammeId, Guid AlumnusId) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [AlumnusId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?> { ["alumnus"] = reader.NameOf(AlumnusId) };
}

/// <summary>The new mentor hears who keeps them company; the alumnus has just said so and knows.</summary>
public sealed class IntroduceWhenAccompanimentBegun(NotificationsDb db, Postbox postbox) : IConsumer<AccompanimentBegun>
{
    public async Task Consume(ConsumeContext<AccompanimentBegun> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await postbox.Put(fact.AccompanimentId, fact.Version, [(fact.MentorId, new FoundCompany(fact.ProgrammeId, fact.AlumnusId))], ct);
        await db.SaveChangesAsync(ct);
    }
}
