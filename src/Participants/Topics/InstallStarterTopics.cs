using System.Text.Json;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Topics;

/// <summary>Gives a new unit the starter catalogue: one statement for some 1,400 topics.</summary>
public static class InstallStarterTopics
{
    public static Task<int> Handle(ParticipantsDb db, CancellationToken ct)
    {
        var topics = StarterCatalogue.Topics;
        // Arrays of arrays must be rectangular in PostgreSQL; the alternatives travel joined by what no label contains.
        return db.Database.ExecuteSqlAsync($"""
            insert into topics (unit_id, slug, label, focus, description, broader, alternatives, source, search, labels)
            select {db.Unit.UnitId}, slug, label, focus, description, broader,
                   coalesce(string_to_array(nullif(alternatives, ''), '|'), array[]::text[]), source, search, labels::jsonb
            from unnest(
                {topics.Select(topic => topic.Slug).ToArray()},
                {topics.Select(topic => topic.Label).ToArray()},
                {topics.Select(topic => Kebab.Of(topic.Focus)).ToArray()},
                {topics.Select(topic => topic.Description).ToArray()},
                {topics.Select(topic => topic.Broader).ToArray()},
                {topics.Select(topic => string.Join('|', topic.Alternatives)).ToArray()},
                {topics.Select(topic => topic.Source).ToArray()},
                {topics.Select(topic => topic.Search).ToArray()},
                {topics.Select(topic => JsonSerializer.Serialize(topic.Labels, Json.Options)).ToArray()})
                as starter (slug, label, focus, description, broader, alternatives, source, search, labels)
            on conflict do nothing
            """, ct);
    }
}
