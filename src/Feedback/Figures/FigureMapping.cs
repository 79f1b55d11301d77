using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Figures;

internal static class FigureMapping
{
    public static void MapFigures(this ModelBuilder model) => model.Entity<Figure>(figure =>
    {
        figure.ToTenantTable("figures", f => f.Id).InsertOnly();
        figure.HasIndex(TenantTables.UnitId, nameof(Figure.ProgrammeId), nameof(Figure.Measure), nameof(Figure.AsOf)).HasDatabaseName("ix_figures_measure");
    });
}
