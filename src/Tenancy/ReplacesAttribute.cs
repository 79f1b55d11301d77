namespace Mentoring.Tenancy;

/// <summary>
/// On a migration made of several that came before it: a database that has taken all of those has taken this one.
/// </summary>
/// <param name="migrations">Ids of the migrations it was made of, oldest first.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReplacesAttribute(params string[] migrations) : Attribute
{
    public IReadOnlyList<string> Migrations { get; } = migrations;
}
