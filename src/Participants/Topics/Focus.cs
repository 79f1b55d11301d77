namespace Mentoring.Participants.Topics;

/// <summary>What kind of insight a topic is about.</summary>
public enum Focus
{
    Technology,
    SocialValues,
    FrontlineReality,
    Customers,
    Culture,
    Leadership,
}
