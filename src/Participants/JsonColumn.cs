using System.Text.Json;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants;

/// <summary>Stores a value as <c>jsonb</c>. The value is immutable and replaced whole, so that a change is seen by its reference.</summary>
public static class JsonColumn
{
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasColumnType("jsonb").HasConversion(
            value => JsonSerializer.Serialize(value, Json.Options),
            json => JsonSerializer.Deserialize<T>(json, Json.Options)!,
            new ValueComparer<T>((one, other) => ReferenceEquals(one, other), value => value == null ? 0 : value.GetHashCode(), value => value));
        return property;
    }
}
