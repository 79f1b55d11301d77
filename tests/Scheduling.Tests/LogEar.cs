using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mentoring.Scheduling.Tests;

/// <summary>Hears everything the service writes into its log, at every level, and keeps the lines with a word that must not be there.</summary>
public sealed class LogEar : ILoggerProvider
{
    private readonly ConcurrentBag<string> _words = [];
    private readonly ConcurrentQueue<string> _heard = new();
    private long _lines;

    public long Lines => Interlocked.Read(ref _lines);

    public void ListenFor(string word) => _words.Add(word);

    public IEnumerable<string> Heard(string word) => _heard.Where(line => line.Contains(word, StringComparison.OrdinalIgnoreCase));

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Ear(LogEar all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref all._lines);
            if (all._words.IsEmpty)
                return;
            var line = $"{category} {formatter(state, exception)} {exception}";
            if (all._words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)))
                all._heard.Enqueue(line);
        }
    }
}
