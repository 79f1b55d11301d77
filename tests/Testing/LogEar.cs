using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mentoring.Testing;

/// <summary>Hears what is written into a log, scopes included, while somebody listens for a word that must not be there.</summary>
public sealed class LogEar : ILoggerProvider
{
    private readonly ConcurrentDictionary<Listening, string> _listening = new();

    /// <summary>From now on, until it is disposed of.</summary>
    public Listening For(string word)
    {
        var listening = new Listening(this);
        _listening[listening] = word;
        return listening;
    }

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose()
    {
    }

    private void Hear(string line)
    {
        foreach (var (listening, word) in _listening)
            listening.Take(line, line.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What one listener has heard.</summary>
    public sealed class Listening(LogEar ear) : IDisposable
    {
        private readonly ConcurrentQueue<string> _heard = new();
        private long _lines;

        /// <summary>All lines: where there are none, nothing was listened to.</summary>
        public long Lines => Interlocked.Read(ref _lines);

        /// <summary>Those with the word.</summary>
        public IReadOnlyCollection<string> Heard => _heard;

        public void Dispose() => ear._listening.TryRemove(this, out _);

        internal void Take(string line, bool has)
        {
            Interlocked.Increment(ref _lines);
            if (has)
                _heard.Enqueue(line);
        }
    }

    private sealed class Ear(LogEar all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            if (IsEnabled(default))
                all.Hear($"{category} {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => !all._listening.IsEmpty;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Hear($"{category} {formatter(state, exception)} {exception}");
    }
}
