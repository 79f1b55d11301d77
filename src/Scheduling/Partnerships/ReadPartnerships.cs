using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Somebody as shown to others.</summary>
public sealed record PersonView(Guid Id, string Name);

public static class ReadPartnerships
{
    /// <summary>A partnership as one of the two sees it.</summary>
    /// <param name="As">One's own side.</param>
    /// <param name="Topics">What the mentor brings, in words.</param>
    /// <param name="TopicsBack">In a reciprocal programme, what the mentee brings; otherwise null.</param>
    /// <param name="Term">The first is 1; another each time the two have gone on.</param>
    /// <param name="Continuation">Null unless both are just being asked.</param>
    /// <param name="WaitingFor">What is missing before it is active: <c>my-signature</c>, <c>other-signature</c>, <c>my-preparation</c>, <c>other-preparation</c>.</param>
    public sealed record View(
        Guid Id,
        string? Programme,
        string? ProgrammeName,
        Side As,
        PersonView Mentor,
        PersonView Mentee,
        string Wave,
        IReadOnlyList<string> Topics,
        IReadOnlyList<string>? TopicsBack,
        string Reason,
        PartnershipState State,
        IReadOnlyList<string> WaitingFor,
        NextSession? NextSession,
        DateTimeOffset FormedAt,
        DateTimeOffset? EndsAt,
        int Term,
        Continuation? Continuation);

    /// <summary>The question whether to go on after the planned end.</summary>
    /// <param name="Answer">One's own, <c>yes</c> or <c>no</c>; null while one has not answered. The other's is shown to nobody.</param>
    /// <param name="Until">Until when it may be given and changed.</param>
    public sealed record Continuation(string? Answer, DateTimeOffset Until);

    /// <summary>A partnership as the programme manager sees it: that the charter is signed, never what it says.</summary>
    public sealed record ManagerView(
        Guid Id,
        PersonView Mentor,
        PersonView Mentee,
        string Wave,
        PartnershipState State,
        bool Signed,
        bool Prepared,
        DateTimeOffset? NextSession,
        int Held,
        int Cancelled,
        DateTimeOffset FormedAt,
        DateTimeOffset? EndsAt,
        int Term);

    public sealed record NextSession(Guid Id, DateTimeOffset StartsAt, string Channel, string? Place);

    private sealed record Row(
        Partnership Pair,
        string? Programme,
        string? ProgrammeName,
        string MentorName,
        string MenteeName,
        bool MentorPrepared,
        bool MenteePrepared,
        NextSession? Next,
        int Held,
        int Cancelled);

    public static async Task<IResult> Mine(PageRequest page, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct) =>
        Results.Ok(Page.Of(await OfPerson(caller.PersonId, page.AfterId, page.Take, db, clock.GetUtcNow(), ct), page, last => Cursor.Of(last.Id)));

    /// <summary>Those of one person as that person sees them.</summary>
    internal static async Task<IReadOnlyList<View>> OfPerson(Guid me, Guid? after, int take, SchedulingDb db, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await Rows(db, now, db.Partnerships.Where(pair => pair.MentorId == me || pair.MenteeId == me), after, take, ct);
        var answers = await Answers(db, rows, me, ct);
        return [.. rows.Select(row => ForOneOfTheTwo(row, me, answers, now))];
    }

