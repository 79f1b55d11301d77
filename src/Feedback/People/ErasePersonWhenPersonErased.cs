using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Programmes;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.People;

/// <summary>
/// Rows of an erased person go; numbers already shown, reviews and the wording of insights stay, without the person. Answers are found by
/// recomputing the pseudonym while the programme still has its key; after that nobody can tell whose they are.
/// </summary>
public sealed class ErasePersonWhenPersonErased(FeedbackDb db, Inbox inbox, Traces traces) : IConsumer<PersonErased>
{
    public async Task Consume(ConsumeContext<PersonErased> context)
    {
        var (id, ct) = (context.Message.PersonId, context.CancellationToken);
        await inbox.Bury(KeepPersonWhenPersonChanged.Kind, id, ct);

        foreach (var key in await db.ProgrammeKeys.AsNoTracking().ToListAsync(ct))
        {
            var answer = key.Pseudonym(id, ProgrammeKey.Purpose.Answer);
            var insight = key.Pseudonym(id, ProgrammeKey.Purpose.Insight);
            await db.AnswerSheets.Where(sheet => sheet.Respondent == answer).ExecuteDeleteAsync(ct);
            await db.AnonymousRaisers.Where(raiser => raiser.Pseudonym == insight).ExecuteDeleteAsync(ct);
        }
        await db.Participations.Where(participation => participation.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Reflections.Where(reflection => reflection.AuthorId == id).ExecuteDeleteAsync(ct);
        await db.Concerns.Where(concern => concern.PersonId == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.PersonId, (Guid?)null), ct);
        await db.Insights.Where(insight => insight.RaiserId == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.RaiserId, (Guid?)null), ct);
        await db.Insights.Where(insight => insight.OwnerId == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.OwnerId, (Guid?)null), ct);
        await db.Participants.Where(participant => participant.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(session => session.MentorId == id || session.MenteeId == id).ExecuteDeleteAsync(ct);
        // A pair takes its projects along: their foreign key cascades.
        await db.Pairs.Where(pair => pair.MentorId == id || pair.MenteeId == id).ExecuteDeleteAsync(ct);
        var name = await db.People.Where(person => person.Id == id).Select(person => person.Name).SingleOrDefaultAsync(ct);
        await db.People.Where(person => person.Id == id).ExecuteDeleteAsync(ct);
        // A programme that goes on is told anew, with who stands in; a closed one is not.
        await db.Programmes.Where(programme => programme.SponsorId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.SponsorId, Guid.Empty), ct);
        await db.Programmes.Where(programme => programme.DeputyId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.DeputyId, (Guid?)null), ct);
        await traces.Erase(id, name is null ? [] : [name], ct);
    }
}
