using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Feedback;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Tests.Insights;

public sealed class RaisingAnInsight(FeedbackService feedback)
{
    [Fact]
    public async Task From_raised_to_the_board()
    {
        var cohort = await feedback.Running(pairs: 2);
        var (mine, other) = (cohort.Pairs[0], cohort.Pairs[1]);
        var insight = await cohort.RaiseInsight(mine.Mentor);
        var raised = await feedback.Bus.Of<InsightRaised>(cohort.Unit);
        Assert.Equal((insight, 1L, (Guid?)null), (raised.InsightId, raised.Version, raised.OwnerId));

        await (await cohort.Assign(insight, mine.Mentee)).Refused(HttpStatusCode.UnprocessableEntity, "owner-is-own-mentee");
        await (await cohort.Assign(insight, other.Mentor)).Refused(HttpStatusCode.UnprocessableEntity, "owner-without-authority");
        await (await cohort.Assign(insight, Guid.CreateVersion7())).Refused(HttpStatusCode.UnprocessableEntity, "owner-without-authority");
        await (await cohort.Assign(insight, other.Mentee, days: -1)).Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(HttpStatusCode.NoContent, (await cohort.Assign(insight, other.Mentee)).StatusCode);
        Assert.Equal(other.Mentee, (await feedback.Bus.Of<InsightRaised>(cohort.Unit, fact => fact.Version == 2)).OwnerId);

        using var owner = cohort.As(other.Mentee);
        using var raiser = cohort.As(mine.Mentor);
        using var manager = cohort.AsManager();
        var answer = new { answer = "done", text = "Licences are there on the first day.", effect = "process", evidence = "IT-4711" };
        await (await raiser.PostAsJsonAsync(cohort.Unit.At($"insights/{insight}/answer"), answer)).Refused(HttpStatusCode.NotFound, "not-found");
        await (await manager.PostAsJsonAsync(cohort.Unit.At($"insights/{insight}/answer"), answer)).Refused(HttpStatusCode.Forbidden, "role-missing");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsJsonAsync(cohort.Unit.At($"insights/{insight}/answer"), answer)).StatusCode);
        await (await owner.PostAsJsonAsync(cohort.Unit.At($"insights/{insight}/answer"), answer)).Refused(HttpStatusCode.Conflict, "insight-answered");

        var answered = await feedback.Bus.Of<InsightAnswered>(cohort.Unit);
        Assert.Equal(("done", "process", true, other.Mentee), (answered.Answer, answered.Effect, answered.InTime, answered.OwnerId));
        using var anybody = cohort.As(Guid.CreateVersion7());
        var board = await anybody.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"board?programme={Cohort.Slug}"));
        var item = Assert.Single(board.GetProperty("items").EnumerateArray());
        Assert.Equal("Mentee 1", item.GetProperty("owner").GetProperty("name").GetString());
        Assert.DoesNotContain(mine.Mentor.ToString(), board.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (board.GetProperty("credibility").GetProperty("due").GetInt32(), board.GetProperty("credibility").GetProperty("inTime").GetInt32()));
        await Eventually.Holds(() =>
        {
            Assert.Equal(["insight-answered", "insight-assigned"], feedback.Bus.All<ActionAudited>(cohort.Unit).Select(action => action.Code).Order());
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Unanswered_on_its_due_date_it_escalates_once()
    {
        var cohort = await feedback.Running(pairs: 2);
        var insight = await cohort.RaiseInsight(cohort.Pairs[0].Mentor);
        await cohort.Assign(insight, cohort.Sponsor, days: 2);
        await cohort.Assign(insight, cohort.Sponsor, days: 3);
        feedback.Clock.Advance(TimeSpan.FromDays(4));
        var overdue = await feedback.Bus.Of<InsightOverdue>(cohort.Unit);
        Assert.Equal((insight, cohort.Sponsor), (overdue.InsightId, overdue.OwnerId));

        feedback.Clock.Advance(TimeSpan.FromDays(10));
        using var sponsor = cohort.AsSponsor();
        await sponsor.PostAsJsonAsync(cohort.Unit.At($"insights/{insight}/answer"), new { answer = "declined", text = "It would cost more than it saves." });
        Assert.False((await feedback.Bus.Of<InsightAnswered>(cohort.Unit)).InTime);
        Assert.Single(feedback.Bus.All<InsightOverdue>(cohort.Unit));
        var board = await sponsor.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"board?programme={Cohort.Slug}"));
        Assert.Equal((1, 0), (board.GetProperty("credibility").GetProperty("due").GetInt32(), board.GetProperty("credibility").GetProperty("inTime").GetInt32()));
    }

    [Fact]
    public async Task An_owner_sees_their_own_and_the_manager_all()
    {
        var cohort = await feedback.Running(pairs: 2);
        var insight = await cohort.RaiseInsight(cohort.Pairs[0].Mentor);
        await cohort.RaiseInsight(cohort.Pairs[1].Mentor, "Meetings");
        await cohort.Assign(insight, cohort.Pairs[1].Mentee);
        Assert.Equal(2, (await cohort.Insights()).Count);
        Assert.Equal("Mentor 0", (await cohort.Insights()).Single(shown => shown.GetProperty("id").GetGuid() == insight).GetProperty("raisedBy").GetProperty("name").GetString());

        using var owner = cohort.As(cohort.Pairs[1].Mentee);
        var own = (await owner.GetFromJsonAsync<JsonElement>(cohort.Unit.At("insights"))).GetProperty("items");
        Assert.Equal(insight, Assert.Single(own.EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(JsonValueKind.Null, own[0].GetProperty("raisedBy").ValueKind);
        using var stranger = cohort.As(Guid.CreateVersion7());
        Assert.Equal(0, (await stranger.GetFromJsonAsync<JsonElement>(cohort.Unit.At("insights"))).GetProperty("items").GetArrayLength());
        await (await stranger.PostAsJsonAsync(cohort.Unit.At("insights"), new { programme = Cohort.Slug, title = "x", text = "y" })).Refused(HttpStatusCode.NotFound, "not-found");
    }
}
