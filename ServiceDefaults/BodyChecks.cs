using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mentoring.ServiceDefaults;

/// <summary>
/// On a body whose handler names all that is wrong with it in one answer, U+0000 in a text included: it is not refused for that alone.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NamesEveryFaultAttribute : Attribute;

/// <summary>
/// Two things that the serialiser lets through and no handler expects: nothing in the place of an item of a list, since it looks at what a property
/// may be and not at what its items may be; and U+0000, the one character that PostgreSQL keeps in no text. Of requests only: what is stored
/// is read as it is. A converter of strings would do the half of it, but OpenAPI describes what a converter of ours reads as anything.
/// </summary>
internal static class BodyChecks
{
    /// <summary>Where the refused member's name is kept: the path that the serialiser tells ends at the object it stands in.</summary>
    public const string Member = nameof(Member);

    public static void Add(JsonSerializerOptions options) =>
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(AddTo);

    private static void AddTo(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var nullability = new NullabilityInfoContext();
        var texts = !type.Type.IsDefined(typeof(NamesEveryFaultAttribute), inherit: false);
        var checks = new List<(string Name, Func<object, object?> Get, Func<object?, bool> Holds)>();
        foreach (var property in type.Properties)
        {
            if (property is { Get: { } get, AttributeProvider: PropertyInfo declared } && CheckOf(nullability.Create(declared), texts) is { } check)
                checks.Add((property.Name, get, value => value is null || check(value)));
        }
        if (checks.Count == 0)
            return;
        type.OnDeserialized += body =>
        {
            foreach (var (name, get, holds) in checks)
            {
                if (!holds(get(body)))
                    throw new JsonException { Data = { [Member] = name } };
            }
        };
    }

    /// <summary>Null where there is nothing to look at: an object looks at its own members.</summary>
    private static Func<object, bool>? CheckOf(NullabilityInfo info, bool texts)
    {
        if (info.Type == typeof(string))
            return texts ? text => !((string)text).Contains('\0', StringComparison.Ordinal) : null;
        if (!info.Type.IsAssignableTo(typeof(IEnumerable)) || (info.ElementType ?? info.GenericTypeArguments.LastOrDefault()) is not { } item)
            return null;
        var check = CheckOf(item, texts);
        if (check is null && item.Type.IsValueType)
            return null;
        bool Holds(object? one) => one is null ? item.ReadState != NullabilityState.NotNull : check?.Invoke(one) ?? true;
        return all => all is IDictionary entries
            ? entries.Keys.Cast<object>().All(key => key is not string name || !name.Contains('\0', StringComparison.Ordinal)) && entries.Values.Cast<object?>().All(Holds)
            : ((IEnumerable)all).Cast<object?>().All(Holds);
    }
}
