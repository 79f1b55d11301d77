using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Mentoring.Participants;

/// <summary>Enum values as they stand on the wire, in files and in columns: kebab-case.</summary>
public static class Kebab
{
    private static readonly ConcurrentDictionary<Enum, string> Names = new();

    public static string Of<T>(T value) where T : struct, Enum =>
        Names.GetOrAdd(value, static named => JsonNamingPolicy.KebabCaseLower.ConvertName(named.ToString()));

    public static T Parse<T>(string name) where T : struct, Enum =>
        TryParse<T>(name, out var value) ? value : throw new ArgumentException($"'{name}' is no {typeof(T).Name}.", nameof(name));

    public static bool TryParse<T>(string? name, out T value) where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(Of(candidate), name, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }
        value = default;
        return false;
    }
}

/// <summary>Stores an enum as text in kebab-case.</summary>
public sealed class KebabConverter<T>() : ValueConverter<T, string>(value => Kebab.Of(value), name => Kebab.Parse<T>(name))
    where T : struct, Enum;
