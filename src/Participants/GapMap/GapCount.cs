using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.GapMap;

/// <summary>
/// A topic's numbers in one part of the organisation, of that part and all below it. Only what may be shown is ever stored
/// (<see cref="SafeCounts"/>): no query, backup or mistake in a route can tell of fewer people. Who holds a topic offers it at level
/// <see cref="HoldsFrom"/> or above; authority is a career stage of <see cref="CareerStage.Senior"/> or above. Guests count in their own unit,
/// whoever has left nowhere.
/// </summary>
public sealed class GapCount
{
    /// <summary>An offer from this level counts as holding: below it somebody is learning.</summary>
    public const int HoldsFrom = 3;

    private GapCount()
    {
    }

    public string Topic { get; private init; } = "";

    /// <summary>Empty for the whole unit.</summary>
    public string UnitPath { get; private init; } = "";

    /// <summary>The path one part shorter; null for the whole unit.</summary>
    public string? Parent { get; private init; }

    /// <summary>People without authority who hold it; null for fewer than may be shown.</summary>
    public int? Holders { get; private init; }

    /// <summary>People with authority who hold it.</summary>
    public int? HoldersWithAuthority { get; private init; }

    /// <summary>People with authority who need it.</summary>
    public int? Needs { get; private init; }

    /// <summary><see cref="GapMap.Imbalance"/>.</summary>
    public int? Imbalance { get; private init; }

    /// <summary>By career stage; of the whole unit only, since a stage within a part could be worked out from the two.</summary>
    public IReadOnlyList<StageCount>? Stages { get; private init; }

    /// <summary>What of a topic may be shown, from all who offer or need it.</summary>
    public static IReadOnlyList<GapCount> Of(string topic, IReadOnlyCollection<Told> told)
    {
        var holders = told.Where(row => !HasAuthority(row.Stage)).ToList();
        var deciders = told.Where(row => HasAuthority(row.Stage)).ToList();
        var held = SafeCounts.Of(holders.Select(row => (row.UnitPath, row.Holders)));
        var heldAbove = SafeCounts.Of(deciders.Select(row => (row.UnitPath, row.Holders)));
        var needed = SafeCounts.Of(deciders.Select(row => (row.UnitPath, row.Needs)));
        return [.. held.Keys.Union(heldAbove.Keys).Union(needed.Keys).Select(Of)];

        GapCount Of(string path)
        {
            var (below, above, needs) = (Find(held, path), Find(heldAbove, path), Find(needed, path));
            return new GapCount
            {
                Topic = topic,
                UnitPath = path,
                Parent = SafeCounts.ParentOf(path),
                Holders = below,
                HoldersWithAuthority = above,
                Needs = needs,
                Imbalance = GapMap.Imbalance.Of(needs, below, above),
                Stages = path == SafeCounts.Whole ? ByStage() : null,
            };
        }

        IReadOnlyList<StageCount> ByStage()
        {
            var heldByStage = Split(holders, row => row.Holders);
            var heldAboveByStage = Split(deciders, row => row.Holders);
            var neededByStage = Split(deciders, row => row.Needs);
            return [.. Enum.GetValues<CareerStage>().Select(stage => new StageCount(
                stage, Find(HasAuthority(stage) ? heldAboveByStage : heldByStage, Kebab.Of(stage)), Find(neededByStage, Kebab.Of(stage))))];
        }
    }

    public static bool HasAuthority(CareerStage stage) => stage >= CareerStage.Senior;

    private static IReadOnlyDictionary<string, int> Split(List<Told> rows, Func<Told, int> people) =>
        SafeCounts.Of(rows.Select(row => (Kebab.Of(row.Stage), people(row))));

    private static int? Find(IReadOnlyDictionary<string, int> shown, string path) => shown.TryGetValue(path, out var people) ? people : null;
}

/// <summary>How many people of one part and stage told that they hold a topic, and that they need it.</summary>
public sealed record Told(string UnitPath, CareerStage Stage, int Holders, int Needs);

/// <param name="Stage">The career stage.</param>
/// <param name="Holders">People of this stage who hold it; null for fewer than may be shown.</param>
/// <param name="Needs">People of this stage who need it, where it has authority; null otherwise and for fewer than may be shown.</param>
public sealed record StageCount(CareerStage Stage, int? Holders, int? Needs);

/// <summary>A topic that is to be counted again. Written by the database itself wherever what people tell, or where they stand, changes.</summary>
public sealed class UncountedTopic
{
    public long Number { get; private init; }
    public Guid UnitId { get; private init; }
    public string Topic { get; private init; } = "";
}

public sealed class GapMapMapping : IEntityTypeConfiguration<GapCount>, IEntityTypeConfiguration<UncountedTopic>
{
    public void Configure(EntityTypeBuilder<GapCount> count)
    {
        count.ToTenantTable("gap_counts", c => new { c.Topic, c.UnitPath });
        count.Property(c => c.Topic).UseCollation("C");
        count.Property(c => c.UnitPath).UseCollation("C");
        count.Property(c => c.Parent).UseCollation("C");
        count.Property(c => c.Stages).AsJson();
        count.HasIndex(TenantTables.UnitId, nameof(GapCount.UnitPath)).HasDatabaseName("ix_gap_counts_unit_path");
        count.HasIndex(TenantTables.UnitId, nameof(GapCount.Topic), nameof(GapCount.Parent), nameof(GapCount.UnitPath)).HasDatabaseName("ix_gap_counts_parent");
    }

    /// <summary>In the platform's schema: one loop counts for all units and must see whose turn it is. It holds no person.</summary>
    public void Configure(EntityTypeBuilder<UncountedTopic> topic)
    {
        topic.ToTable("uncounted_topics", MessagingTables.Schema).HasKey(t => t.Number);
        topic.Property(t => t.Number).UseIdentityAlwaysColumn();
        topic.HasIndex(t => new { t.UnitId, t.Topic }).HasDatabaseName("ix_uncounted_topics_unit");
    }
}
