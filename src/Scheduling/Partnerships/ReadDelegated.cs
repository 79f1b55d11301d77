using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>The pairs one books for: who meets, and whether there is something to book yet. What they talk about is not there.</summary>
public static class ReadDelegated
{
    /// <param name="Mentee">For whom one books.</param>
    /// <param name="State">Can be booked once <c>active</c>; those that have ended are left out.</param>
    public sealed record View(Guid Id, PersonView Mentor, PersonView Mentee, PartnershipState State);

    public static async Task<IResult> Handle(PageRequest page, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var (me, after) = (caller.PersonId, page.AfterId ?? Guid.Empty);
        var rows = await (
            from pair in db.Partnerships.AsNoTracking()
                .Where(pair => pair.EndedAt == null && pair.MentorId != me && pair.Id > after
                    && db.Delegations.Any(held => held.DelegateId == me && held.MenteeId == pair.MenteeId))
                .OrderBy(pair => pair.Id).Take(page.Take)
            from mentor in db.People.Where(person => person.Id == pair.MentorId).DefaultIfEmpty()
            from mentee in db.People.Where(person => person.Id == pair.MenteeId).DefaultIfEmpty()
            orderby pair.Id
            select new
            {
                pair,
                Mentor = mentor == null ? "" : mentor.Name,
                Mentee = mentee == null ? "" : mentee.Name,
                Prepared = new Prepared(
                    db.Preparations.Any(done => done.ProgrammeId == pair.ProgrammeId && done.PersonId == pair.MentorId && done.Side == Side.Mentor),
                    db.Preparations.Any(done => done.ProgrammeId == pair.ProgrammeId && done.PersonId == pair.MenteeId && done.Side == Side.Mentee)),
            }).ToListAsync(ct);
        return Results.Ok(Page.Of<View>(
            [.. rows.Select(row => new View(row.pair.Id, new PersonView(row.pair.MentorId, row.Mentor), new PersonView(row.pair.MenteeId, row.Mentee), row.pair.StateWhen(row.Prepared)))],
            page,
            last => Cursor.Of(last.Id)));
    }
}
