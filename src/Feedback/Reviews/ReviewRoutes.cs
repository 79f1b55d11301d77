using Mentoring.Tenancy;

namespace Mentoring.Feedback.Reviews;

internal static class ReviewRoutes
{
    public static void MapReviews(this RouteGroupBuilder unit)
    {
        var reviews = unit.MapGroup("/reviews").WithTags("Reviews");
        reviews.MapPost("", WriteReview.Handle).RequireRole(Roles.ProgrammeManager).WithSummary("Write a review: every gate read, every figure k-safe");
        reviews.MapGet("", ReadReviews.OfProgramme).RequireRole(Roles.ProgrammeManager, Roles.Sponsor).WithSummary("A programme's reviews, the newest first");
        reviews.MapGet("/{id:guid}", ReadReviews.One).RequireRole(Roles.ProgrammeManager, Roles.Sponsor).WithSummary("One review");
        reviews.MapPost("/attestations", Attest.Handle).RequireRole(Roles.Sponsor).WithSummary("A sponsor states what no figure can show");
    }
}
