using Mentoring.Contracts.Participants;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>What became of a charter while one of the two did not look: several changes in a row are one.</summary>
/// <param name="By">Who wrote the newest version.</param>
/// <param name="Substance">More than rhythm and places differs from what the other last knew.</param>
/// <param name="SignaturesTaken">A signature that held no longer does.</param>
public sealed record Revision(Side By, bool Substance, bool SignaturesTaken)
{
    /// <param name="versions">In order: what the other last knew, and every one since; at least two.</param>
    /// <returns>Null where nobody is known to have written the newest.</returns>
    public static Revision? Of(IReadOnlyList<Charter> versions)
    {
        if (versions is not [var known, .., { WrittenBy: { } by } newest])
            return null;
        var taken = versions.Zip(versions.Skip(1)).Any(step =>
            (step.First.SignedByMentor && !step.Second.SignedByMentor) || (step.First.SignedByMentee && !step.Second.SignedByMentee));
        return new Revision(by, CharterDifferences.Between(known.Text, newest.Text).Any(difference => difference.Substance), taken);
    }
}
