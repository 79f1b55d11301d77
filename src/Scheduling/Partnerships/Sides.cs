using Mentoring.Contracts.Participants;

namespace Mentoring.Scheduling.Partnerships;

internal static class Sides
{
    public static Side Other(this Side side) => side is Side.Mentor ? Side.Mentee : Side.Mentor;
}
