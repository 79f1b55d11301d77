using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Units;

public sealed record UnitItem(Guid Id, string Slug, string Name, string TimeZone, DateTimeOffset CreatedAt);

/// <summary>All units, for an operator: names, never content.</summary>
public static class ListUnits
{
    public static async Task<Page<UnitItem>> Handle(PageRequest page, TenantDatabase database, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(
            "select id, slug, name, time_zone, created_at from platform.units where slug > $1 order by slug limit $2");
        command.Parameters.Add(new() { Value = page.AfterKey ?? "" });
        command.Parameters.Add(new() { Value = page.Take });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var units = new List<UnitItem>();
        while (await reader.ReadAsync(ct))
        {
            units.Add(new UnitItem(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), await reader.GetFieldValueAsync<DateTimeOffset>(4, ct)));
        }
        return Page.Of(units, page, unit => Cursor.Of(unit.Slug));
    }
}
