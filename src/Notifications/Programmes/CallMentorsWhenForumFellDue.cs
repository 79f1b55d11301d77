using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Programmes;

/// <param name="Forum">What the programme calls it.</param>
/// <param name="Calls">This one names the time; the others come.</param>
public sealed record DueForum(Guid ProgrammeId, string Forum, DateOnly On, bool Calls) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["forum"] = Forum,
        ["due"] = reader.Day(On),
        ["calls"] = Calls,
    };
}

/// <summary>To the mentors, and to whoever runs the programme and names the time.</summary>
public sealed class CallMentorsWhenForumFellDue(NotificationsDb db, Postbox postbox) : IConsumer<ForumFellDue>
{
    public async Task Consume(ConsumeContext<ForumFellDue> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await db.Programmes.AnyAsync(p => p.Id == fact.ProgrammeId, ct))
            throw NotYetHereException.For(context, "the programme");
        var managers = await Managers.Of(db, fact.ProgrammeId, ct);
        await postbox.Put(fact.ProgrammeId, fact.On.DayNumber,
            [.. managers.Union(fact.MentorIds).Select(id => (id, (Notice)new DueForum(fact.ProgrammeId, fact.Name, fact.On, managers.Contains(id))))], ct);
        await db.SaveChangesAsync(ct);
    }
}
