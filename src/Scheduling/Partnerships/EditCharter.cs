using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Either of the two rewrites the charter: the next version. Substance takes both signatures away, rhythm and places do not.</summary>
public static class EditCharter
{
    private const int LongestText = 4_000;

    public static async Task<IResult> Handle(
        Guid id, [FromBody] CharterText request, Precondition precondition, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair?.SideOf(caller.PersonId) is not { } side)
            return Problems.NotFound();
        if (pair.Ended)
            return EndPartnership.Ended();
        if (await db.WithCharter(pair, ct) is not { } charter)
            return ReadCharter.NotThereYet();
        if (Validate(request, charter.Text) is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        if (precondition.Refusal(charter.Version) is { } refusal)
            return refusal;

        if (pair.ReviseCharter(request))
            await db.SaveChangesAsync(ct);
        return Precondition.Ok(ReadCharter.Show(pair.Charter!, side), pair.Charter!.Version);
    }

    private static Dictionary<string, string[]> Validate(CharterText text, CharterText current)
    {
        var errors = new Dictionary<string, string[]>();
        // What a charter must settle is the programme's to say; how, is the pair's.
        if (!text.Clauses.Select(clause => clause.Name).ToHashSet().SetEquals(current.Clauses.Select(clause => clause.Name)) || text.Clauses.Count != current.Clauses.Count)
            errors["clauses"] = [$"must be {string.Join(", ", current.Clauses.Select(clause => clause.Name))}, each once"];
        else if (text.Clauses.Any(clause => string.IsNullOrWhiteSpace(clause.Text) || clause.Text.Length > LongestText || clause.Title.Length > 200))
            errors["clauses"] = [$"each needs a text of at most {LongestText} characters"];
        if (text.Gap is { Length: > LongestText })
            errors["gap"] = [$"has more than {LongestText} characters"];
        if (text.Measure is { Length: > LongestText })
            errors["measure"] = [$"has more than {LongestText} characters"];
        if (text.Goals.Mentor.Length > LongestText || text.Goals.Mentee.Length > LongestText)
            errors["goals"] = [$"have more than {LongestText} characters"];
        if (string.IsNullOrWhiteSpace(text.Confidentiality) || text.Confidentiality.Length > LongestText)
            errors["confidentiality"] = [$"needs a text of at most {LongestText} characters"];
        if (text.Cadence.Count == 0 || text.Cadence.Any(channel =>
            channel.Key is not (Channels.Video or Channels.InPerson) || Rhythm.DaysOf(channel.Value) is < 1 or > 366))
            errors["cadence"] = [$"names {Channels.Video} or {Channels.InPerson}, each with an ISO 8601 period of a day to a year"];
        if (text.Places.Count is 0 or > 10 || text.Places.Any(place => string.IsNullOrWhiteSpace(place) || place.Length > 100))
            errors["places"] = ["names one to ten places of at most 100 characters"];
        return errors;
    }
}
