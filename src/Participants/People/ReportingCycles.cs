namespace Mentoring.Participants.People;

/// <summary>Finds who is their own superior.</summary>
public static class ReportingCycles
{
    /// <summary>
    /// The people on a cycle. Everybody has one manager at most, so whoever nobody else here reports to is on none: taking those away,
    /// again and again, leaves exactly the cycles. People below a cycle are not on it, their row is not at fault.
    /// </summary>
    /// <param name="managerOf">Everybody whose way up never ends, with the manager.</param>
    public static IReadOnlyCollection<Guid> Members(IReadOnlyDictionary<Guid, Guid> managerOf)
    {
        var left = new Dictionary<Guid, Guid>(managerOf);
        var reports = left.Values.GroupBy(manager => manager).ToDictionary(group => group.Key, group => group.Count());
        var free = new Stack<Guid>(left.Keys.Where(person => !reports.ContainsKey(person)));
        while (free.TryPop(out var person))
        {
            left.Remove(person, out var manager);
            if (--reports[manager] == 0 && left.ContainsKey(manager))
                free.Push(manager);
        }
        return left.Keys;
    }
}
