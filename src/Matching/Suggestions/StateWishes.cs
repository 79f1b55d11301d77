using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Suggestions;

/// <summary>
/// Says whom one would like to be paired with, the most wanted first; replaces what was said before, and an empty list takes it back. The
/// people asked for are not told: a wish is weighed by the next run, and whether anything comes of it is decided there and by both.
/// </summary>
internal static class StateWishes
{
    private const int MostWishes = 10;

    /// <param name="Programme">The programme's slug.</param>
    /// <param name="Side">On which side one asks.</param>
    /// <param name="People">Ids from suggestions, the most wanted first.</param>
    public sealed record WishesRequest(string Programme, Side Side, IReadOnlyList<Guid> People);

    public sealed record MyWishes(IReadOnlyList<NamedPerson> People);

    public static async Task<IResult> Read(string programme, SideName side, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        var known = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == programme, ct);
        if (known is null || !await db.Participants.AnyAsync(p => p.ProgrammeId == known.Id && p.PersonId == me && p.Side == side, ct)) return Problems.NotFound();
        var people = await db.Wishes.AsNoTracking()
            .Where(wish => wish.ProgrammeId == known.Id && wish.Side == side && wish.PersonId == me)
            .OrderBy(wish => wish.Rank).Select(wish => wish.OtherId).ToListAsync(ct);
        return Results.Ok(await Show(people, db, ct));
    }

    public static async Task<IResult> Handle(WishesRequest request, Caller caller, MatchingDb db, RecentPools pools, CancellationToken ct)
    {
        if (request.People.Count > MostWishes)
            return Problems.Invalid(new Dictionary<string, string[]> { ["people"] = [$"has more than {MostWishes}; name those you want most"] });
        if (request.People.Distinct().Count() < request.People.Count)
            return Problems.Invalid(new Dictionary<string, string[]> { ["people"] = ["names somebody twice"] });
        var me = caller.PersonId;
        var (chooser, refusal) = await Chooser.Find(request.Programme, request.Side, me, db, pools, ct);
        if (chooser is null) return refusal!;
        if (request.People.Where(other => !chooser.May(other)).ToList() is { Count: > 0 } forbidden)
        {
            // Without the rule: it would tell whether somebody takes part, is taken, or stands in one's reporting line.
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "wish-forbidden",
                "Some of those you name cannot be your partner in this programme. Choose from your suggestions.",
                new Dictionary<string, string[]> { ["people"] = [.. forbidden.Select(other => other.ToString())] });
        }

        await using var change = await Atomically.Begin(db, ct);
        // Who sends two lists at the same moment has sent one after the other.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('wishes ' || {chooser.Programme.Id}::text || {me}::text, 0))", ct);
        await db.Wishes.Where(wish => wish.ProgrammeId == chooser.Programme.Id && wish.Side == request.Side && wish.PersonId == me).ExecuteDeleteAsync(ct);
        db.Wishes.AddRange(request.People.Select((other, i) => new Wish
        {
            ProgrammeId = chooser.Programme.Id,
            Side = request.Side,
            PersonId = me,
            Rank = i + 1,
            OtherId = other,
        }));
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Ok(await Show(request.People, db, ct));
    }

    private static async Task<MyWishes> Show(IReadOnlyList<Guid> people, MatchingDb db, CancellationToken ct)
    {
        var names = await NamedPerson.Read(db, people, ct);
        return new MyWishes([.. people.Select(names)]);
    }
}
