using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Options = Mentoring.ServiceDefaults.Json;

namespace Mentoring.Scheduling;

internal static class JsonColumn
{
    /// <summary>Stores an immutable value as jsonb: it is replaced as a whole, so another reference is a change and nothing else is.</summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property) =>
        property.HasJson(text => JsonSerializer.Deserialize<T>(text, Options.Options)!);

    /// <inheritdoc cref="HasJson{T}(PropertyBuilder{T})"/>
    /// <param name="property">The column.</param>
    /// <param name="read">Understands what earlier releases have written, too.</param>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property, Func<string, T?> read) => property
        .HasColumnType("jsonb")
        .HasConversion(
            value => JsonSerializer.Serialize(value, Options.Options),
            text => read(text)!,
            new ValueComparer<T>((one, other) => ReferenceEquals(one, other), value => RuntimeHelpers.GetHashCode(value), value => value));
}
