using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;

namespace Mentoring.Scheduling.Sessions;

internal static class SessionRefusals
{
    public static IResult ToProblem(this SessionRefusal refusal) => refusal switch
    {
        SessionRefusal.NotOpen => Problems.Of(409, "session-not-open", "This session is settled already: it was held, cancelled or missed."),
        SessionRefusal.Over => Problems.Of(422, "session-started", "This session's time has come. Say whether it was held; it cannot be moved or cancelled any more."),
        SessionRefusal.NotStarted => Problems.Of(422, "not-started", "This session has not started yet. Say that it was held once it has."),
        SessionRefusal.NotYoursToObject => Problems.Of(422, "not-yours-to-object", "Your side said that it was held. Only the other side can object."),
        SessionRefusal.TooLateToObject => Problems.Of(422, "too-late-to-object", "More than a week has passed since it was called held."),
    };

    public static IResult SlotTaken(Acting acting) => acting.AsDelegate
        ? NotFree()
        : Problems.Of(409, "slot-taken", "One of the two is in another session at that time. Ask for the next slots and choose one of them.");

    /// <summary>All that a delegate learns: what keeps either of the two is theirs.</summary>
    public static IResult NotFree() => Problems.Of(409, "time-not-free", "That time does not suit both. Ask for the next slots and choose one of them.");
}
