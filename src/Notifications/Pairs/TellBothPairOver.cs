using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Pairs;

/// <summary>
/// A pair is over. Neither name nor cause stands here, so no words can tell who ended it or why: also the name of somebody who has left would
/// say it. Both get the same, and whoever has left gets nothing.
/// </summary>
/// <param name="Early">Before its time; both know that anyway.</param>
public sealed record PairOver(Guid ProgrammeId, bool Early) : Notice(ProgrammeId)
{
    /// <summary>Two services tell of the same end, each under versions of its own; it is told once.</summary>
    internal const long Once = 1;

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?> { ["early"] = Early };
}
