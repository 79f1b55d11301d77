using System.ComponentModel.DataAnnotations.Schema;

namespace Mentoring.Participants.Imports;

public enum ImportKind
{
    People,
    Knowledge,
}

public enum ImportState
{
    Queued,
    Running,

    /// <summary>Done as chosen; after a dry run nothing has changed.</summary>
    Succeeded,

    /// <summary>Bad rows, and the choice was to refuse the whole file then; or the file cannot be read to its end. Nothing has changed.</summary>
    Refused,

    /// <summary>A fault on our side. Nothing has changed.</summary>
    Failed,

    /// <summary>Somebody cancelled it. Nothing has changed.</summary>
    Cancelled,
}

/// <summary>What happens when a row is bad: never half of either.</summary>
public enum OnError
{
    /// <summary>Nothing of the file is taken.</summary>
    Refuse,

    /// <summary>Every good row is taken and every bad one is reported.</summary>
    Skip,
}

/// <summary>
/// One uploaded file on its way in. The file is stored before the upload is answered, and everything that it changes commits in one
/// transaction with the state: a killed import starts again from the stored file, and has happened wholly or not at all.
/// </summary>
public sealed class Import
{
    private Import()
    {
    }

    public Guid Id { get; private init; }
    public ImportKind Kind { get; private init; }
    public ImportState State { get; private set; }
    public bool DryRun { get; private init; }
    public OnError OnError { get; private init; }

    /// <summary>Name of the character encoding that the upload was found to be in.</summary>
    public string Encoding { get; private init; } = "";

    public char Separator { get; private init; }

    /// <summary>The file's columns by our names, in the file's order; empty for one that is left out unread.</summary>
    public IReadOnlyList<string> Columns { get; private init; } = [];

    /// <summary>The administrator, or the machine client; the empty id once that person is erased.</summary>
    public Guid CreatedBy { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public bool CancelRequested { get; private set; }

    /// <summary>Rows read so far.</summary>
    public long Done { get; private set; }

    /// <summary>Rows in the file.</summary>
    public long Total { get; private init; }

    public long Added { get; private set; }
    public long Changed { get; private set; }
    public long Unchanged { get; private set; }

    /// <summary>People who have left, as the file tells.</summary>
    public long Left { get; private set; }

    /// <summary>Bad rows; a row with two faults counts once.</summary>
    public long Errors { get; private set; }

    /// <summary>Rows that were taken and are in the report all the same, because they may not be meant so.</summary>
    public long Notices { get; private set; }

    [NotMapped]
    public bool IsFinished => State is not (ImportState.Queued or ImportState.Running);

    public static Import Queue(
        Guid id,
        ImportKind kind,
        bool dryRun,
        OnError onError,
        string encoding,
        char separator,
        IReadOnlyList<string> columns,
        long total,
        Guid createdBy,
        DateTimeOffset now) => new()
        {
            Id = id,
            Kind = kind,
            State = ImportState.Queued,
            DryRun = dryRun,
            OnError = onError,
            Encoding = encoding,
            Separator = separator,
            Columns = columns,
            Total = total,
            CreatedBy = createdBy,
            CreatedAt = now,
        };
}

/// <summary>A piece of a stored file; gone once the import is finished.</summary>
public sealed class ImportChunk
{
    public required Guid ImportId { get; init; }

    /// <summary>From 0, without gaps.</summary>
    public required int Number { get; init; }

    public required byte[] Content { get; init; }
}

/// <summary>A fault in a row, or what is to be noticed of it, for the report.</summary>
public sealed class ImportError
{
    public required Guid ImportId { get; init; }

    /// <summary>Order in the report.</summary>
    public required int Number { get; init; }

    /// <summary>Line in the file; the header is line 1.</summary>
    public required int Row { get; init; }

    public required string Field { get; init; }

    /// <summary>Kebab-case, stable.</summary>
    public required string Code { get; init; }

    public string? Value { get; init; }
}

/// <summary>Says to all replicas, whatever unit they look at, that an import waits. Gone in the end.</summary>
public sealed class WaitingImport
{
    public required Guid ImportId { get; init; }
    public required Guid UnitId { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
}
