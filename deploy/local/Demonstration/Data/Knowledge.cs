using System.Globalization;

namespace Mentoring.Demonstration.Data;

public enum KnowledgeKind { Offer, Need }

/// <summary>One row of the knowledge import.</summary>
/// <param name="Level">1–5: what an offer knows, what a need wants to reach.</param>
/// <param name="Priority">A need that carries a strategic priority.</param>
public sealed record KnowledgeEntry(Person Person, KnowledgeKind Kind, string Topic, int Level, bool Priority, string? Evidence);

/// <summary>
/// Who offers and who needs what. The files do not say; it is derived by career stage and a seed: those early or established
/// offer digital topics and need transversal ones, those senior or executive the other way round.
/// </summary>
public sealed class Knowledge
{
    private static readonly string[] Evidence = ["Uses it every day", "Ran a lunch session on it", "Built a tool others use", "Answers the team's questions"];

    private readonly ILookup<Person, KnowledgeEntry> _byPerson;

    private Knowledge(IReadOnlyList<KnowledgeEntry> entries)
    {
        Entries = entries;
        _byPerson = entries.ToLookup(entry => entry.Person);
    }

    public IReadOnlyList<KnowledgeEntry> Entries { get; }

    public static Knowledge Derive(Organisation organisation, int seed = Organisation.Seed) =>
        new([.. organisation.People.SelectMany(person =>
        {
            var draw = Draw.For(seed, "knowledge", person.ExternalId);
            return person == organisation.ChiefExecutive ? OfChiefExecutive(person, draw)
                : person.Stage >= Stage.Senior ? OfLead(person, draw)
                : OfOthers(person, draw);
        })]);

    public IEnumerable<KnowledgeEntry> Of(Person person) => _byPerson[person];

    public string ToCsv() =>
        Csv.Of(
            ["externalId", "kind", "topic", "level", "priority", "evidence"],
            Entries.Select(entry => (string?[])
            [
                entry.Person.ExternalId, entry.Kind == KnowledgeKind.Offer ? "offer" : "need", entry.Topic,
                entry.Level.ToString(CultureInfo.InvariantCulture), entry.Priority ? "true" : null, entry.Evidence,
            ]));

    /// <summary>The sponsor needs the whole gap.</summary>
    private static IEnumerable<KnowledgeEntry> OfChiefExecutive(Person person, Draw draw) =>
    [
        .. Needs(person, draw, [.. Topics.Internet, .. Topics.ArtificialIntelligence], priority: true),
        .. Offers(person, draw, draw.Some(Topics.Transversal, 3), least: 4),
    ];

    private static IEnumerable<KnowledgeEntry> OfLead(Person person, Draw draw) =>
    [
        .. Needs(person, draw, Sought(draw), priority: draw.OneIn(3)),
        .. Needs(person, draw, draw.Some(Topics.Digital, draw.Between(1, 2)), priority: false),
        .. Offers(person, draw, draw.Some(Topics.Transversal, 2), least: 3),
    ];

    private static IEnumerable<KnowledgeEntry> OfOthers(Person person, Draw draw) =>
    [
        .. Offers(person, draw, [.. Sought(draw), .. draw.Some(Topics.Digital, draw.Between(1, 3))], least: 3),
        .. Needs(person, draw, draw.Some(Topics.Transversal, 1), priority: false),
    ];

    /// <summary>Two internet topics and mostly one of artificial intelligence: enough in common that most could pair, not all.</summary>
    private static IReadOnlyList<string> Sought(Draw draw) =>
        [.. draw.Some(Topics.Internet, 2), .. draw.Some(Topics.ArtificialIntelligence, draw.OneIn(3) ? 0 : 1)];

    private static IEnumerable<KnowledgeEntry> Offers(Person person, Draw draw, IReadOnlyList<string> topics, int least) =>
        [.. topics.Select(topic => new KnowledgeEntry(
            person, KnowledgeKind.Offer, topic, draw.Between(least, 5), Priority: false, draw.OneIn(3) ? draw.OneOf(Evidence) : null))];

    private static IEnumerable<KnowledgeEntry> Needs(Person person, Draw draw, IReadOnlyList<string> topics, bool priority) =>
        [.. topics.Select(topic => new KnowledgeEntry(person, KnowledgeKind.Need, topic, draw.Between(2, 4), priority, Evidence: null))];
}
