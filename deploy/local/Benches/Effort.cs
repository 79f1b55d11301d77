namespace Mentoring.Benches;

/// <summary>How long is measured.</summary>
/// <param name="WarmUp">Before a proxy's first round, or a call's: programs are compiled as they run, and the first seconds measure the compiler.</param>
/// <param name="Rounds">In which those compared take turns.</param>
/// <param name="Round">Of load on one proxy.</param>
internal sealed record Effort(TimeSpan WarmUp, int Rounds, TimeSpan Round)
{
    public static readonly Effort Whole = new(TimeSpan.FromSeconds(20), 5, TimeSpan.FromSeconds(3));

    /// <summary>Shows that the bench works; its figures mean nothing.</summary>
    public static readonly Effort Brief = new(TimeSpan.FromSeconds(2), 1, TimeSpan.FromSeconds(1));
}
