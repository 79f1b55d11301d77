namespace Mentoring.Matching.Runs;

/// <summary>Numbers for the words of one pool, so that two people are compared by numbers. Upper and lower case make no difference.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);

    public int NumberOf(string word)
    {
        if (_numbers.TryGetValue(word, out var number)) return number;
        number = _numbers.Count;
        _numbers.Add(word, number);
        return number;
    }
}
