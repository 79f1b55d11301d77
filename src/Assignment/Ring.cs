namespace Mentoring.Assignment;

/// <summary>Who waits, first come, first served, in a place for each; unlike a queue of the framework, it tells who is to come.</summary>
internal sealed class Ring(int capacity)
{
    private readonly int[] _waiting = new int[capacity];
    private int _first;

    public int Count { get; private set; }

    public void Enqueue(int unit) => _waiting[At(Count++)] = unit;

    public bool TryDequeue(out int unit)
    {
        unit = Count > 0 ? _waiting[_first] : -1;
        if (Count == 0) return false;
        _first = At(1);
        Count--;
        return true;
    }

    /// <summary>Who comes after so many others.</summary>
    public int Ahead(int by) => _waiting[At(by)];

    private int At(int by) => _first + by < capacity ? _first + by : _first + by - capacity;
}
