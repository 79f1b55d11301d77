using System.Globalization;
using System.Text.RegularExpressions;

namespace Mentoring.Host;

/// <summary>Moves the platform's clock forward: weeks pass for every service at once.</summary>
internal static partial class Clock
{
    public static int Move(LocalState state, string by)
    {
        if (Parse(by) is not { } step || step < TimeSpan.Zero)
        {
            Console.Error.WriteLine("The clock is moved forward only, by days, hours or minutes: +14d, +2h, +30m.");
            return 2;
        }
        var offset = Offset(state) + step;
        state.WriteText("clock", offset.ToString("c", CultureInfo.InvariantCulture));
        return Print(state);
    }

    public static int Print(LocalState state)
    {
        Console.WriteLine($"The platform's time is {TimeProvider.System.GetUtcNow() + Offset(state):yyyy-MM-dd HH:mm} UTC.");
        return 0;
    }

    private static TimeSpan Offset(LocalState state) =>
        File.Exists(state.In("clock")) ? TimeSpan.Parse(File.ReadAllText(state.In("clock")), CultureInfo.InvariantCulture) : TimeSpan.Zero;

    private static TimeSpan? Parse(string by)
    {
        var match = Step().Match(by);
        if (!match.Success)
            return null;
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch { "d" => TimeSpan.FromDays(count), "h" => TimeSpan.FromHours(count), _ => TimeSpan.FromMinutes(count) };
    }

    [GeneratedRegex(@"^\+(?<count>\d{1,4})(?<unit>[dhm])$")]
    private static partial Regex Step();
}
