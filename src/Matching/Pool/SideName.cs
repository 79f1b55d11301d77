using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Pool;

/// <summary>A side as it stands in an address: <c>mentor</c> or <c>mentee</c>.</summary>
internal readonly record struct SideName(Side Side)
{
    public static bool TryParse(string? text, out SideName name)
    {
        name = new SideName(text == "mentor" ? Side.Mentor : Side.Mentee);
        return text is "mentor" or "mentee";
    }

    public static implicit operator Side(SideName name) => name.Side;
}
