namespace Mentoring.Participants.Programmes;

/// <summary>A file as it was handed in, kept ever after: which one held when can be read later. It changes only where it names somebody who is erased.</summary>
public sealed class ProgrammeFileVersion
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }

    /// <summary>From 1, in the order in which they were taken.</summary>
    public required int Number { get; init; }

    /// <summary>Exactly as handed in.</summary>
    public required string Text { get; set; }

    /// <summary>JSON; otherwise YAML.</summary>
    public required bool Json { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null when a machine handed it in.</summary>
    public Guid? ById { get; set; }

    /// <summary>What changed against the file before; empty for the first.</summary>
    public required IReadOnlyList<SettingChange> Changes { get; set; }

    public string MediaType => Json ? "application/json" : "application/yaml";

    /// <summary>Somebody is erased: id and address go, also from what it says was changed.</summary>
    public void Forget(Guid personId, string? email, string with)
    {
        ById = ById == personId ? null : ById;
        if (email is null)
            return;
        Text = AddressInFile.Replace(Text, email, with);
        Changes = [.. Changes.Select(change => change with { From = Without(change.From), To = Without(change.To), Words = Without(change.Words)! })];

        string? Without(string? text) => text is null ? null : AddressInFile.Replace(text, email, with);
    }
}
