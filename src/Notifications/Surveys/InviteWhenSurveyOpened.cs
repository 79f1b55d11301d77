using MassTransit;
using Mentoring.Contracts.Feedback;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Surveys;

/// <param name="Survey"><c>baseline</c>, <c>middle</c> or <c>final</c>.</param>
/// <param name="K">Fewest answers behind a number.</param>
public sealed record OpenSurvey(Guid ProgrammeId, string Survey, DateTimeOffset ClosesAt, int K) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["survey"] = reader.WordFor("survey", Survey),
        ["closes"] = reader.When(ClosesAt),
        ["k"] = K,
    };
}

/// <summary>Everybody who takes part, once; there is no reminder to those who have not answered, as nobody knows who they are.</summary>
public sealed class InviteWhenSurveyOpened(NotificationsDb db, Postbox postbox) : IConsumer<SurveyOpened>
{
    public async Task Consume(ConsumeContext<SurveyOpened> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var people = await db.Participants.Where(p => p.ProgrammeId == fact.ProgrammeId).Select(p => p.PersonId).Distinct().ToListAsync(ct);
        var notice = new OpenSurvey(fact.ProgrammeId, fact.Kind, fact.ClosesAt, fact.K);
        await postbox.Put(fact.SurveyId, fact.Version, [.. people.Select(id => (id, (Notice)notice))], ct);
        await db.SaveChangesAsync(ct);
    }
}
