using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Reviews;

internal static class ReviewMapping
{
    public static void MapReviews(this ModelBuilder model)
    {
        model.Entity<Review>(review =>
        {
            review.ToTenantTable("reviews", r => r.Id).InsertOnly();
            review.Property(r => r.Gates).HasJson();
            review.Property(r => r.Figures).HasJson();
            review.HasIndex(TenantTables.UnitId, nameof(Review.ProgrammeId)).HasDatabaseName("ix_reviews_programme");
        });
        model.Entity<Attestation>(attestation =>
        {
            attestation.ToTenantTable("attestations", a => a.Id).InsertOnly();
            attestation.HasIndex(TenantTables.UnitId, nameof(Attestation.ProgrammeId)).HasDatabaseName("ix_attestations_programme");
        });
    }
}
