using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.People;
using NodaTime;
using NodaTime.Extensions;

namespace Mentoring.Notifications.Templates;

/// <summary>Someone who is about to read: the language, the zone, and the names that stand behind ids.</summary>
public sealed class Reader
{
    private readonly Names _names;
    private readonly IReadOnlyDictionary<string, string> _words;

    private Reader(string name, Language language, DateTimeZone zone, Names names, IReadOnlyDictionary<string, string> words)
    {
        (Name, Language, Zone, _names, _words) = (name, language, zone, names, words);
    }

    public string Name { get; }

    public Language Language { get; }

    public DateTimeZone Zone { get; }

    /// <param name="person">Null where the person's details have not arrived here yet.</param>
    /// <param name="preferred">The language chosen; otherwise the person's own.</param>
    /// <param name="names">Who and what the notices name.</param>
    /// <param name="templates">Where the words are.</param>
    public static Reader Of(Person? person, Language? preferred, Names names, TemplateSet templates)
    {
        var language = preferred ?? Languages.FirstOf(person?.Languages ?? []);
        return new Reader(person?.Name ?? "", language, ZoneOf(person), names, templates.Words(language));
    }

    /// <summary>The same reader of what is written in another language: names and zone stay, dates and small words follow.</summary>
    public Reader In(Language language, TemplateSet templates) => new(Name, language, Zone, _names, templates.Words(language));

    /// <summary>UTC for a zone that this machine does not know.</summary>
    public static DateTimeZone ZoneOf(Person? person) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(person?.TimeZone ?? "") ?? DateTimeZone.Utc;

    /// <summary>The name, or words for someone who is no longer here.</summary>
    public string NameOf(Guid person) => _names.People.TryGetValue(person, out var found) && !found.Gone ? found.Name : Word("someone-gone");

    public string Programme(Guid programme) => _names.Programmes.TryGetValue(programme, out var name) ? name : Word("a-programme");

    /// <summary>Weekday, date and time of this reader's wall clock, with the zone.</summary>
    public string When(DateTimeOffset at)
    {
        var local = at.ToInstant().InZone(Zone).ToDateTimeUnspecified();
        return $"{local.ToString(Language.TimePattern(local.Day), Language.Culture())} ({Zone.Id})";
    }

    /// <summary>Weekday and date of this reader's wall clock.</summary>
    public string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(at.ToInstant().InZone(Zone).ToDateTimeUnspecified()));

    public string Day(DateOnly day) => day.ToString(Language.DayPattern(day.Day), Language.Culture());

    /// <summary>A word for a code; the code itself where a newer service sends one that is not known here yet.</summary>
    public string WordFor(string group, string code) => _words.TryGetValue($"{group}.{code}", out var word) ? word : code;

    private string Word(string key) => _words[key];
}
