using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Notes;
using Mentoring.Scheduling.Partnerships;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.People;

/// <summary>Every row that tells of the person goes, those of the pairs they were in too; what others counted stays with them.</summary>
public sealed class ForgetPersonWhenPersonErased(SchedulingDb db, Inbox inbox, Endings endings, Timers timers, Traces traces, TimeProvider clock) : IConsumer<PersonErased>
{
    public async Task Consume(ConsumeContext<PersonErased> context)
    {
        var (id, ct) = (context.Message.PersonId, context.CancellationToken);
        await inbox.Bury("person", id, ct);
        await inbox.Bury(CopyDelegatesWhenDelegatesChanged.Kind, id, ct);
        var name = await db.People.Where(person => person.Id == id).Select(person => person.Name).SingleOrDefaultAsync(ct);
        var pairs = await db.Partnerships.Where(pair => pair.MentorId == id || pair.MenteeId == id).ToListAsync(ct);
        foreach (var pair in pairs)
        {
            await endings.End(pair, early: true, ct);
            await inbox.Bury("pair", pair.Id, ct);
            await timers.Clear(ResealPairKey.Name, pair.Id.ToString(), ct);
        }
        await db.ForgetCalendars(id, timers, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);

        var ids = pairs.ConvertAll(pair => pair.Id);
        var sessions = db.Sessions.Where(session => ids.Contains(session.PartnershipId)).Select(session => session.Id);
        await db.Notes.Where(note => sessions.Contains(note.SessionId)).ExecuteDeleteAsync(ct);
        await db.Agendas.Where(agenda => sessions.Contains(agenda.SessionId)).ExecuteDeleteAsync(ct);
        await db.PairKeys.Where(key => ids.Contains(key.PartnershipId)).ExecuteDeleteAsync(ct);
        await db.Glasses.Where(glass => ids.Contains(glass.PartnershipId)).ExecuteDeleteAsync(ct);
        // What other pairs' glass was broken for stays on record, without who did it; the audit knows them by an alias.
        await db.Glasses.Where(glass => glass.AskedBy == id).ExecuteUpdateAsync(set => set.SetProperty(glass => glass.AskedBy, Guid.Empty), ct);
        await db.Glasses.Where(glass => glass.OpenedBy == id).ExecuteUpdateAsync(set => set.SetProperty(glass => glass.OpenedBy, Guid.Empty), ct);
        // What still stands in their own calendar stays there: to take it out would need the address that is to be forgotten.
        await db.CalendarEntries.Where(entry => entry.PersonId == id).ExecuteDeleteAsync(ct);
        await db.BookedTimes.Where(booked => ids.Contains(booked.PartnershipId)).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(session => ids.Contains(session.PartnershipId)).ExecuteDeleteAsync(ct);
        await db.EarlierCharters.Where(version => ids.Contains(version.PartnershipId)).ExecuteDeleteAsync(ct);
        await db.ContinuationAnswers.Where(answer => ids.Contains(answer.PartnershipId)).ExecuteDeleteAsync(ct);
        await db.Transitions.Where(transition => ids.Contains(transition.PartnershipId)).ExecuteDeleteAsync(ct);
        await db.Momentum.Where(momentum => ids.Contains(momentum.PartnershipId)).ExecuteDeleteAsync(ct);
        await db.Partnerships.Where(pair => ids.Contains(pair.Id)).ExecuteDeleteAsync(ct);
        await db.Preparations.Where(done => done.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Hours.Where(hours => hours.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Feeds.Where(feed => feed.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Delegations.Where(held => held.MenteeId == id || held.DelegateId == id).ExecuteDeleteAsync(ct);
        await db.People.Where(person => person.Id == id).ExecuteDeleteAsync(ct);
        await traces.Erase(id, name is null ? [] : [name], ct);
    }
}
