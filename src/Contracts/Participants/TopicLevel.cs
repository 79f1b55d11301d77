namespace Mentoring.Contracts.Participants;

/// <summary>One topic a person offers or needs.</summary>
/// <param name="Topic">The topic's slug, unique in the unit.</param>
/// <param name="Label">The topic in words, in the catalogue's language.</param>
/// <param name="Level">1 (curious) to 5 (others learn from it).</param>
/// <param name="Priority">A need that carries the programme's or unit's strategic priority.</param>
public sealed record TopicLevel(string Topic, string Label, int Level, bool Priority = false);
