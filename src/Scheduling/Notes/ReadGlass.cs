using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>What safeguarding contacts have asked for and opened, for all of them; and what lies behind it, for the two who opened it.</summary>
public static class ReadGlass
{
    /// <param name="State"><c>waiting</c> for another safeguarding contact, <c>open</c>, <c>closed</c>, or <c>lapsed</c> where nobody opened it.</param>
    /// <param name="ClosesAt">Until when it can be read.</param>
    public sealed record View(
        Guid Id,
        Guid PartnershipId,
        Guid MentorId,
        Guid MenteeId,
        string Cause,
        string Reason,
        string State,
        Guid AskedBy,
        DateTimeOffset AskedAt,
        Guid? OpenedBy,
        DateTimeOffset? OpenedAt,
        DateTimeOffset? ClosesAt);

    /// <summary>A pair, for whoever knows one of the two.</summary>
    public sealed record PairView(Guid PartnershipId, PersonView Mentor, PersonView Mentee, DateTimeOffset FormedAt, DateTimeOffset? EndedAt);

    /// <summary>What the two wrote for one another about one session; private notes are not among it.</summary>
    public sealed record TextView(Guid SessionId, DateTimeOffset StartsAt, IReadOnlyList<AgendaPoint> Agenda, string SharedNote);

    public static async Task<IResult> All(PageRequest page, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = await (
            from glass in db.Glasses.AsNoTracking()
            join pair in db.Partnerships.AsNoTracking() on glass.PartnershipId equals pair.Id
            where page.AfterId == null || glass.Id < page.AfterId
            orderby glass.Id descending
            select new { glass, pair }).Take(page.Take).ToListAsync(ct);
        var now = clock.GetUtcNow();
        return Results.Ok(Page.Of<View>([.. found.Select(each => Show(each.glass, each.pair, now))], page, last => Cursor.Of(last.Id)));
    }

    /// <summary>The pairs of somebody, so that one can be asked for.</summary>
    public static async Task<IResult> PairsOf(Guid person, PageRequest page, SchedulingDb db, CancellationToken ct)
    {
        var found = await (
            from pair in db.Partnerships.AsNoTracking()
            where (pair.MentorId == person || pair.MenteeId == person) && (page.AfterId == null || pair.Id > page.AfterId)
            from mentor in db.People.Where(known => known.Id == pair.MentorId).DefaultIfEmpty()
            from mentee in db.People.Where(known => known.Id == pair.MenteeId).DefaultIfEmpty()
            orderby pair.Id
            select new PairView(
                pair.Id,
                new PersonView(pair.MentorId, mentor == null ? "" : mentor.Name),
                new PersonView(pair.MenteeId, mentee == null ? "" : mentee.Name),
                pair.FormedAt,
                pair.EndedAt)).Take(page.Take).ToListAsync(ct);
        return Results.Ok(Page.Of<PairView>(found, page, last => Cursor.Of(last.PartnershipId)));
    }

    /// <summary>Each reading is in the audit.</summary>
    public static async Task<IResult> Notes(
        Guid glassId, Caller caller, SchedulingDb db, PairSeal seal, Outbox outbox, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var glass = await db.Glasses.AsNoTracking().SingleOrDefaultAsync(glass => glass.Id == glassId, ct);
        if (glass is null)
            return Problems.NotFound();
        var now = clock.GetUtcNow();
        if (!glass.MayRead(caller.PersonId, now))
            return Problems.Of(403, "glass-not-open", "Only the two who opened it can read it, for three days.");

        var texts = await db.TextsOf(glass.PartnershipId, reader: null, seal, ct);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "pair-notes-read", glass.PartnershipId, now));
        await db.SaveChangesAsync(ct);
        response.Headers.CacheControl = "no-store";
        return Results.Ok(new Page<TextView>([.. texts.Select(text => new TextView(text.SessionId, text.StartsAt, text.Agenda, text.Shared))], Next: null));
    }

    internal static View Show(Glass glass, Partnership pair, DateTimeOffset now) => new(
        glass.Id, pair.Id, pair.MentorId, pair.MenteeId, glass.Cause, glass.Reason, glass.StateAt(now), glass.AskedBy, glass.AskedAt, glass.OpenedBy, glass.OpenedAt, glass.ClosesAt);
}
