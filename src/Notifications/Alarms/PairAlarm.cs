using Mentoring.Contracts.Scheduling;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Notifications.Alarms;

/// <summary>How far a pair's alarm has got; the sponsor's message counts these.</summary>
public sealed class PairAlarm
{
    public required Guid PartnershipId { get; init; }
    public required Guid ProgrammeId { get; init; }

    /// <summary>The highest step since the pair was last on its way; null when all is well.</summary>
    public AlarmStep? Reached { get; private set; }

    /// <summary>A fact without a step tells nobody, but only a recovered pair takes the alarm back.</summary>
    public void Take(AlarmStep? step, Contracts.Scheduling.Momentum momentum)
    {
        if (step is not null)
            Reached = step;
        else if (momentum is Contracts.Scheduling.Momentum.Thriving or Contracts.Scheduling.Momentum.Steady)
            Reached = null;
    }
}

public sealed class PairAlarmMapping : IEntityTypeConfiguration<PairAlarm>
{
    public void Configure(EntityTypeBuilder<PairAlarm> builder)
    {
        builder.ToTenantTable("pair_alarms", a => a.PartnershipId);
        builder.Property(a => a.Reached).HasConversion<string>();
    }
}
