using Mentoring.Contracts.Audit;
using Mentoring.Feedback.Programmes;
using Mentoring.Feedback.Surveys;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Mentoring.Feedback.Figures;

/// <summary>The programme's manager or sponsor brings in what no survey asks. Of people only how many: there is no field for who.</summary>
internal static class RecordFigure
{
    /// <param name="Value">In the measure's own unit; a rate or retention as a share, 0 to 1.</param>
    /// <param name="AsOf">The day of which the source speaks.</param>
    /// <param name="Source">Where it comes from, in words.</param>
    /// <param name="People">With retention: how many people stand behind the figure.</param>
    /// <param name="Comparison">With retention: what a comparison group shows.</param>
    public sealed record Request(
        string Programme, string Measure, decimal Value, DateOnly AsOf, string Source, int? People = null, ComparisonGroup? Comparison = null)
    {
        public Dictionary<string, string[]> Validate(string instrument, DateOnly today)
        {
            var errors = new Dictionary<string, string[]>();
            if (Figure.Fault(instrument, Value) is { } fault)
                errors["value"] = [fault];
            if (AsOf > today || AsOf < today.AddYears(-Figure.MostYearsBack))
                errors["asOf"] = [$"must be a day of the last {Figure.MostYearsBack} years, at the latest today ({today:yyyy-MM-dd})"];
            if (string.IsNullOrWhiteSpace(Source) || Source.Length > Figure.LongestSource || Source.Contains('\0', StringComparison.Ordinal))
                errors["source"] = [$"must say in 1 to {Figure.LongestSource} characters where the figure comes from"];
            foreach (var (field, wrong) in OfPeople(instrument))
                errors[field] = [wrong];
            return errors;
        }

        private IEnumerable<(string, string)> OfPeople(string instrument)
        {
            if (instrument != Figure.Retention)
            {
                if (People is not null)
                    yield return ("people", "is for retention only");
                if (Comparison is not null)
                    yield return ("comparison", "is for retention only; a measure's baseline stands in the programme");
                yield break;
            }
            if (People is null)
                yield return ("people", "is required: how many people stand behind the figure");
            if (Comparison is null)
                yield return ("comparison", "is required: the share of a comparison group, and of how many people");
            else if (Figure.Fault(instrument, Comparison.Value) is { } fault)
                yield return ("comparison.value", fault);
        }
    }

    /// <param name="Value">The share of the group that is compared with, 0 to 1.</param>
    /// <param name="People">How many people are in it.</param>
    public sealed record ComparisonGroup(decimal Value, int People);

    public static async Task<IResult> Handle([FromBody] Request request, Caller caller, FeedbackDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Programmes.BySlug(request.Programme, ct) is not { } programme)
            return Problems.NotFound();
        if (!caller.Oversees(programme.Id))
            return Problems.RoleMissing();
        if (programme.Closed)
            return Problems.Of(409, "programme-closed", "The programme has ended; no review will read another figure.");
        if (programme.Measures.FirstOrDefault(known => known.Name == request.Measure) is not { } measure)
            return Problems.Of(422, "measure-unknown", $"The programme has no such measure. {Recordable(programme)}");
        if (Questionnaire.Asks(measure))
            return Problems.Of(422, "measure-is-surveyed", $"People are asked for this one in the programme's surveys; nobody says it for them. {Recordable(programme)}");

        var now = clock.GetUtcNow();
        if (request.Validate(measure.Instrument, DateOnly.FromDateTime(now.UtcDateTime)) is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        var figure = new Figure
        {
            Id = Guid.CreateVersion7(now),
            ProgrammeId = programme.Id,
            Measure = measure.Name,
            Value = request.Value,
            AsOf = request.AsOf,
            Source = request.Source.Trim(),
            People = request.People,
            Comparison = request.Comparison?.Value,
            ComparisonPeople = request.Comparison?.People,
            RecordedAt = now,
        };
        if (!figure.IsOfAtLeast(programme.K))
            return Problems.Of(422, "too-few-people", $"Fewer than {programme.K} people stand behind it, or behind the comparison. Nothing was kept; record it of a larger group.");
        db.Add(figure);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "figure-recorded", figure.Id, now));
        await db.SaveChangesAsync(ct);
        return Results.Created((string?)null, await ReadFigures.One(figure, programme.Slug, db, ct));
    }

    private static string Recordable(KnownProgramme programme)
    {
        var names = programme.Measures.Where(measure => !Questionnaire.Asks(measure)).Select(measure => measure.Name).ToList();
        return names.Count == 0 ? "It has none that is recorded." : $"Recorded are: {string.Join(", ", names)}.";
    }
}
