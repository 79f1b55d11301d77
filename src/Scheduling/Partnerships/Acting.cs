using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>On whose side a caller acts: as one of the two, or as a delegate for the mentee. For everybody else the pair does not exist.</summary>
public sealed record Acting(Side Side, bool AsDelegate)
{
    public static Acting? For(Caller caller, Partnership pair) => For(caller, pair.SideOf(caller.PersonId), pair.ProgrammeId);

    public static Acting? For(Caller caller, Session session) => For(caller, session.SideOf(caller.PersonId), session.ProgrammeId);

    private static Acting? For(Caller caller, Side? own, Guid programmeId) =>
        own is { } side ? new Acting(side, false)
        : caller.Is(Roles.Delegate, programmeId) ? new Acting(Side.Mentee, true)
        : null;
}
