namespace Mentoring.Participants.Scim;

/// <summary>A filter (RFC 7644, 3.4.2.2).</summary>
internal abstract record ScimFilter
{
    public sealed record And(ScimFilter Left, ScimFilter Right) : ScimFilter;

    public sealed record Or(ScimFilter Left, ScimFilter Right) : ScimFilter;

    public sealed record Not(ScimFilter Inner) : ScimFilter;

    /// <param name="Path">Null: an attribute that nobody has here.</param>
    /// <param name="Operator">eq, ne, co, sw, ew or pr; lower case.</param>
    /// <param name="Value">A string, a bool, or null; with pr nothing.</param>
    public sealed record Test(ScimPath? Path, string Operator, object? Value) : ScimFilter;

    /// <summary>One and the same value of an attribute that has many fulfils it all.</summary>
    public sealed record Has(ScimPath? Path, ScimFilter Inner) : ScimFilter;

    /// <exception cref="ScimException">It is not well formed, too long, or asks for a comparison that is not offered.</exception>
    public static ScimFilter Parse(string text)
    {
        var reader = new ScimReader(text, detail => new ScimException(ScimRefusal.InvalidFilter(detail)));
        var filter = reader.Filter();
        reader.End();
        return filter;
    }
}
