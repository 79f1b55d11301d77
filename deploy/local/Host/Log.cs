namespace Mentoring.Host;

/// <summary>A part's output, bounded: the file and the one before it.</summary>
internal sealed class Log(string file, string name, bool echo) : IDisposable
{
    private const long MaxBytes = 8 * 1024 * 1024;
    private const int LastLines = 15;

    private readonly Lock _writing = new();
    private readonly Queue<string> _last = new();
    private StreamWriter? _writer = new(file, append: true) { AutoFlush = true };

    public string File => file;

    /// <summary>What it said last, to show when it does not start.</summary>
    public IReadOnlyList<string> Last
    {
        get
        {
            lock (_writing)
                return [.. _last];
        }
    }

    public void Write(string line)
    {
        lock (_writing)
        {
            if (_writer is null)
                return;
            if (_writer.BaseStream.Length > MaxBytes)
                Rotate();
            _writer.WriteLine(line);
            _last.Enqueue(line);
            if (_last.Count > LastLines)
                _last.Dequeue();
            if (echo)
                Console.WriteLine($"{name,-15} | {line}");
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    private void Rotate()
    {
        _writer!.Dispose();
        System.IO.File.Move(file, file + ".1", overwrite: true);
        _writer = new StreamWriter(file, append: true) { AutoFlush = true };
    }
}
