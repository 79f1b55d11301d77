using System.Text;
using System.Text.Json;
using Mentoring.ServiceDefaults;

namespace Mentoring.Participants.Topics;

/// <summary>
/// Gives the topics of units that were made before there were names in several languages what a new unit gets. Only the catalogue's own, and
/// only where they still have its label.
/// </summary>
public static class RenameStarterTopics
{
    public static string Sql()
    {
        var sql = new StringBuilder("""
            update topics set search = ' ' || trim(regexp_replace(
                regexp_replace(search || ' | ' || slug, '[^[:alnum:]+#|]+', ' ', 'g'), ' +', ' ', 'g')) || ' ';

            update topics t set labels = starter.labels::jsonb, search = starter.search
            from (values
            """);
        var comma = "";
        foreach (var topic in StarterCatalogue.Topics.Where(topic => topic.Labels.Count > 0))
        {
            sql.Append(comma).Append('\n')
                .Append($"({Literal(topic.Slug)}, {Literal(topic.Label)}, {Literal(JsonSerializer.Serialize(topic.Labels, Json.Options))}, {Literal(topic.Search)})");
            comma = ",";
        }
        return sql.Append("\n) as starter (slug, label, labels, search) where t.slug = starter.slug and t.label = starter.label and t.source is null;").ToString();
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
