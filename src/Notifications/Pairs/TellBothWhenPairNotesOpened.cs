using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Pairs;

/// <summary>Safeguarding reads what the two wrote for one another.</summary>
/// <param name="OtherId">The other of the two.</param>
/// <param name="ByLaw">The law requires it; otherwise somebody's safety does.</param>
/// <param name="ClosesAt">Until when they can; instant, UTC.</param>
public sealed record OpenedNotes(Guid ProgrammeId, Guid OtherId, bool ByLaw, DateTimeOffset ClosesAt) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(OtherId),
        ["law"] = ByLaw,
        ["closes"] = reader.Day(ClosesAt),
    };
}

/// <summary>Both are told at once, whatever hour it is: it happens behind nobody's back.</summary>
public sealed class TellBothWhenPairNotesOpened(NotificationsDb db, Postbox postbox) : IConsumer<PairNotesOpened>
{
    public async Task Consume(ConsumeContext<PairNotesOpened> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await postbox.Put(fact.GlassId, fact.Version, [(fact.MentorId, Notice(fact.MenteeId)), (fact.MenteeId, Notice(fact.MentorId))], ct);
        await db.SaveChangesAsync(ct);

        OpenedNotes Notice(Guid other) => new(fact.ProgrammeId, other, fact.Cause == "law", fact.ClosesAt);
    }
}
