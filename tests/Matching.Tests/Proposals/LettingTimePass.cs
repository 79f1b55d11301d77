using System.Net;
using Mentoring.Contracts.Matching;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Tests.Proposals;

/// <summary>Moves the clock of the service, which all tests share: alone, when the others are done.</summary>
[Collection(Alone)]
public sealed class LettingTimePass(MatchingFactory service)
{
    private const string Alone = "moves the clock";

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Definition;

    [Fact]
    public async Task Without_an_answer_there_is_a_reminder_and_then_the_proposal_ends_like_any_other()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        var asked = await service.Bus.Of<MatchProposed>(stage.Unit, fact => fact.AskedId == eva);
        Assert.Equal(DateTimeOffset.Parse("2026-01-15T17:00:00Z", null), asked.RespondBy);

        service.Clock.Set(DateTimeOffset.Parse("2026-01-15T07:00:00Z", null));
        await service.Bus.Of<MatchProposed>(stage.Unit, fact => fact.AskedId == eva && fact.Version == asked.Version + 1 && fact.RespondBy == asked.RespondBy);
        Assert.Empty(service.Bus.All<MatchNotProceeding>(stage.Unit));

        service.Clock.Set(asked.RespondBy);
        await Eventually.Holds(async () => Assert.Equal("not-proceeding", (await stage.ProposalOf(eva)).Text("state")));
        Assert.Equal("waiting", (await stage.ProposalOf(ada)).Text("state"));
        service.Clock.Set(DateTimeOffset.Parse("2026-01-16T06:00:00Z", null));
        var ended = await service.Bus.Of<MatchNotProceeding>(stage.Unit);
        Assert.Equal([ada], ended.TellIds);
        foreach (var person in new[] { ada, eva })
            Assert.Equal("not-proceeding", (await stage.ProposalOf(person)).Text("state"));
        Assert.Equal(0, await service.In(stage.Unit, db => db.Places.CountAsync()));
        using var late = await stage.Accept(eva);
        await late.IsRefused(HttpStatusCode.Conflict, "proposal-not-open");
    }
}
