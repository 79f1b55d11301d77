using System.Globalization;

namespace Mentoring.Benches;

/// <summary>One measured thing and its noise: how far the rounds, or the slices of one long round, lie apart.</summary>
internal readonly record struct Figure(double Value, double Low, double High)
{
    public static Figure MedianOf(IReadOnlyCollection<double> rounds) => new(Percentile(rounds, 50), rounds.Min(), rounds.Max());

    /// <summary>Of all values, with the same percentile of each slice as its noise.</summary>
    public static Figure PercentileOf(IReadOnlyCollection<double[]> slices, int percent)
    {
        var each = slices.Select(slice => Percentile(slice, percent)).ToArray();
        return new(Percentile([.. slices.SelectMany(slice => slice)], percent), each.Min(), each.Max());
    }

    public static Figure Once(double value) => new(value, value, value);

    /// <summary>Nearest rank; the middle of an even number is the lower one.</summary>
    private static double Percentile(IReadOnlyCollection<double> values, int percent) =>
        values.Order().ElementAt((int)Math.Ceiling(values.Count * percent / 100.0) - 1);
}

/// <summary>Where a figure is to go.</summary>
internal sealed record Aim(string Sign, double Bound, Func<double, bool> IsMet)
{
    public static Aim AtLeast(double bound) => new("≥", bound, value => value >= bound);

    public static Aim AtMost(double bound) => new("≤", bound, value => value <= bound);
}

/// <summary>All figures of a run, one a line.</summary>
internal sealed class Table
{
    private readonly List<string> _lines = [];

    public void Add(string words, string unit, Figure figure, Aim? aim = null) => _lines.Add(Line(
        words,
        unit,
        Number(figure.Value),
        figure.Low == figure.High ? "once" : $"{Number(figure.Low)}–{Number(figure.High)}",
        aim is null ? "" : $"{aim.Sign} {Number(aim.Bound)} {(aim.IsMet(figure.Value) ? "met" : "not met")}"));

    public void Space() => _lines.Add("");

    /// <summary>Nothing as long as nothing was measured.</summary>
    public override string ToString() =>
        _lines.Count == 0 ? "" : string.Join('\n', new[] { "", Line("", "unit", "value", "min–max", "aim"), "" }.Concat(_lines).Select(line => line.TrimEnd()));

    private static string Line(string words, string unit, string value, string noise, string aim) => $"{words,-52} {unit,-6} {value,9} {noise,17}  {aim}";

    private static string Number(double value) => value.ToString(value switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
