using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.People;

/// <param name="From">The lowest grade of the step; it reaches up to the next step.</param>
public sealed record GradeStage(int From, CareerStage Stage);

/// <summary>
/// From which of the organisation's grades up which career stage begins; one a unit. Counts the versions of the unit's whole mapping, that from
/// titles (<see cref="StageRule"/>) included: they are edited together. A title's rule goes before the grade's, as it says more.
/// </summary>
public sealed class StageScale
{
    private StageScale()
    {
    }

    public const int TheOnly = 1;

    public int Number { get; private init; } = TheOnly;

    /// <summary>By rising grade.</summary>
    public IReadOnlyList<GradeStage> Grades { get; private set; } = [];

    /// <summary>0 as long as nothing was ever mapped.</summary>
    public long Version { get; private set; }

    public static StageScale Empty() => new();

    public void Replace(IReadOnlyList<GradeStage> grades)
    {
        Grades = [.. grades.OrderBy(grade => grade.From)];
        Version++;
    }

    /// <summary>Null below the first step.</summary>
    public CareerStage? Of(int grade) => Grades.LastOrDefault(step => step.From <= grade)?.Stage;

    /// <summary>The stage of every grade from <see cref="Person.LowestGrade"/> up, as stored; null below the first step.</summary>
    public string?[] ByGrade() => [.. Enumerable.Range(Person.LowestGrade, Person.HighestGrade - Person.LowestGrade + 1)
        .Select(grade => Of(grade) is { } stage ? Kebab.Of(stage) : null)];
}

public sealed class StageScaleMapping : IEntityTypeConfiguration<StageScale>
{
    public void Configure(EntityTypeBuilder<StageScale> scale)
    {
        scale.ToTenantTable("stage_scales", s => s.Number);
        scale.Property(s => s.Number).ValueGeneratedNever();
        scale.Property(s => s.Grades).AsJson();
        scale.Property(s => s.Version).IsConcurrencyToken();
    }
}
