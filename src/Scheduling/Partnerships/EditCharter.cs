using System.Globalization;
using Mentoring.Messaging;
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
        Guid id, [FromBody] CharterText request, Precondition precondition, Caller caller, SchedulingDb db, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair?.SideOf(caller.PersonId) is not { } side)
            return Problems.NotFound();
        if (pair.Ended)
            return EndPartnership.Ended();
        var now = clock.GetUtcNow();
        if (await db.WithCharter(pair, now, ct) is not { } charter)
            return ReadCharter.NotThereYet();
        if (Validate(request, charter.Text) is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        if (precondition.Refusal(charter.Version) is { } refusal)
            return refusal;

        var terms = await db.Programmes.AsNoTracking().SingleAsync(terms => terms.Id == pair.ProgrammeId, ct);
        if (OutOfBounds(Rhythm.Of(request.Cadence), Rhythm.Of(charter.Text.Cadence), Rhythm.Of(terms.Charter.Cadence)) is { } bounds)
            return CadenceOutOfBounds(bounds, Rhythm.Of(terms.Charter.Cadence));
        if (pair.ReviseCharter(Tidy(request), side, now) is { } before)
        {
            db.EarlierCharters.Add(EarlierCharter.Of(pair, before));
            await TellOfRevision.Expect(timers, pair, side, before, now, ct);
            await db.SaveChangesAsync(ct);
        }
        return Precondition.Ok(ReadCharter.Show(pair.Charter!, side, pair.ReviewAt), pair.Charter!.Version);
    }

    /// <summary>A measure of nothing but blanks is none.</summary>
    private static CharterText Tidy(CharterText text) => text with { Goals = new Goals(Tidy(text.Goals.Mentor), Tidy(text.Goals.Mentee)) };

    private static Goal Tidy(Goal goal) => string.IsNullOrWhiteSpace(goal.Measure) ? goal with { Measure = null } : goal;

    /// <summary>The programme's bounds, where the pair leaves them. What stands already stays: the programme may have changed since.</summary>
    private static (int Least, int Most)? OutOfBounds(Rhythm wanted, Rhythm current, Rhythm programme) =>
        wanted.Days != current.Days && (wanted.Days < programme.Bounds.Least || wanted.Days > programme.Bounds.Most) ? programme.Bounds : null;

    private static IResult CadenceOutOfBounds((int Least, int Most) bounds, Rhythm programme) => Problems.Of(422, "cadence-out-of-bounds", string.Create(
        CultureInfo.InvariantCulture,
        $"In this programme pairs meet every {programme.Days} days. Choose a rhythm of every {bounds.Least} to every {bounds.Most} days; the channel you use most often counts."));

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
        if (new[] { text.Goals.Mentor, text.Goals.Mentee }.Any(goal => goal.Text.Length > LongestText || goal.Measure is { Length: > LongestText }))
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
