using System.Buffers;
using System.Runtime.CompilerServices;

namespace Mentoring.ICalendar;

/// <summary>Components out of a stream, one after the other, so that a file of any length takes the memory of its largest event.</summary>
public static class CalendarReader
{
    private const int AtOnce = 32 * 1024;

    /// <summary>What stands inside the calendars of a stream (events, zones, busy times and whatever else), each when it is whole.</summary>
    /// <exception cref="CalendarException">The stream is no calendar, is broken or is beyond the limits. What was given before stands.</exception>
    public static IAsyncEnumerable<Component> Read(Stream stream, CalendarLimits? limits = null, CancellationToken cancellationToken = default) =>
        Components(stream, 1, limits ?? CalendarLimits.Default, cancellationToken);

    /// <summary>Whole calendars, with their own properties.</summary>
    /// <exception cref="CalendarException">As for <see cref="Read"/>.</exception>
    public static IAsyncEnumerable<Component> ReadCalendars(Stream stream, CalendarLimits? limits = null, CancellationToken cancellationToken = default) =>
        Components(stream, 0, limits ?? CalendarLimits.Default, cancellationToken);

    private static async IAsyncEnumerable<Component> Components(Stream stream, int depth, CalendarLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var lines = new LineSplitter(limits.LineBytes);
        var tree = new Tree(depth, limits);
        var whole = new Queue<Component>();
        var buffer = ArrayPool<byte>.Shared.Rent(AtOnce);
        try
        {
            var read = 0;
            for (int came; (came = await stream.ReadAsync(buffer.AsMemory(0, AtOnce), cancellationToken)) > 0;)
            {
                read += came;
                if (read > limits.Bytes)
                    throw new CalendarException(tree.Line, "too-large", $"The file is larger than {limits.Bytes} octets.");
                Feed(buffer.AsSpan(0, came));
                while (whole.TryDequeue(out var component))
                    yield return component;
            }
            if (lines.Rest(out var number) is { Length: > 0 } rest && tree.Add(rest, number) is { } last)
                yield return last;
            tree.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        void Feed(ReadOnlySpan<byte> piece)
        {
            while (lines.Next(ref piece, out var line, out var number))
            {
                if (tree.Add(line, number) is { } component)
                    whole.Enqueue(component);
            }
        }
    }

    /// <summary>Where in the nesting the next line belongs.</summary>
    private sealed class Tree(int depth, CalendarLimits limits)
    {
        private readonly Stack<Component> _open = new();
        private bool _any;
        private int _lines;
        private int _events;

        public int Line { get; private set; } = 1;

        /// <summary>The component of the wanted depth that this line ends, if it does.</summary>
        public Component? Add(string text, int number)
        {
            Line = number;
            // Empty lines are not of the RFC, and are at the end of many files.
            if (text.AsSpan().Trim().IsEmpty)
                return null;
            // An error page or a sign-in form is what mostly comes instead of a calendar: that is worth a name of its own.
            if (!_any && !text.AsSpan().TrimEnd().Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
                throw new CalendarException(number, "not-a-calendar", "This is no iCalendar file: it does not begin with BEGIN:VCALENDAR.");
            _any = true;
            var line = ContentLine.Parse(text, number);
            if (++_lines > limits.LinesOfOne)
                throw new CalendarException(number, "too-many-lines", $"A component has more than {limits.LinesOfOne} lines.");
            switch (line.Name)
            {
                case "BEGIN":
                    Begin(line.Value.Trim().ToUpperInvariant(), number);
                    return null;
                case "END":
                    return End(line.Value.Trim().ToUpperInvariant(), number);
                default:
                    if (!_open.TryPeek(out var open))
                        throw new CalendarException(number, "unbalanced", "A property stands outside of any calendar.");
                    // The calendar's own properties are kept for those alone who take whole calendars.
                    if (_open.Count > depth)
                        open.Add(line);
                    return null;
            }
        }

        public void Finish()
        {
            if (!_any)
                throw new CalendarException(Line, "not-a-calendar", "This is no iCalendar file: it is empty.");
            if (_open.TryPeek(out var open))
                throw new CalendarException(Line, "unfinished", $"The file ends within the {CalendarException.Piece(open.Name)} of line {open.Line}.");
        }

        private void Begin(string name, int number)
        {
            if (_open.Count == 0 && name != "VCALENDAR")
                throw new CalendarException(number, "unbalanced", $"A {CalendarException.Piece(name)} stands outside of any calendar.");
            if (_open.Count >= limits.Depth)
                throw new CalendarException(number, "too-deep", $"Components lie more than {limits.Depth} deep in one another.");
            if (_open.Count == 1)
            {
                _lines = 0;
                if (++_events > limits.Events)
                    throw new CalendarException(number, "too-many-events", $"There are more than {limits.Events} components.");
            }
            _open.Push(new Component(name, number));
        }

        private Component? End(string name, int number)
        {
            if (!_open.TryPop(out var closed) || closed.Name != name)
                throw new CalendarException(number, "unbalanced", $"END:{CalendarException.Piece(name)} ends nothing that is open.");
            if (_open.Count <= 1)
                _lines = 0;
            if (_open.Count == depth)
                return closed;
            if (_open.Count > depth)
                _open.Peek().Add(closed);
            return null;
        }
    }
}
