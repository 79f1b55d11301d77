namespace Mentoring.Assignment;

/// <summary>
/// A binary heap of (distance, node), the least first, ties by node so that a run is the same every time. Nodes may stand in it
/// more than once; the reader skips what is stale, which is cheaper here than moving entries.
/// </summary>
internal sealed class Heap
{
    private long[] _distances = new long[256];
    private int[] _nodes = new int[256];
    private int _count;

    public void Clear() => _count = 0;

    public void Push(long distance, int node)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _distances, 2 * _count);
            Array.Resize(ref _nodes, 2 * _count);
        }
        var at = _count++;
        while (at > 0)
        {
            var parent = (at - 1) >>> 1;
            if (!Before(distance, node, _distances[parent], _nodes[parent])) break;
            _distances[at] = _distances[parent];
            _nodes[at] = _nodes[parent];
            at = parent;
        }
        _distances[at] = distance;
        _nodes[at] = node;
    }

    public bool TryPop(out long distance, out int node)
    {
        if (_count == 0)
        {
            (distance, node) = (0, 0);
            return false;
        }
        (distance, node) = (_distances[0], _nodes[0]);
        _count--;
        var (lastDistance, lastNode) = (_distances[_count], _nodes[_count]);
        var at = 0;
        while (true)
        {
            var child = 2 * at + 1;
            if (child >= _count) break;
            if (child + 1 < _count && Before(_distances[child + 1], _nodes[child + 1], _distances[child], _nodes[child])) child++;
            if (!Before(_distances[child], _nodes[child], lastDistance, lastNode)) break;
            _distances[at] = _distances[child];
            _nodes[at] = _nodes[child];
            at = child;
        }
        _distances[at] = lastDistance;
        _nodes[at] = lastNode;
        return true;
    }

    private static bool Before(long distance, int node, long otherDistance, int otherNode) =>
        distance < otherDistance || (distance == otherDistance && node < otherNode);
}
