namespace Mentoring.Scheduling.Sessions;

/// <summary>How two people meet.</summary>
public static class Channels
{
    public const string Video = "video";
    public const string InPerson = "in-person";
}
