using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Matching.Runs;

internal static class MatchingRunRoutes
{
    public static void MapMatchingRuns(this RouteGroupBuilder unit)
    {
        var runs = unit.MapGroup("/matching-runs").RequireRole(Roles.ProgrammeManager).WithTags("Matching runs");
        runs.MapPost("/", StartRun.Handle).Produces<RunReads.MatchingRunView>(StatusCodes.Status202Accepted);
        runs.MapPost("/validate", ValidateRun.Handle).Produces<ValidateRun.RunValidation>();
        runs.MapGet("/", RunReads.OfProgramme).Produces<Page<RunReads.MatchingRunView>>();
        runs.MapGet("/{id:guid}", RunReads.One).Produces<RunReads.MatchingRunView>();
        runs.MapGet("/{id:guid}/pairs", RunReads.Pairs).Produces<Page<RunReads.RunPairView>>();
        runs.MapGet("/{id:guid}/explain", RunReads.Explain).Produces<Explanation>();
        runs.MapGet("/{id:guid}/unmatched", RunReads.Unmatched).Produces<Page<RunReads.UnmatchedView>>();
        runs.MapGet("/{id:guid}/unmatched/{person:guid}", RunReads.WhyUnmatched).Produces<RunReads.UnmatchedView>();
        runs.MapGet("/{id:guid}/trades", RunReads.Traded).Produces<Page<RunReads.TradeView>>();
        runs.MapGet("/{id:guid}/blocking-pairs", RunReads.Blocking).Produces<Page<RunReads.BlockingPairView>>();
        runs.MapGet("/{id:guid}/compare/{other:guid}", CompareRuns.Handle).Produces<CompareRuns.RunComparison>();
        runs.MapGet("/{id:guid}/compare/{other:guid}/mentees", CompareRuns.Mentees).Produces<Page<CompareRuns.MenteeDifference>>();
        runs.MapPost("/{id:guid}/cancel", CancelRun.Handle);
        runs.MapPost("/{id:guid}/approve", ApproveRun.Handle).Produces<ApproveRun.ApprovedRun>();
    }
}
