namespace Mentoring.Scheduling.Sessions;

/// <summary>The short list from which a reason is chosen: enough to plan by, too little to accuse with.</summary>
public static class CancelReasons
{
    public const string Other = "other";

    /// <summary>Not to be chosen: the pair is no more.</summary>
    public const string PartnershipEnded = "partnership-ended";

    public static readonly IReadOnlyList<string> Choices = ["clash", "illness", "travel", "workload", Other];
}
