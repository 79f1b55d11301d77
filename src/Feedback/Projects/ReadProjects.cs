using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Pairs;
using Mentoring.Feedback.People;
using Mentoring.Feedback.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Projects;

internal static class ReadProjects
{
    /// <summary>A project as its two see it.</summary>
    /// <param name="SaidByMe">Whether the reader is who said that it is delivered; null while nobody did.</param>
    /// <param name="Etag">What a change, or the other's confirmation, names as If-Match.</param>
    public sealed record View(
        Guid Id, Guid PairId, string Programme, string Title, ProjectState State, bool? SaidByMe, string? Result, DateOnly? DeliveredOn, string Etag);

    /// <param name="Asked">What the programme asks each pair for.</param>
    /// <param name="Projects">The delivered ones and the open one, in the order they were named.</param>
    public sealed record OfPair(Guid PairId, string Programme, string Asked, Named? Partner, bool Ended, IReadOnlyList<View> Projects);

    /// <summary>What sponsor and managers see: nothing of whose project it is, and nothing of one that is not delivered.</summary>
    /// <param name="Pairs">Pairs there are or were; each number null where fewer than k people stand behind it.</param>
    /// <param name="Chosen">Pairs that have chosen a project, delivered ones included.</param>
    /// <param name="Delivered">Pairs that have delivered one, by the word of both.</param>
    public sealed record Overview(string? Asked, int? Pairs, int? Chosen, int? Delivered, IReadOnlyList<Item> Items, string? Next);

    public sealed record Item(Guid Id, string Title, string Result, DateOnly DeliveredOn);

    public static async Task<IResult> OfProgramme(string programme, PageRequest page, Caller caller, FeedbackDb db, CancellationToken ct)
    {
        if (await db.Programmes.AsNoTracking().BySlug(programme, ct) is not { } known)
            return Problems.NotFound();
        if (!caller.Oversees(known.Id))
            return Problems.RoleMissing();
        var delivered = db.Projects.AsNoTracking().Where(project => project.ProgrammeId == known.Id && project.DeliveredOn != null);
        if (page.AfterId is { } after)
            delivered = delivered.Where(project => project.Id > after);
        var found = await delivered.OrderBy(project => project.Id).Take(page.Take).ToListAsync(ct);
        var items = Page.Of(found.ConvertAll(project => new Item(project.Id, project.Title, project.Result!, project.DeliveredOn!.Value)), page, item => Cursor.Of(item.Id));

        var pairs = await db.Pairs.AsNoTracking().Where(pair => pair.ProgrammeId == known.Id).ToListAsync(ct);
        var chosen = await db.Projects.Where(project => project.ProgrammeId == known.Id)
            .GroupBy(project => project.PairId).Select(ofPair => new { Pair = ofPair.Key, Delivered = ofPair.Any(project => project.DeliveredOn != null) })
            .ToDictionaryAsync(ofPair => ofPair.Pair, ofPair => ofPair.Delivered, ct);
        return Results.Ok(new Overview(
            known.Project,
            Shown(pairs, known.K),
            Shown(pairs.Where(pair => chosen.ContainsKey(pair.Id)), known.K),
            Shown(pairs.Where(pair => chosen.GetValueOrDefault(pair.Id)), known.K),
            items.Items,
            items.Next));
    }

    public static async Task<Page<OfPair>> Mine(Caller caller, FeedbackDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        var pairs = await (
            from pair in db.Pairs.AsNoTracking()
            join programme in db.Programmes on pair.ProgrammeId equals programme.Id
            where (pair.MentorId == me || pair.MenteeId == me) && programme.Project != null
            join partner in db.People on (pair.MentorId == me ? pair.MenteeId : pair.MentorId) equals partner.Id into partners
            from partner in partners.DefaultIfEmpty()
            orderby pair.Id
            select new { Pair = pair, programme.Slug, Asked = programme.Project, Partner = partner }).ToListAsync(ct);
        var ids = pairs.ConvertAll(found => found.Pair.Id);
        var projects = (await db.Projects.AsNoTracking().Where(project => ids.Contains(project.PairId)).OrderBy(project => project.Id).ToListAsync(ct))
            .ToLookup(project => project.PairId);
        return Page.Of(pairs.ConvertAll(found => new OfPair(
            found.Pair.Id,
            found.Slug,
            found.Asked!,
            found.Partner is null ? null : new Named(found.Partner.Id, found.Partner.Name),
            found.Pair.Ended,
            [.. projects[found.Pair.Id].Select(project => Shown(project, found.Slug, found.Pair.SideOf(me)!.Value))])), next: null);
    }

    public static async Task<IResult> One(Guid id, Caller caller, FeedbackDb db, CancellationToken ct) =>
        await OwnProject.Find(id, caller, db, ct) is { } own
            ? Precondition.Ok(Shown(own.Project, own.Programme.Slug, own.Side), own.Project.Version)
            : Problems.NotFound();

    public static View Shown(Project project, string programme, Side reader) => new(
        project.Id,
        project.PairId,
        programme,
        project.Title,
        project.State,
        project.SaidBy is { } by ? by == reader : null,
        project.Result,
        project.DeliveredOn,
        Precondition.Etag(project.Version));

    private static int? Shown(IEnumerable<Pair> pairs, int k)
    {
        var counted = pairs.ToList();
        return counted.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }).Distinct().Count() >= k ? counted.Count : null;
    }
}
