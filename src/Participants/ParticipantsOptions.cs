using System.ComponentModel.DataAnnotations;

namespace Mentoring.Participants;

/// <summary>Settings under <c>Participants</c>.</summary>
public sealed class ParticipantsOptions
{
    public const string Section = "Participants";

    /// <summary>
    /// Who runs the platform, before any unit exists: verified e-mail addresses, compared without regard to case. Default: nobody.
    /// </summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Issuers whose word is taken for an operator's e-mail address. Empty: no operator can sign in. One value a list entry.</summary>
    public IReadOnlyList<string> OperatorIssuers { get; init; } = [];

    /// <summary>Largest file of an import, in bytes. Default 512 MiB: some two million rows.</summary>
    [Range(1_024, 4L * 1024 * 1024 * 1024)]
    public long LargestImport { get; init; } = 512L * 1024 * 1024;

    /// <summary>How long the bad rows of an import can be read after its end. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan KeepImportErrors { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often a replica looks for imports that another one left behind, besides those it was given itself. Default 2 s.</summary>
    public TimeSpan ImportBeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a change may take to reach the gap map, besides the counting itself. Default 1 s.</summary>
    public TimeSpan GapMapBeat { get; init; } = TimeSpan.FromSeconds(1);
}
