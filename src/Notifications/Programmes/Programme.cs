namespace Mentoring.Notifications.Programmes;

/// <summary>What a programme is called and who answers for it: a copy.</summary>
public sealed class Programme
{
    public required Guid Id { get; init; }
    public required string Slug { get; set; }
    public required string Name { get; set; }
    public required Guid SponsorId { get; set; }

    /// <summary>Stands in where the sponsor is in the pair concerned.</summary>
    public Guid? DeputyId { get; set; }

    public required Guid[] ManagerIds { get; set; }
}

/// <summary>Someone's part in a programme; who takes part is invited to its surveys and hears of its answers.</summary>
public sealed class Participant
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required Guid PersonId { get; init; }
}
