namespace Mentoring.Assignment.Benchmarks;

/// <summary>Reads numbers from a text of lines, millions a second, and knows on which line it is.</summary>
internal sealed class Lines(Stream stream, string name)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _end;
    private int _line = 1;
    private bool _begun;

    /// <summary>The letter the line begins with.</summary>
    public char Kind { get; private set; }

    /// <summary>Goes to the next line that is not blank.</summary>
    public bool Next()
    {
        if (_begun) SkipLine();
        _begun = true;
        while (true)
        {
            SkipBlanks();
            if (Peek() is '\n')
            {
                Advance();
                continue;
            }
            if (Peek() < 0) return false;
            Kind = (char)Peek();
            Advance();
            if (Kind is 'c' || Peek() is ' ' or '\t') return true;
            throw Wrong("a line begins with one letter and a space");
        }
    }

    public void Expect(char kind, string word)
    {
        if (Kind != kind) throw Wrong($"'{kind} {word}' comes first");
        SkipBlanks();
        foreach (var letter in word)
        {
            if (Peek() != letter) throw Wrong($"'{kind} {word}' comes first");
            Advance();
        }
    }

    /// <summary>The next number of this line.</summary>
    public int Int(int least = int.MinValue, int most = int.MaxValue)
    {
        SkipBlanks();
        return Digits(least, most);
    }

    /// <summary>The next number, on this line or a later one.</summary>
    public int Number(int least = int.MinValue, int most = int.MaxValue)
    {
        AtEnd();
        return Digits(least, most);
    }

    /// <summary>Whether nothing but blanks is left.</summary>
    public bool AtEnd()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n') Advance();
        return Peek() < 0;
    }

    /// <summary>What is left of the line is not looked at.</summary>
    public void Pass()
    {
        while (Peek() is not ('\n' or < 0)) Advance();
    }

    public InvalidDataException Wrong(string what) => new($"{name}, line {_line}: {what}");

    private int Digits(int least, int most)
    {
        var negative = Peek() == '-';
        if (negative) Advance();
        if (Peek() is < '0' or > '9') throw Wrong("a whole number is missing");
        long value = 0;
        while (Peek() is >= '0' and <= '9' and var digit)
        {
            value = value * 10 + (digit - '0');
            if (value > 1L + int.MaxValue) throw Wrong("a number does not fit 32 bits");
            Advance();
        }
        if (Peek() is not (' ' or '\t' or '\r' or '\n' or < 0)) throw Wrong("a whole number is missing");
        if (negative) value = -value;
        return value < least || value > most ? throw Wrong($"{value} is not between {least} and {most}") : (int)value;
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\r') Advance();
    }

    private void SkipLine()
    {
        if (Kind is not 'c')
        {
            SkipBlanks();
            if (Peek() is not ('\n' or < 0)) throw Wrong("more on the line than belongs there");
        }
        Pass();
        if (Peek() == '\n') Advance();
    }

    private int Peek()
    {
        if (_at == _end)
        {
            _at = 0;
            _end = stream.Read(_buffer);
        }
        return _at < _end ? _buffer[_at] : -1;
    }

    private void Advance()
    {
        if (_buffer[_at] == '\n') _line++;
        _at++;
    }
}
