namespace Mentoring.Participants.Scim;

/// <summary>
/// An attribute's full name (RFC 7644, 3.10), and in a PATCH also which of its values are meant: <c>name.givenName</c>,
/// <c>emails[type eq "work"].value</c>, <c>urn:…:enterprise:2.0:User:manager</c>.
/// </summary>
/// <param name="Schema">Which schema's attribute it is.</param>
/// <param name="Attribute">Null: the extension as a whole.</param>
/// <param name="Filter">Which values of an attribute that has many.</param>
/// <param name="Part">A part of a complex attribute.</param>
internal sealed record ScimPath(string Schema, ScimAttribute? Attribute, ScimFilter? Filter, ScimAttribute? Part)
{
    /// <summary>Null where the path is well formed and names what has no place here.</summary>
    /// <exception cref="ScimException">It is not well formed.</exception>
    public static ScimPath? Parse(string text)
    {
        var reader = new ScimReader(text, detail => new ScimException(ScimRefusal.InvalidPath(detail)));
        var path = reader.Path(allowFilter: true);
        reader.End();
        return path;
    }
}
