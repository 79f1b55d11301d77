using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

public static class Surveys
{
    /// <summary>One person answers a survey: every question that is put to them.</summary>
    /// <param name="answer">Of a question, which says its least and most.</param>
    public static async Task Answer(BusinessUnit unit, string survey, string email, Func<JsonNode, int> answer)
    {
        var person = unit.As(email);
        var asked = await Expectations.Eventually(
            async () => (await person.All(unit.At("surveys/mine"))).FirstOrDefault(open => open.Text("id") == survey), $"the survey for {email}");
        var answers = asked["questions"]!.AsArray().ToDictionary(question => question!.Text("code"), question => answer(question!));
        await person.Post(unit.At($"surveys/{survey}/answers"), new { answers }).Ok();
    }
}
