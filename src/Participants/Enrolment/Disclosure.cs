using Mentoring.Contracts.Participants;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants.Enrolment;

/// <summary>What of somebody who takes part is shown to whom: told before the consent and kept with it.</summary>
/// <param name="Whom"><c>matching</c>, <c>possible-partners</c>, <c>proposed-partner</c>, <c>partner</c>, <c>programme-managers</c> or <c>line-manager</c>.</param>
/// <param name="Words">For the person who is asked to consent.</param>
public sealed record Disclosure(string Whom, string Words)
{
    public const string LineManager = "line-manager";

    /// <summary>In the order in which it happens. Only a programme whose pairs choose themselves shows anybody before a proposal.</summary>
    public static IReadOnlyList<Disclosure> Of(Programme programme, Side side, bool manager) =>
    [
        new("matching", "Matching sees what the snapshot lists and who stands above you, and nothing else of you."),
        .. programme.Settings.Mode switch
        {
            MatchingMode.WholePool => Array.Empty<Disclosure>(),
            MatchingMode.SelfChosen =>
            [
                new(
                    "possible-partners",
                    "In this programme people choose one another from suggestions. A suggestion shows possible partners your name, your title and "
                    + $"the topics that you {Topics(programme.Settings.Direction, side)}, before anything is proposed."),
            ],
        },
        new(
            "proposed-partner",
            "Whoever a pair with you is proposed to sees your name, your title and why the two of you."
            + (side == Side.Mentor ? " Where you chose to share it they also see your lived experience, in your own words; nothing else uses that." : "")),
        new("partner", "Whoever becomes the other half of your pair sees your name and your work e-mail."),
        new("programme-managers", "The programme's managers see that you take part, on which side, and whether you are prepared."),
        .. manager
            ? [new Disclosure(LineManager, "Your line manager is told once that you take part and how much working time it takes; not on which side, with whom or about what, then or later.")]
            : Array.Empty<Disclosure>(),
    ];

    private static string Topics(Direction direction, Side side) => (direction, side) switch
    {
        (Direction.Reciprocal, _) => "offer and need",
        (_, Side.Mentor) => "offer",
        (_, Side.Mentee) => "need",
    };
}
