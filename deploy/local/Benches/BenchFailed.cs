namespace Mentoring.Benches;

/// <summary>There is no honest figure to tell; says why.</summary>
internal sealed class BenchFailed(string why) : Exception(why);
