using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Programmes;

public sealed record DueReview(Guid ProgrammeId, DateOnly On) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?> { ["due"] = reader.Day(On) };
}

public sealed class RemindManagersWhenReviewFellDue(NotificationsDb db, Postbox postbox) : IConsumer<ReviewFellDue>
{
    public async Task Consume(ConsumeContext<ReviewFellDue> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await db.Programmes.AnyAsync(p => p.Id == fact.ProgrammeId, ct))
            throw NotYetHereException.For(context, "the programme");
        var managers = await Managers.Of(db, fact.ProgrammeId, ct);
        // Once a day it falls due, whatever the programme's version: that need not have risen since the last time.
        await postbox.Put(fact.ProgrammeId, fact.On.DayNumber, [.. managers.Select(id => (id, (Notice)new DueReview(fact.ProgrammeId, fact.On)))], ct);
        await db.SaveChangesAsync(ct);
    }
}
