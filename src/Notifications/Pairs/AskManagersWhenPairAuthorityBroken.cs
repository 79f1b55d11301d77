using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Programmes;
using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Pairs;

/// <summary>To a programme manager, or the sponsor where there is no other: which pair to ask how to go on.</summary>
public sealed record AuthorityInPair(Guid ProgrammeId, Guid MentorId, Guid MenteeId) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [MentorId, MenteeId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["mentor"] = reader.NameOf(MentorId),
        ["mentee"] = reader.NameOf(MenteeId),
    };
}

public sealed class AskManagersWhenPairAuthorityBroken(NotificationsDb db, Postbox postbox) : IConsumer<PairAuthorityBroken>
{
    public async Task Consume(ConsumeContext<PairAuthorityBroken> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var programme = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == fact.ProgrammeId, ct) ?? throw NotYetHereException.For(context, "the programme");
        var notice = new AuthorityInPair(fact.ProgrammeId, fact.MentorId, fact.MenteeId);
        var managers = await Managers.Of(db, fact.ProgrammeId, ct);
        // Nobody decides about their own pair.
        var others = managers.Except([fact.MentorId, fact.MenteeId]).ToList();
        var asked = others.Count > 0 ? others : [.. new[] { programme.SponsorId }.Except([fact.MentorId, fact.MenteeId])];
        await postbox.Put(fact.PairId, fact.Version, [.. asked.Select(id => (id, (Notice)notice))], ct);
        await db.SaveChangesAsync(ct);
    }
}
