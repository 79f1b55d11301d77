using System.Globalization;
using System.Text;
using CsvHelper;
using NodaTime;
using NodaTime.Text;

namespace Mentoring.Scheduling.Availability;

/// <summary>Reads a rota from a CSV file: a row a shift, on the wall clock of its owner. All of it or nothing.</summary>
/// <remarks>
/// A shift that ends before it begins ends on the next day; to <c>24:00</c> or <c>00:00</c> is to the end of the day. Other columns than the three are not
/// looked at.
/// </remarks>
/// <param name="Shifts">Ascending, apart from one another; empty where there are errors.</param>
/// <param name="Errors">By line of the file.</param>
public sealed record RotaFile(IReadOnlyList<Shift> Shifts, IReadOnlyDictionary<string, string[]> Errors)
{
    private const int MostErrors = 50;
    private const int MonthsBack = 12;
    private const int MonthsAhead = 24;

    private static readonly char[] s_separators = [',', ';', '\t'];

    // Which order a date with slashes has is said by the language of the header: 04/03 is two days.
    private static readonly Dictionary<string, (string Column, bool English)> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["date"] = ("date", false), ["day"] = ("date", true), ["datum"] = ("date", false), ["tag"] = ("date", false), ["jour"] = ("date", false), ["fecha"] = ("date", false), ["dia"] = ("date", false),
        ["from"] = ("from", true), ["start"] = ("from", true), ["von"] = ("from", false), ["beginn"] = ("from", false), ["de"] = ("from", false), ["debut"] = ("from", false), ["desde"] = ("from", false), ["inicio"] = ("from", false),
        ["to"] = ("to", true), ["end"] = ("to", true), ["bis"] = ("to", false), ["ende"] = ("to", false), ["a"] = ("to", false), ["fin"] = ("to", false), ["hasta"] = ("to", false),
    };

    private static readonly LocalDatePattern[] s_dates =
        [LocalDatePattern.Iso, LocalDatePattern.CreateWithInvariantCulture("d.M.yyyy")];

    private static readonly LocalDatePattern s_slashes = LocalDatePattern.CreateWithInvariantCulture("d/M/yyyy");

    private static readonly LocalTimePattern[] s_times =
        [.. new[] { "H:mm", "H.mm", "H'h'mm", "H:mm:ss" }.Select(LocalTimePattern.CreateWithInvariantCulture)];

    private sealed record Row(int Line, Shift Shift);

    /// <param name="file">UTF-8, UTF-16 with a mark, or as spreadsheets in western Europe write.</param>
    /// <param name="zone">Whose clock the times are on.</param>
    /// <param name="today">A year before it and two after are taken; a slip of the year would put weekly hours aside for decades.</param>
    /// <param name="ct">Cancels the reading.</param>
    public static async Task<RotaFile> Read(ReadOnlyMemory<byte> file, DateTimeZone zone, LocalDate today, CancellationToken ct)
    {
        var text = Decoded(file.Span);
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        if (string.IsNullOrWhiteSpace(text))
            return Refused("line 1", "must name the columns date, from and to");
        var first = text.AsSpan()[..(text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length)].ToString();
        var separator = s_separators.MaxBy(candidate => first.Count(letter => letter == candidate));
        var broken = false;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await using var reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = separator,
            Encoding = Encoding.UTF8,
            TrackLineNumbers = true,
            OnMalformedRecord = _ => broken = true,
        });
        try
        {
            await reader.ReadHeaderAsync(ct);
            var names = reader.Headers.Select(name => s_names.GetValueOrDefault(Key(name))).ToList();
            var (date, from, to) = (At("date"), At("from"), At("to"));
            if (date < 0 || from < 0 || to < 0)
                return Refused("line 1", "must name the columns date, from and to, each once");
            var slashes = !names.Exists(name => name.English);
            var errors = new Dictionary<string, string[]>();
            var rows = new List<Row>();
            while (errors.Count < MostErrors && await reader.ReadAsync(ct))
            {
                var line = (int)reader.LineNumber;
                var (day, begins, ends) = (Cell(date), Cell(from), Cell(to));
                if (broken)
                    errors[$"line {line}"] = ["has a quote that does not close"];
                else if (day.Length + begins.Length + ends.Length == 0)
                    continue;
                else if (rows.Count == Rota.MostShifts)
                    return Refused($"line {line}", $"is beyond the {Rota.MostShifts} shifts of a rota");
                else if (ToShift(day, begins, ends, slashes, zone, today, out var shift) is { } error)
                    errors[$"line {line}"] = [error];
                else
                    rows.Add(new Row(line, shift!));
                if (broken)
                    break;
            }
            return Whole(rows, errors);

            int At(string column) => names.Count(name => name.Column == column) == 1 ? names.FindIndex(name => name.Column == column) : -1;
            string Cell(int column) => column < reader.FieldCount ? reader.GetString(column).Trim() : "";
        }
        catch (CsvFormatException e)
        {
            return Refused($"line {Math.Max(1, e.LineNumber)}", "cannot be read");
        }
    }

    private static RotaFile Refused(string at, string why) => new([], new Dictionary<string, string[]> { [at] = [why] });

    private static RotaFile Whole(List<Row> rows, Dictionary<string, string[]> errors)
    {
        Row? before = null;
        foreach (var row in rows.OrderBy(row => row.Shift.StartsAt).ThenBy(row => row.Line))
        {
            if (before is not null && row.Shift.StartsAt < before.Shift.EndsAt)
                errors.TryAdd($"line {row.Line}", [$"overlaps the shift of line {before.Line}"]);
            if (before is null || row.Shift.EndsAt > before.Shift.EndsAt)
                before = row;
        }
        if (rows.Count == 0 && errors.Count == 0)
            return Refused("line 2", "must be a shift; there is none in the file");
        return errors.Count > 0 ? new([], errors) : new([.. rows.Select(row => row.Shift).OrderBy(shift => shift.StartsAt)], errors);
    }

    private static string? ToShift(string day, string begins, string ends, bool slashes, DateTimeZone zone, LocalDate today, out Shift? shift)
    {
        shift = null;
        if (Date(day, slashes) is not { } date)
            return slashes ? "has no date such as 2027-03-04 or 4.3.2027" : "has no date such as 2027-03-04; with slashes it could be two";
        if (date < today.PlusMonths(-MonthsBack) || date > today.PlusMonths(MonthsAhead))
            return "has a date more than a year ago or two years ahead";
        if (Time(begins) is not { } from)
            return "has no time to begin at, such as 06:00";
        var midnight = ends is "24:00" or "24.00" or "24h00" or "24:00:00";
        if (!midnight && Time(ends) is null)
            return "has no time to end at, such as 14:30";
        var to = midnight ? LocalTime.Midnight : Time(ends)!.Value;
        if (from == to && to != LocalTime.Midnight)
            return "ends when it begins";
        var (starts, stops) = (date.At(from), to <= from ? date.PlusDays(1).At(to) : date.At(to));
        var time = WorkingHours.OnClock(starts, stops, zone);
        if (time is not { } found)
            return "is an hour that the clock leaves out or has twice on that day";
        shift = new Shift(found.Start.ToDateTimeOffset(), found.End.ToDateTimeOffset());
        return null;
    }

    private static LocalDate? Date(string text, bool slashes)
    {
        foreach (var pattern in slashes ? [.. s_dates, s_slashes] : s_dates)
        {
            if (pattern.Parse(text).TryGetValue(default, out var date))
                return date;
        }
        return null;
    }

    private static LocalTime? Time(string text)
    {
        foreach (var pattern in s_times)
        {
            if (pattern.Parse(text).TryGetValue(default, out var time))
                return time;
        }
        return null;
    }

    /// <summary>Without accents, blanks and marks.</summary>
    private static string Key(string name) => string.Concat(name.Normalize(NormalizationForm.FormD)
        .Where(letter => char.IsLetter(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();

    private static string Decoded(ReadOnlySpan<byte> file)
    {
        var text = file switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(file),
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(file),
            _ => System.Text.Unicode.Utf8.IsValid(file) ? Encoding.UTF8.GetString(file) : Encoding.Latin1.GetString(file),
        };
        return text.TrimStart('\uFEFF');
    }
}
