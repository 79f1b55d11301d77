namespace Mentoring.ICalendar;

/// <summary>What stands between a BEGIN and its END.</summary>
/// <param name="Name">In capitals: VEVENT, VTIMEZONE and so on.</param>
/// <param name="Line">Of its BEGIN.</param>
public sealed record Component(string Name, int Line)
{
    private readonly List<ContentLine> _properties = [];
    private readonly List<Component> _components = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ContentLine> Properties => _properties;

    /// <summary>Those inside, in the order of the file.</summary>
    public IReadOnlyList<Component> Components => _components;

    /// <summary>The first of a name; null without one.</summary>
    public ContentLine? Property(string name) => _properties.Find(property => property.Name == name);

    internal void Add(ContentLine property) => _properties.Add(property);

    internal void Add(Component component) => _components.Add(component);
}
