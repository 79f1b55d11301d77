namespace Mentoring.Participants.Programmes;

/// <summary>A file as it was handed in, kept ever after: which one held when can be read later. Never changed.</summary>
public sealed class ProgrammeFileVersion
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }

    /// <summary>From 1, in the order in which they were taken.</summary>
    public required int Number { get; init; }

    /// <summary>Exactly as handed in.</summary>
    public required string Text { get; init; }

    /// <summary>JSON; otherwise YAML.</summary>
    public required bool Json { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null when a machine handed it in.</summary>
    public Guid? ById { get; init; }

    /// <summary>What changed against the file before; empty for the first.</summary>
    public required IReadOnlyList<SettingChange> Changes { get; init; }

    public string MediaType => Json ? "application/json" : "application/yaml";
}
