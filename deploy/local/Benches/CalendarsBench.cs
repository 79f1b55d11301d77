using System.Globalization;
using System.Text;
using System.Text.Json;
using Mentoring.Host;
using Mentoring.ICalendar;
using NodaTime;

namespace Mentoring.Benches;

/// <summary>
/// Our reading of calendars beside three others, on the same files: ical.js, python3-icalendar and python3-vobject, which both leave recurrences to dateutil.
/// Whatever they answer differently has to have a cause that is listed, with the section of RFC 5545 it goes back to; else the bench fails.
/// </summary>
internal static class CalendarsBench
{
    private static readonly string Folder = Path.Combine(LocalState.Checkout, ".local", "bench", "calendars");
    private static readonly string Scripts = Path.Combine(LocalState.Checkout, "deploy", "local", "Benches", "calendars");
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Whom we are compared with, and how each is asked.</summary>
    private static readonly (string Name, string Program, string[] Arguments)[] Others =
    [
        ("ical.js", "node", [Path.Combine(Scripts, "read.js")]),
        ("icalendar", "/usr/bin/python3", [Path.Combine(Scripts, "read.py"), "icalendar"]),
        ("vobject", "/usr/bin/python3", [Path.Combine(Scripts, "read.py"), "vobject"]),
    ];

    public static async Task<int> Run(bool briefly, CancellationToken stop)
    {
        var progress = new Progress();
        var rows = new List<string>();
        var hostile = new List<string>();
        var causes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unexplained = new List<string>();
        try
        {
            Directory.CreateDirectory(Folder);
            foreach (var family in CalendarFamily.All(briefly ? 20 : 1))
            {
                progress.Say($"{family.Name}: {family.Files.Count} files");
                var known = unexplained.Count;
                rows.Add(await Compare(family, causes, unexplained, stop));
                foreach (var difference in unexplained.Skip(known).Take(20))
                    progress.Say(difference);
            }
            progress.Say("files that mean ill");
            foreach (var (name, file) in HostileCalendars.All())
                hostile.Add(HostileCalendars.Measure(name, file));
            Console.WriteLine();
            Console.WriteLine($"{"family",-34} {"files",6} {"instants",9}  {string.Join("  ", Others.Select(other => $"{$"= {other.Name}",14}"))}   seconds: ours, {string.Join(", ", Others.Select(other => other.Name))}");
            rows.ForEach(Console.WriteLine);
            Console.WriteLine();
            Console.WriteLine("where another differs, and why");
            foreach (var (cause, files) in causes)
                Console.WriteLine($"{files,6} files  {cause}");
            Console.WriteLine();
            Console.WriteLine($"{"files that mean ill",-38} {"size",11} {"ours",10}  aim            answer");
            hostile.ForEach(Console.WriteLine);
            return unexplained.Count == 0 ? 0 : throw new BenchFailed($"{unexplained.Count} answers differ, and no cause of it is listed.");
        }
        catch (BenchFailed e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        finally
        {
            if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        }
    }

    public static Agenda Agenda(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return ICalendar.Agenda.Read(stream).GetAwaiter().GetResult();
    }

    private static async Task<string> Compare(CalendarFamily family, SortedDictionary<string, int> causes, List<string> unexplained, CancellationToken stop)
    {
        var path = Path.Combine(Folder, "family.jsonl");
        await File.WriteAllLinesAsync(path, family.Files.Select(file => JsonSerializer.Serialize(new { Ics = file.Text, file.From, file.To, file.Ends }, Web)), stop);
        var began = Environment.CpuUsage.TotalTime;
        var ours = family.Files.Select(Ours).ToArray();
        var seconds = new List<double> { (Environment.CpuUsage.TotalTime - began).TotalSeconds };
        var same = new List<string>();
        foreach (var (name, program, arguments) in Others)
        {
            var (exit, output) = await new Launch(program, [.. arguments, path]).Run(stop);
            var answers = output.TrimEnd('\n').Split('\n');
            if (exit != 0 || answers.Length != ours.Length + 1)
                throw new BenchFailed($"{name} ended with {exit}: {output[..Math.Min(output.Length, 2000)]}");
            seconds.Add(double.Parse(answers[^1].Split(' ')[1], CultureInfo.InvariantCulture));
            var equal = 0;
            for (var i = 0; i < ours.Length; i++)
            {
                if (answers[i] == ours[i])
                {
                    equal++;
                    continue;
                }
                var difference = new CalendarDifference(name, family.Files[i], ours[i], answers[i]);
                if (difference.Cause is { } cause)
                    causes[cause] = causes.GetValueOrDefault(cause) + 1;
                else
                    unexplained.Add($"{family.Name}, {difference}");
            }
            same.Add($"{equal} of {ours.Length}");
        }
        var instants = ours.Sum(answer => answer.Length == 0 ? 0 : answer.Split(' ').Length);
        return string.Create(CultureInfo.InvariantCulture,
            $"{family.Name,-34} {ours.Length,6} {instants,9}  {string.Join("  ", same.Select(each => $"{each,14}"))}   {string.Join(", ", seconds.Select(each => each.ToString("0.00", CultureInfo.InvariantCulture)))}");
    }

    /// <summary>In the words of the others: instants in Unix seconds, in the order of their letters.</summary>
    public static string Ours(CalendarFile file)
    {
        var agenda = Agenda(file.Text);
        var window = new Interval(Instant.FromUnixTimeSeconds(file.From), Instant.FromUnixTimeSeconds(file.To));
        if (agenda.Busy(window, DateTimeZone.Utc).Problems is [var problem, ..])
            return $"!{problem.Message}";
        return string.Join(' ', agenda.Occurrences(window, DateTimeZone.Utc).Where(found => found.Start >= window.Start)
            .Select(found => file.Ends ? $"{found.Start.ToUnixTimeSeconds()}/{found.End.ToUnixTimeSeconds()}" : $"{found.Start.ToUnixTimeSeconds()}")
            .Order(StringComparer.Ordinal));
    }
}
