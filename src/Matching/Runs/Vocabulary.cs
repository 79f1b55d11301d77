using System.Collections.Concurrent;

namespace Mentoring.Matching.Runs;

/// <summary>
/// Numbers for the words of one pool, so that two people are compared by numbers. Upper and lower case make no difference. Which number a word has
/// depends on who asks first and means nothing; only whether two are the same.
/// </summary>
internal sealed class Vocabulary
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private int _last;

    public int NumberOf(string word) => _numbers.TryGetValue(word, out var number) ? number : _numbers.GetOrAdd(word, _ => Interlocked.Increment(ref _last));
}
