namespace Mentoring.Feedback.Figures;

/// <summary>
/// A measure's figure from elsewhere: a count, a rate, a business figure, how many stay. Never changed: a correction is another figure of the
/// same day. Who recorded it stands in the audit, where an erased person is forgotten.
/// </summary>
public sealed class Figure
{
    public const string Count = "count";
    public const string Rate = "rate";
    public const string Retention = "retention";

    public const int LongestSource = 500;

    /// <summary>Nothing that a programme is held to is larger, and what is larger was mistyped.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    public const int MostDecimals = 6;

    /// <summary>How far back a figure may lie; a year mistyped should not stand in the history for ever.</summary>
    public const int MostYearsBack = 10;

    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }

    /// <summary>As the programme names it.</summary>
    public required string Measure { get; init; }

    /// <summary>Rates and retention are shares, 0 to 1; counts are whole.</summary>
    public required decimal Value { get; init; }

    /// <summary>The day of which the source speaks.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where it comes from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>With retention, how many people stand behind the figure; null otherwise.</summary>
    public required int? People { get; init; }

    /// <summary>With retention, the comparison group's share; null otherwise.</summary>
    public required decimal? Comparison { get; init; }

    /// <summary>How many people stand behind the comparison.</summary>
    public required int? ComparisonPeople { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Whether so many people stand behind it, and behind what it is compared with, as the programme asks by now.</summary>
    public bool IsOfAtLeast(int k) => (People ?? k) >= k && (ComparisonPeople ?? k) >= k;

    /// <summary>What is wrong with a value, in words; null where nothing is.</summary>
    public static string? Fault(string instrument, decimal value) => instrument switch
    {
        Count when value < 0 || value > Largest || decimal.Truncate(value) != value => "must be a whole number, 0 or more",
        Rate or Retention when value is < 0 or > 1 => "must be a share from 0 to 1",
        _ when Math.Abs(value) > Largest => $"must lie between -{Largest:0} and {Largest:0}",
        _ when Math.Round(value, MostDecimals) != value => $"must have at most {MostDecimals} decimals",
        _ => null,
    };
}
