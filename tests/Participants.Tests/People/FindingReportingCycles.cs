using FsCheck;
using FsCheck.Fluent;
using Mentoring.Participants.People;

namespace Mentoring.Participants.Tests.People;

public sealed class FindingReportingCycles
{
    [Fact]
    public void Those_on_a_cycle_are_found_and_those_below_it_are_not()
    {
        var (a, b, c, below) = (Id(1), Id(2), Id(3), Id(4));
        Assert.Equal([a, b, c], ReportingCycles.Members(new Dictionary<Guid, Guid> { [a] = b, [b] = c, [c] = a, [below] = a }).Order());
    }

    [Fact]
    public void Whoever_reports_to_themselves_is_one() =>
        Assert.Equal([Id(1)], ReportingCycles.Members(new Dictionary<Guid, Guid> { [Id(1)] = Id(1), [Id(2)] = Id(1) }));

    [Fact]
    public void A_member_is_exactly_who_meets_themselves_on_the_way_up()
    {
        var organisations = Gen.Choose(0, 11).ArrayOf(12).ToArbitrary();
        Prop.ForAll(organisations, managers =>
        {
            // Twelve people, some of whom (manager 0) have nobody above.
            var managerOf = Enumerable.Range(1, managers.Length - 1).Where(person => managers[person] != 0)
                .ToDictionary(Id, person => Id(managers[person]));
            var expected = managerOf.Keys.Where(person => Way(managerOf, person).Skip(1).Take(managers.Length).Contains(person)).Order();
            return expected.SequenceEqual(ReportingCycles.Members(managerOf).Order());
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<Guid> Way(Dictionary<Guid, Guid> managerOf, Guid person)
    {
        yield return person;
        while (managerOf.TryGetValue(person, out person))
            yield return person;
    }

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
