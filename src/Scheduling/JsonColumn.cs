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
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            value => JsonSerializer.Serialize(value, Options.Options),
            text => JsonSerializer.Deserialize<T>(text, Options.Options)!,
            new ValueComparer<T>((one, other) => ReferenceEquals(one, other), value => RuntimeHelpers.GetHashCode(value), value => value));
}
