using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.People;

/// <summary>
/// The unit's own word on which career stage a title stands for: a structural position, so never from age or service. Without a rule the
/// grade decides (<see cref="StageScale"/>), and without that the stage is <see cref="CareerStage.Established"/>.
/// </summary>
public sealed class StageRule
{
    /// <summary>The title as it is compared (<see cref="SearchText"/>); unique in the unit.</summary>
    public required string TitleKey { get; init; }

    /// <summary>The title as it was written.</summary>
    public required string Title { get; init; }

    public required CareerStage Stage { get; init; }

    public static StageRule For(string title, CareerStage stage) => new() { TitleKey = SearchText.Of(title), Title = title.Trim(), Stage = stage };
}

public sealed class StageRuleMapping : IEntityTypeConfiguration<StageRule>
{
    public void Configure(EntityTypeBuilder<StageRule> rule)
    {
        rule.ToTenantTable("stage_rules", r => r.TitleKey);
        rule.Property(r => r.TitleKey).UseCollation("C");
    }
}