    public static async Task<IResult> OfProgramme(string programme, PageRequest page, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Programmes.Where(terms => terms.Slug == programme).Select(terms => (Guid?)terms.Id).FirstOrDefaultAsync(ct) is not { } id)
            return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, id))
            return Problems.RoleMissing();
        var rows = await Rows(db, clock.GetUtcNow(), db.Partnerships.Where(pair => pair.ProgrammeId == id), page.AfterId, page.Take, ct);
        return Results.Ok(Page.Of<ManagerView>([.. rows.Select(ForManager)], page, last => Cursor.Of(last.Id)));
    }

    public static async Task<IResult> One(Guid id, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        var rows = await Rows(db, clock.GetUtcNow(), db.Partnerships.Where(pair => pair.Id == id), after: null, take: 1, ct);
        if (rows is not [var row])
            return Problems.NotFound();
        if (row.Pair.SideOf(caller.PersonId) is not null)
            return Precondition.Ok(ForOneOfTheTwo(row, caller.PersonId, await Answers(db, rows, caller.PersonId, ct), clock.GetUtcNow()), row.Pair.Version);
        return caller.Is(Roles.ProgrammeManager, row.Pair.ProgrammeId) ? Precondition.Ok(ForManager(row), row.Pair.Version) : Problems.NotFound();
    }

    private static async Task<List<Row>> Rows(SchedulingDb db, DateTimeOffset now, IQueryable<Partnership> pairs, Guid? after, int take, CancellationToken ct)
    {
        if (after is { } last)
            pairs = pairs.Where(pair => pair.Id > last);
        return await (
            from pair in pairs.AsNoTracking().OrderBy(pair => pair.Id).Take(take)
            from terms in db.Programmes.Where(terms => terms.Id == pair.ProgrammeId).DefaultIfEmpty()
            from mentor in db.People.Where(person => person.Id == pair.MentorId).DefaultIfEmpty()
            from mentee in db.People.Where(person => person.Id == pair.MenteeId).DefaultIfEmpty()
            orderby pair.Id
            select new Row(
                pair,
                terms == null ? null : terms.Slug,
                terms == null ? null : terms.Name,
                mentor == null ? "" : mentor.Name,
                mentee == null ? "" : mentee.Name,
                db.Preparations.Any(done => done.ProgrammeId == pair.ProgrammeId && done.PersonId == pair.MentorId && done.Side == Side.Mentor),
                db.Preparations.Any(done => done.ProgrammeId == pair.ProgrammeId && done.PersonId == pair.MenteeId && done.Side == Side.Mentee),
                db.Sessions.Where(session => session.PartnershipId == pair.Id && session.State == SessionState.Booked && session.StartsAt > now)
                    .OrderBy(session => session.StartsAt)
                    .Select(session => new NextSession(session.Id, session.StartsAt, session.Channel, session.Place))
                    .FirstOrDefault(),
                db.Sessions.Count(session => session.PartnershipId == pair.Id && session.State == SessionState.Held),
                db.Sessions.Count(session => session.PartnershipId == pair.Id && session.State == SessionState.Cancelled && session.BySide != null)))
            .ToListAsync(ct);
    }

    /// <summary>One's own answers alone.</summary>
    private static async Task<IReadOnlyDictionary<Guid, bool>> Answers(SchedulingDb db, List<Row> rows, Guid me, CancellationToken ct)
    {
        var ids = rows.ConvertAll(row => row.Pair.Id);
        return await db.ContinuationAnswers.AsNoTracking().Where(answer => answer.PersonId == me && ids.Contains(answer.PartnershipId))
            .ToDictionaryAsync(answer => answer.PartnershipId, answer => answer.GoesOn, ct);
    }

    private static View ForOneOfTheTwo(Row row, Guid me, IReadOnlyDictionary<Guid, bool> answers, DateTimeOffset now)
    {
        var side = row.Pair.SideOf(me) ?? throw new ArgumentException("Is neither of the two.", nameof(me));
        var other = side.Other();
        var prepared = new Prepared(row.MentorPrepared, row.MenteePrepared);
        return new View(
            row.Pair.Id,
            row.Programme,
            row.ProgrammeName,
            side,
            new PersonView(row.Pair.MentorId, row.MentorName),
            new PersonView(row.Pair.MenteeId, row.MenteeName),
            row.Pair.Wave,
            row.Pair.Topics,
            row.Pair.TopicsBack,
            row.Pair.Reason,
            row.Pair.StateWhen(prepared),
            row.Pair.Ended ? [] : [.. WaitingFor(row.Pair.Charter, side, other, prepared)],
            row.Next,
            row.Pair.FormedAt,
            row.Pair.EndsAt,
            row.Pair.Term,
            row.Pair.MayAnswer(now)
                ? new Continuation(answers.TryGetValue(row.Pair.Id, out var goesOn) ? AnswerContinuation.Show(goesOn) : null, row.Pair.EndsAt!.Value)
                : null);
    }

    private static IEnumerable<string> WaitingFor(Charter? charter, Side me, Side other, Prepared prepared)
    {
        if (charter?.SignedBy(me) is not true)
            yield return "my-signature";
        if (charter?.SignedBy(other) is not true)
            yield return "other-signature";
        if (!IsPrepared(me))
            yield return "my-preparation";
        if (!IsPrepared(other))
            yield return "other-preparation";

        bool IsPrepared(Side side) => side is Side.Mentor ? prepared.Mentor : prepared.Mentee;
    }

    private static ManagerView ForManager(Row row)
    {
        var prepared = new Prepared(row.MentorPrepared, row.MenteePrepared);
        return new ManagerView(
            row.Pair.Id,
            new PersonView(row.Pair.MentorId, row.MentorName),
            new PersonView(row.Pair.MenteeId, row.MenteeName),
            row.Pair.Wave,
            row.Pair.StateWhen(prepared),
            row.Pair.Charter is { Signed: true },
            prepared.Both,
            row.Next?.StartsAt,
            row.Held,
            row.Cancelled,
            row.Pair.FormedAt,
            row.Pair.EndsAt,
            row.Pair.Term);
    }
}
