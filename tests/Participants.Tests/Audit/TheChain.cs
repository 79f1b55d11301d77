using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Audit;
using Mentoring.Participants.Audit;

namespace Mentoring.Participants.Tests.Audit;

public sealed class TheChain
{
    private static readonly Guid s_unit = Guid.CreateVersion7();

    [Fact]
    public void Every_entry_follows_the_one_before_and_no_other()
    {
        Prop.ForAll(Arb.From(Gen.Choose(3, 20)), length =>
        {
            var chain = Chain(length);
            var follows = chain.Select((entry, at) => entry.Follows(at == 0 ? null : chain[at - 1], s_unit)).All(holds => holds);
            // Left out, doubled or under another unit: it shows.
            return follows
                && !chain[2].Follows(chain[0], s_unit)
                && !chain[1].Follows(chain[1], s_unit)
                && !chain[0].Follows(null, Guid.CreateVersion7());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_entry_says_when_to_the_microsecond_as_the_database_keeps_it()
    {
        var at = new DateTimeOffset(2026, 1, 12, 9, 0, 0, TimeSpan.FromHours(1)).AddTicks(12_345_678);
        var entry = AuditEntry.After(null, s_unit, new ActionAudited(Guid.CreateVersion7(), Guid.CreateVersion7(), "x", Guid.CreateVersion7(), at), Guid.CreateVersion7());

        Assert.Equal(0, entry.At.UtcTicks % TimeSpan.TicksPerMicrosecond);
        Assert.Equal(TimeSpan.Zero, entry.At.Offset);
    }

    [Fact]
    public void An_alias_tells_nothing_about_its_owner()
    {
        var person = Guid.CreateVersion7();

        Assert.NotEqual(AuditAlias.For(person).Alias, AuditAlias.For(person).Alias);
    }

    private static List<AuditEntry> Chain(int length)
    {
        var chain = new List<AuditEntry>();
        for (var i = 0; i < length; i++)
        {
            var action = new ActionAudited(Guid.CreateVersion7(), Guid.CreateVersion7(), $"act-{i}", Guid.CreateVersion7(), DateTimeOffset.UnixEpoch.AddDays(i));
            chain.Add(AuditEntry.After(chain.LastOrDefault(), s_unit, action, Guid.CreateVersion7()));
        }
        return chain;
    }
}
