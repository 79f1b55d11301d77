using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Projects;

/// <summary>Either of the two; one open project a pair. The pair's row is locked first: both may name one at the same moment.</summary>
internal static class NameProject
{
    public sealed record Request(Guid PairId, string Title);

    public static async Task<IResult> Handle([FromBody] Request request, Caller caller, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        if (FaultOf(request.Title) is { } fault)
            return Problems.Invalid("title", fault);
        await using var change = await Atomically.Begin(db, ct);
        var pair = await db.Pairs.FromSql($"select * from pairs where id = {request.PairId} for update").AsNoTracking().SingleOrDefaultAsync(ct);
        if (pair?.SideOf(caller.PersonId) is not { } side
            || await db.Programmes.AsNoTracking().SingleOrDefaultAsync(known => known.Id == pair.ProgrammeId, ct) is not { } programme)
            return Problems.NotFound();
        if (programme.Closed)
            return OwnProject.ProgrammeClosed();
        if (programme.Project is null)
            return Problems.Of(422, "no-project-asked", "This programme asks its pairs for no project.");
        if (pair.Ended)
            return Problems.Of(409, "pair-ended", "The pair has ended; what it had chosen can still be said to be delivered, but nothing new begins.");
        if (await db.Projects.AnyAsync(other => other.PairId == pair.Id && other.DeliveredOn == null, ct))
            return Problems.Of(409, "project-open", "The two of you have a project; change its title, or deliver it first.");

        var project = new Project
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            PairId = pair.Id,
            ProgrammeId = pair.ProgrammeId,
            Title = request.Title.Trim(),
        };
        db.Add(project);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Created($"/api/v1/units/{caller.Unit}/projects/{project.Id}", ReadProjects.Shown(project, programme.Slug, side));
    }

    /// <summary>What is wrong with a title; null where nothing is.</summary>
    public static string? FaultOf(string title) =>
        string.IsNullOrWhiteSpace(title) || title.Length > Project.LongestTitle || title.Any(char.IsControl)
            ? $"must be a line of 1 to {Project.LongestTitle} characters"
            : null;
}
