using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.People;

/// <summary>A person's name, and whether they have the authority to answer an insight; a copy.</summary>
public sealed class KnownPerson
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required CareerStage Stage { get; set; }

    /// <summary>Has left the unit: kept for the names on the board, asked for nothing any more.</summary>
    public bool Left { get; set; }

    /// <summary>By position; a sponsor has it by role.</summary>
    public bool HasAuthority => !Left && Stage is CareerStage.Senior or CareerStage.Executive;
}

/// <summary>A person as shown to others.</summary>
public sealed record Named(Guid Id, string Name);

internal static class PersonMapping
{
    public static void MapPeople(this ModelBuilder model) => model.Entity<KnownPerson>(person =>
    {
        person.ToTenantTable("people", p => p.Id);
        person.Property(p => p.Stage).HasConversion<string>();
        person.Ignore(p => p.HasAuthority);
    });
}
