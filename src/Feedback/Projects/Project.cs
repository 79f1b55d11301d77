using Mentoring.Contracts.Participants;

namespace Mentoring.Feedback.Projects;

public enum ProjectState
{
    Chosen,

    /// <summary>One of the two says that it is delivered; the other has yet to confirm.</summary>
    SaidDelivered,
    Delivered,
}

public enum ProjectRefusal
{
    Delivered,
    SaidDelivered,
    NotSaidDelivered,
    SaidByTheOther,
    OwnWord,
}

/// <summary>
/// What a pair makes together, where its programme asks for it. It counts as delivered once one of the two has said so, with what came of
/// it, and the other has confirmed that; from then on it stays as it is, and its programme's sponsor and managers read title and result.
/// Sides instead of people, and gone with its pair.
/// </summary>
public sealed class Project
{
    public const int LongestTitle = 200;
    public const int LongestResult = 500;

    public required Guid Id { get; init; }
    public required Guid PairId { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required string Title { get; set; }
    public long Version { get; private set; } = 1;

    /// <summary>Who of the two says that it is delivered; null while nobody does.</summary>
    public Side? SaidBy { get; private set; }

    /// <summary>What came of it, in the words of whoever said that it is delivered.</summary>
    public string? Result { get; private set; }

    /// <summary>When the other confirmed; null until then.</summary>
    public DateOnly? DeliveredOn { get; private set; }

    public ProjectState State => (DeliveredOn, SaidBy) switch
    {
        (not null, _) => ProjectState.Delivered,
        (null, not null) => ProjectState.SaidDelivered,
        _ => ProjectState.Chosen,
    };

    /// <summary>Not once somebody has said it is delivered: that was said of the title as it stood.</summary>
    public ProjectRefusal? Rename(string title)
    {
        if (State is ProjectState.Delivered)
            return ProjectRefusal.Delivered;
        if (State is ProjectState.SaidDelivered)
            return ProjectRefusal.SaidDelivered;
        Title = title;
        Version++;
        return null;
    }

    /// <summary>Whoever said it may put it better until the other confirms; the other confirms, or says that it is not delivered yet.</summary>
    public ProjectRefusal? SayDelivered(Side side, string result)
    {
        if (State is ProjectState.Delivered)
            return ProjectRefusal.Delivered;
        if (SaidBy is { } by && by != side)
            return ProjectRefusal.SaidByTheOther;
        if (SaidBy == side && Result == result)
            return null;
        (SaidBy, Result) = (side, result);
        Version++;
        return null;
    }

    /// <summary>Either takes the word back.</summary>
    public ProjectRefusal? SayNotYet()
    {
        if (State is ProjectState.Delivered)
            return ProjectRefusal.Delivered;
        if (State is ProjectState.Chosen)
            return ProjectRefusal.NotSaidDelivered;
        (SaidBy, Result) = (null, null);
        Version++;
        return null;
    }

    /// <summary>Only the other of the two confirms.</summary>
    public ProjectRefusal? Confirm(Side side, DateOnly today)
    {
        if (State is ProjectState.Delivered)
            return ProjectRefusal.Delivered;
        if (SaidBy is not { } by)
            return ProjectRefusal.NotSaidDelivered;
        if (by == side)
            return ProjectRefusal.OwnWord;
        DeliveredOn = today;
        Version++;
        return null;
    }
}
