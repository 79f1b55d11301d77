using Mentoring.Contracts.Participants;

namespace Mentoring.Scheduling.Notes;

/// <summary>One thing to talk about.</summary>
/// <param name="By">Who put it there.</param>
public sealed record AgendaPoint(string Text, Side By);

/// <summary>What the two want to talk about in one session, sealed, and who has agreed to it.</summary>
/// <remarks>Invariant: whoever wrote the current version has agreed to it; the other has where they said so of this version.</remarks>
public sealed class Agenda
{
    public const int MostPoints = 20;

    /// <summary>Characters of one point.</summary>
    public const int LongestPoint = 300;

    public Guid SessionId { get; init; }

    /// <summary>The points as JSON.</summary>
    public required byte[] Sealed { get; set; }

    public bool AgreedByMentor { get; private set; }

    public bool AgreedByMentee { get; private set; }

    public long Version { get; private set; }

    public bool AgreedBy(Side side) => side is Side.Mentor ? AgreedByMentor : AgreedByMentee;

    /// <summary>Another text by one side: the other has to agree anew.</summary>
    public void Rewrite(byte[] sealedPoints, Side by)
    {
        Sealed = sealedPoints;
        (AgreedByMentor, AgreedByMentee) = (by is Side.Mentor, by is Side.Mentee);
        Version++;
    }

    public void Agree(Side side)
    {
        if (side is Side.Mentor)
            AgreedByMentor = true;
        else
            AgreedByMentee = true;
    }

    /// <summary>Points that were there stay their author's; new ones are the writer's.</summary>
    public static IReadOnlyList<AgendaPoint> Next(IReadOnlyList<AgendaPoint> before, IEnumerable<string> texts, Side by) =>
        [.. texts.Select(text => before.FirstOrDefault(point => point.Text == text) ?? new AgendaPoint(text, by))];

    /// <summary>As what its points are sealed.</summary>
    public static string What(Guid sessionId) => $"agenda {sessionId}";
}
