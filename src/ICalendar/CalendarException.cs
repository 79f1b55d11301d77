namespace Mentoring.ICalendar;

/// <summary>A calendar, or one value of it, cannot be read. The only exception that the content of a file can cause.</summary>
/// <param name="line">The line of the file, counted from 1, as an editor shows it; 0 where the value stands in no file.</param>
/// <param name="code">
/// Stable: <c>not-a-calendar</c>, <c>malformed-line</c>, <c>unbalanced</c>, <c>unfinished</c>, <c>too-large</c>, <c>line-too-long</c>, <c>too-deep</c>,
/// <c>too-many-lines</c>, <c>too-many-events</c>, <c>too-many-problems</c>, <c>value-invalid</c>, <c>value-missing</c> or <c>rule-invalid</c>.
/// </param>
/// <param name="message">What is wrong, in words; quotes at most a short piece of the file.</param>
public sealed class CalendarException(int line, string code, string message) : Exception(line > 0 ? $"Line {line}: {message}" : message)
{
    /// <summary>The line of the file, counted from 1; 0 where there is none.</summary>
    public int Line { get; } = line;

    /// <summary>What kind of fault, for a program.</summary>
    public string Code { get; } = code;

    internal static CalendarException Value(int line, string what, ReadOnlySpan<char> value) => new(line, "value-invalid", $"'{Piece(value)}' is no {what}.");

    internal static CalendarException Rule(int line, string why) => new(line, "rule-invalid", why);

    /// <summary>Enough to find it, not so much that a log holds what a calendar says.</summary>
    internal static string Piece(ReadOnlySpan<char> value) => value.Length <= 32 ? value.ToString() : $"{value[..32]}…";
}
