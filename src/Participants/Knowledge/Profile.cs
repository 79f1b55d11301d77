namespace Mentoring.Participants.Knowledge;

/// <summary>What a person tells of themselves besides knowledge: self-chosen, never imported or inferred.</summary>
public sealed class Profile
{
    public const string Video = "video";
    public const string InPerson = "in-person";

    public static readonly IReadOnlyList<string> AllChannels = [Video, InPerson];

    private Profile()
    {
    }

    public Guid PersonId { get; private init; }

    /// <summary>Self-chosen words.</summary>
    public IReadOnlyList<string> Interests { get; private set; } = [];

    /// <summary>How the person likes to work, in self-chosen words.</summary>
    public IReadOnlyList<string> WorkingStyle { get; private set; } = [];

    /// <summary>
    /// What the person offers from their own life, in their own words. No topic of the catalogue, so that it cannot be searched, imported, counted
    /// or asked for; shown to whoever a pair is proposed to, in programmes where the person says so when enrolling.
    /// </summary>
    public IReadOnlyList<string> LivedExperience { get; private set; } = [];

    /// <summary>Preferred channels, the best first.</summary>
    public IReadOnlyList<string> Channels { get; private set; } = AllChannels;

    /// <summary>Start of the working day, wall clock in the person's zone.</summary>
    public TimeOnly DayStartsAt { get; private set; } = new(9, 0);

    /// <summary>End of the working day, wall clock in the person's zone; before the start where a shift goes past midnight.</summary>
    public TimeOnly DayEndsAt { get; private set; } = new(17, 0);

    /// <summary>Rises with every change of this or of what the person offers and needs; 0 before the first.</summary>
    public long Version { get; private set; }

    /// <summary>Of whoever has told nothing yet.</summary>
    public static Profile Empty(Guid personId) => new() { PersonId = personId };

    public void Tell(
        IReadOnlyList<string> interests,
        IReadOnlyList<string> workingStyle,
        IReadOnlyList<string> livedExperience,
        IReadOnlyList<string> channels,
        TimeOnly dayStartsAt,
        TimeOnly dayEndsAt)
    {
        (Interests, WorkingStyle, LivedExperience) = (interests, workingStyle, livedExperience);
        (Channels, DayStartsAt, DayEndsAt) = (channels, dayStartsAt, dayEndsAt);
        Version++;
    }
}
