using Mentoring.Assignment.Benchmarks;

namespace Mentoring.Assignment.Tests;

public sealed class ReadingInstances : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("instances").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(100, 305)]
    [InlineData(200, 475)]
    [InlineData(400, 804)]
    [InlineData(800, 1552)]
    public void The_published_optima_of_OR_Library_are_found(int size, long optimum)
    {
        var instance = Instance.Read(Path.Combine(AppContext.BaseDirectory, "OrLibrary", $"assign{size}.txt"));
        foreach (var start in Enum.GetValues<Solver.Start>())
        {
            var solution = Solver.Solve(instance.Problem, start);
            Assert.Equal(optimum, instance.ObjectiveOf(solution));
            Assert.Null(Certificate.Check(instance.Problem, solution).Failure);
            Assert.Null(instance.Missing(solution));
        }
    }

    [Fact]
    public void A_bip_file_has_places_a_price_and_scores()
    {
        var instance = Read("""
            c two mentees want the one mentor who has two places
            p bip 3 2 4
            k 1 2
            r 3 2
            u 5
            e 1 1 10
            e 2 1 20
            e 3 1 30
            e 3 2 -7
            """);

        var solution = Solver.Solve(instance.Problem);

        // Rows 2 and 3 take the two places, row 3 would rather pay 5 than 7, and row 1 pays 5.
        Assert.Equal(20 + 30 - 5 - 5, instance.ObjectiveOf(solution));
        Assert.Equal(2, solution.Edges.Count);
        Assert.Null(Certificate.Check(instance.Problem, solution).Failure);
    }

    [Fact]
    public void An_asn_file_asks_for_every_row_at_the_least_cost()
    {
        const string Text = """
            p asn 4 3
            n 1
            n 2
            a 1 3 1
            a 1 4 100
            a 2 3 5

            """;
        var instance = Read(Text, ".asn");
        var solution = Solver.Solve(instance.Problem);
        Assert.Equal(105, instance.ObjectiveOf(solution));
        Assert.Null(instance.Missing(solution));

        var impossible = Read(Text.Replace("a 1 4 100", "a 2 4 100", StringComparison.Ordinal).Replace("a 2 3 5", "c", StringComparison.Ordinal).Replace("4 3", "4 2", StringComparison.Ordinal)
            .Replace("a 2 4 100", "a 2 3 2", StringComparison.Ordinal), ".asn");
        Assert.Equal("only 1 of 2 rows can be placed", impossible.Missing(Solver.Solve(impossible.Problem)));
    }

    [Theory]
    [InlineData("", "line 1: a 'p bip' line comes first")]
    [InlineData("e 1 1 1\n", "line 1: 'p bip' comes first")]
    [InlineData("p bip 1 1\n", "line 1: a whole number is missing")]
    [InlineData("p bip 1 1 1\ne 1 2 3\n", "line 2: 2 is not between 1 and 1")]
    [InlineData("p bip 1 1 1\nc fine\n\ne 1 1 9999999999\n", "line 4: a number does not fit 32 bits")]
    [InlineData("p bip 1 1 1\ne 1 1 1.5\n", "line 2: a whole number is missing")]
    [InlineData("p bip 1 1 1\ne 1 1 1 1\n", "line 2: more on the line than belongs there")]
    [InlineData("p bip 1 1 2\ne 1 1 1\n", "line 3: 1 edges instead of the 2 announced")]
    [InlineData("p bip 1 1 0\ne 1 1 1\n", "line 2: more than the 0 edges announced")]
    [InlineData("p bip 1 1 2\ne 1 1 1\ne 1 1 2\n", "line 3: 1 and 1 were joined before")]
    [InlineData("c\np bip 2 2 4\nu 7\ne 2 1 1\n\ne 1 1 2\ne 2 1 4\nk 1 2\ne 2 1 4\n", "line 7: 2 and 1 were joined before")]
    [InlineData("p bip 1 1 2147483647\ne 1 1 1\n", "line 1: more than fits into memory is announced")]
    [InlineData("p bip 2147483647 1 1\ne 1 1 1\n", "line 1: more than fits into memory is announced")]
    [InlineData("p bip 1 1 0\nx 1\n", "line 2: a line begins with p, r, k, u, e or c")]
    [InlineData("p bip 1 1 0\nr 1 -1\n", "line 2: -1 is not between 0 and")]
    [InlineData("pbip 1 1 0\n", "line 1: a line begins with one letter and a space")]
    public void A_malformed_file_names_its_line(string text, string message)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p asn 2 1\nn 1\na 2 1 3\n", "line 3: node 2 was not named as a source")]
    [InlineData("p asn 2 2\nn 1\na 1 2 3\na 1 2 4\n", "line 4: 1 and 2 were joined before")]
    [InlineData("p asn 2 1\nn 1\nn 1\n", "line 3: node 1 is there twice")]
    [InlineData("p asn 2 1\nn 1\nn 2\na 1 2 3\n", "line 4: node 2 is a source itself")]
    public void So_does_a_malformed_asn_file(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(text, ".asn")).Message, StringComparison.Ordinal);

    [Fact]
    public void OR_Library_costs_may_stand_on_any_line_but_all_must_be_there()
    {
        Assert.Equal(5, Objective("2 1 9\n\n 8\n4"));
        Assert.Contains("line 2: a whole number is missing", Assert.Throws<InvalidDataException>(() => Objective("2 1 9 8\n")).Message, StringComparison.Ordinal);
        Assert.Contains("more than 2 × 2 costs", Assert.Throws<InvalidDataException>(() => Objective("2 1 9 8 4 4\n")).Message, StringComparison.Ordinal);

        long Objective(string text)
        {
            var instance = Read(text, ".txt");
            return instance.ObjectiveOf(Solver.Solve(instance.Problem));
        }
    }

    private Instance Read(string text, string extension = ".bip")
    {
        var file = Path.Combine(_folder, "one" + extension);
        File.WriteAllText(file, text);
        return Instance.Read(file);
    }
}
