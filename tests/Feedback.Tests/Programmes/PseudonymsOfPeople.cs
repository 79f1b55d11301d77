using Mentoring.Feedback.Programmes;

namespace Mentoring.Feedback.Tests.Programmes;

public class PseudonymsOfPeople
{
    private readonly ProgrammeKey _key = ProgrammeKey.Draw(Guid.CreateVersion7());
    private readonly Guid _person = Guid.CreateVersion7();

    [Fact]
    public void The_same_person_bears_the_same_one_for_the_same_purpose() =>
        Assert.Equal(_key.Pseudonym(_person, ProgrammeKey.Purpose.Answer), _key.Pseudonym(_person, ProgrammeKey.Purpose.Answer));

    [Fact]
    public void Answers_and_insights_of_a_person_cannot_be_put_together() =>
        Assert.NotEqual(_key.Pseudonym(_person, ProgrammeKey.Purpose.Answer), _key.Pseudonym(_person, ProgrammeKey.Purpose.Insight));

    [Fact]
    public void Another_programme_gives_another() =>
        Assert.NotEqual(
            _key.Pseudonym(_person, ProgrammeKey.Purpose.Answer),
            ProgrammeKey.Draw(Guid.CreateVersion7()).Pseudonym(_person, ProgrammeKey.Purpose.Answer));

    [Fact]
    public void Anonymous_ids_are_random_and_say_nothing_of_time()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => AnonymousId.Draw()).ToList();
        Assert.All(ids, id => Assert.Equal((4, 0b10), (id.Version, id.Variant >> 2)));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.NotEqual(ids.Order(), ids);
    }
}
