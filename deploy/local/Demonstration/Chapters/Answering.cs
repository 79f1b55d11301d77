namespace Mentoring.Demonstration;

/// <summary>What was said becomes numbers that expose nobody, and insights that are answered.</summary>
internal sealed class Answering(Story story)
{
    private string _survey = "";

    public IEnumerable<Step> Steps =>
    [
        new("A survey is opened; with fewer than five answers it shows no number", BelowK),
        new("With enough answers it does", AboveK),
        new("A mentor raises an insight; it may not be owned by the mentor's own mentee; a leader answers it in public", Answer),
    ];

    private async Task<string> BelowK()
    {
        var opened = await Expectations.Eventually(async () =>
        {
            var answer = await story.Manager.Post(story.At("surveys"), new { programme = story.Programme, kind = "baseline", closesAt = story.Platform.Now.AddDays(60) });
            return answer.Status == System.Net.HttpStatusCode.NotFound ? null : answer.Ok();
        }, "Feedback knows the programme");
        _survey = opened["id"].GetValue<string>();
        await Fill(story.Pairs.Take(3).Select(pair => pair.MentorEmail));
        var results = await story.Manager.Get(story.At($"surveys/{_survey}/results")).Ok();
        Expectations.That(results["questions"].AsArray().All(question => question!["mean"] is null && question["answered"] is null), $"A number is shown below k: {results}");
        return $"{results["questions"].AsArray().Count} questions, 3 answers, no number";
    }

    private async Task<string> AboveK()
    {
        await Fill(story.Pairs.Skip(3).Take(22).Select(pair => pair.MentorEmail).Concat(story.Pairs.Take(25).Select(pair => pair.MenteeEmail)));
        await story.Api.As(story.Pairs[0].MentorEmail).Post(story.At($"surveys/{_survey}/answers"), new { answers = new Dictionary<string, int>() });
        var results = await story.Manager.Get(story.At($"surveys/{_survey}/results")).Ok();
        var shown = results["questions"].AsArray().Where(question => question!["mean"] is not null).ToList();
        Expectations.That(shown.Count > 0 && shown.All(question => question!["answered"]!.GetValue<int>() >= 5), $"No number above k: {results}");
        return string.Join("; ", shown.Take(3).Select(question => $"{question!.Text("code")} {question!["mean"]} ({question["answered"]} people)"));
    }

    private async Task Fill(IEnumerable<string> people) =>
        await Parallel.ForEachAsync(people.Select((email, index) => (email, index)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, _) =>
        {
            await Surveys.Answer(story.HomeUnit, _survey, one.email, question =>
            {
                var (least, most) = (question["least"]!.GetValue<int>(), question["most"]!.GetValue<int>());
                return least + ((one.index + question.Text("code").Length) % (most - least + 1));
            });
        });

    private async Task<string> Answer()
    {
        var pair = story.Pairs[1];
        var raised = await story.Api.As(pair.MentorEmail).Post(story.At("insights"), new
        {
            programme = story.Programme,
            title = "Customers leave the order form on the third page",
            text = "Two of three people who try to order on a phone give up when we ask for the fax number.",
        }).Ok();
        var insight = raised["id"].GetValue<string>();
        var due = DateOnly.FromDateTime(story.Platform.Now.UtcDateTime).AddDays(14);
        await story.Manager.Post(story.At($"insights/{insight}/assign"), new { ownerId = story.Ids[pair.MenteeEmail], dueOn = due }).Refused(422, "owner-is-own-mentee");
        var owner = story.First!.MenteeEmail;
        await story.Manager.Post(story.At($"insights/{insight}/assign"), new { ownerId = story.Ids[owner], dueOn = due }).Ok();
        await story.Api.As(owner).Post(story.At($"insights/{insight}/answer"), new
        {
            answer = "done",
            text = "The form is one page now, and nobody is asked for a fax number.",
            effect = "process",
            evidence = "Orders from phones are up by a third since.",
        }).Ok();
        var board = await story.Api.As(story.Pairs[2].MentorEmail).Get(story.At($"board?programme={story.Programme}")).Ok();
        var shown = board.Items.Single(item => item!.Text("id") == insight)!;
        return $"you said: \"{shown.Text("title")}\"; we did: \"{shown.Text("answerText")}\" ({shown.Text("effect")}, in time: {shown["inTime"]})";
    }
}
