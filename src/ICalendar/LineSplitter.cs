using System.Text;

namespace Mentoring.ICalendar;

/// <summary>
/// Content lines out of octets that come in pieces. Unfolding is done on the octets and before they are decoded, as a fold may stand in the middle of a
/// character (3.1). A bare line feed ends a line too, as many writers do not know better; octets that are no UTF-8 become U+FFFD.
/// </summary>
internal sealed class LineSplitter(int longest)
{
    private byte[] _line = new byte[256];
    private int _length;
    private bool _ended;
    private int _physical = 1;
    private int _first = 1;

    /// <summary>The next line that is whole, taken from the front of what came; false when more has to come.</summary>
    /// <exception cref="CalendarException"><c>line-too-long</c></exception>
    public bool Next(ref ReadOnlySpan<byte> came, out string line, out int number)
    {
        while (!came.IsEmpty)
        {
            if (_ended)
            {
                if (came[0] is not ((byte)' ' or (byte)'\t'))
                    return Take(out line, out number);
                _ended = false;
                came = came[1..];
                continue;
            }
            var end = came.IndexOf((byte)'\n');
            Append(end < 0 ? came : came[..end]);
            if (end < 0)
            {
                came = [];
                break;
            }
            came = came[(end + 1)..];
            if (_length > 0 && _line[_length - 1] == '\r')
                _length--;
            _physical++;
            _ended = true;
        }
        (line, number) = ("", _physical);
        return false;
    }

    /// <summary>What is left when nothing more comes; empty when nothing is.</summary>
    public string Rest(out int number)
    {
        Take(out var line, out number);
        return line;
    }

    private bool Take(out string line, out int number)
    {
        // The mark that some editors put before a file's first character.
        var mark = _first == 1 && _length >= 3 && _line[0] == 0xEF && _line[1] == 0xBB && _line[2] == 0xBF ? 3 : 0;
        line = Encoding.UTF8.GetString(_line, mark, _length - mark);
        number = _first;
        (_length, _ended, _first) = (0, false, _physical);
        return true;
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        if (_length + octets.Length > longest)
            throw new CalendarException(_first, "line-too-long", $"The content line is longer than {longest} octets.");
        if (_length + octets.Length > _line.Length)
            Array.Resize(ref _line, Math.Max(_line.Length * 2, _length + octets.Length));
        octets.CopyTo(_line.AsSpan(_length));
        _length += octets.Length;
    }
}
