using Mentoring.Feedback;
using Mentoring.Matching;
using Mentoring.Messaging;
using Mentoring.Notifications;
using Mentoring.Participants;
using Mentoring.Scheduling;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Mentoring.Architecture.Tests;

/// <summary>
/// A table is a unit's, with the unit first in its keys, or the platform's. Row security itself is forced by the migration step, and a
/// service that finds it missing does not start.
/// </summary>
public sealed class TablesBelongToUnits
{
    public static TheoryData<string, IModel> Models => new()
    {
        { "participants", ModelOf<ParticipantsDb>() },
        { "matching", ModelOf<MatchingDb>() },
        { "scheduling", ModelOf<SchedulingDb>() },
        { "feedback", ModelOf<FeedbackDb>() },
        { "notifications", ModelOf<NotificationsDb>() },
    };

    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public void Every_table_has_the_unit_first_in_its_key_or_is_the_platforms(string service, IModel model)
    {
        var astray = Tables(model).Where(table => table.GetSchema() != MessagingTables.Schema && table.FindPrimaryKey()?.Properties[0].Name != TenantTables.UnitId);

        Assert.True(!astray.Any(), $"{service}: {string.Join(", ", astray.Select(table => table.GetTableName()))}");
    }

    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public void Every_unique_index_and_foreign_key_holds_within_one_unit(string service, IModel model)
    {
        var tenant = Tables(model).Where(table => table.GetSchema() != MessagingTables.Schema).ToList();
        var indexes = tenant.SelectMany(table => table.GetIndexes()).Where(index => index.IsUnique && index.Properties.All(property => property.Name != TenantTables.UnitId)).Select(index => index.GetDatabaseName());
        var references = tenant.SelectMany(table => table.GetForeignKeys()).Where(key => key.Properties.All(property => property.Name != TenantTables.UnitId)).Select(key => key.GetConstraintName());

        var astray = indexes.Concat(references).ToList();
        Assert.True(astray.Count == 0, $"{service}: {string.Join(", ", astray)}");
    }

    private static IEnumerable<IEntityType> Tables(IModel model) => model.GetEntityTypes().Where(entity => !entity.IsMappedToJson() && entity.GetTableName() is not null && !entity.IsOwned());

    private static IModel ModelOf<TDb>()
        where TDb : DbContext
    {
        var options = new DbContextOptionsBuilder<TDb>().UseNpgsql("Host=localhost").Options;
        using var db = (TDb)Activator.CreateInstance(typeof(TDb), options, new UnitContext())!;
        return db.Model;
    }
}
