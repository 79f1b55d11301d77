using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>A charter, for the two alone.</summary>
public static class ReadCharter
{
    /// <param name="Version">What one signs.</param>
    /// <param name="NeedsGap">The programme names only an area: gap and measure must be named before anybody can sign.</param>
    /// <param name="ReviewAt">When the two look at it together: half-way through the term; null until the partnership is active.</param>
    /// <param name="Etag">To be sent as <c>If-Match</c> with a change.</param>
    public sealed record View(
        int Version,
        IReadOnlyList<Clause> Clauses,
        string? Gap,
        string? Measure,
        Goals Goals,
        IReadOnlyDictionary<string, string> Cadence,
        IReadOnlyList<string> Places,
        string Confidentiality,
        bool NeedsGap,
        bool SignedByMe,
        bool SignedByOther,
        DateTimeOffset? ReviewAt,
        string Etag);

    public static async Task<IResult> Handle(Guid id, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair?.SideOf(caller.PersonId) is not { } side)
            return Problems.NotFound();
        if (await db.WithCharter(pair, clock.GetUtcNow(), ct) is not { } charter)
            return NotThereYet();
        // Prefilled just now or long ago: what is shown is what is signed, whatever becomes of the programme's terms in between.
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(Show(charter, side, pair.ReviewAt), charter.Version);
    }

    /// <summary>The pair's charter, prefilled where the programme's terms came after the pair; null while they have not come. Part of the next save.</summary>
    internal static async Task<Charter?> WithCharter(this SchedulingDb db, Partnership pair, DateTimeOffset now, CancellationToken ct)
    {
        if (pair.Charter is null && await db.Programmes.AsNoTracking().SingleOrDefaultAsync(terms => terms.Id == pair.ProgrammeId, ct) is { } terms)
            pair.PrefillCharter(terms, await db.WordingFor(pair, terms, ct), now);
        return pair.Charter;
    }

    /// <summary>The platform's words in the language of the two.</summary>
    internal static async Task<SuggestedWording> WordingFor(this SchedulingDb db, Partnership pair, ProgrammeTerms terms, CancellationToken ct)
    {
        var spoken = await db.People.Where(person => person.Id == pair.MentorId || person.Id == pair.MenteeId)
            .ToDictionaryAsync(person => person.Id, person => person.Languages, ct);
        return SuggestedWording.In(SuggestedWording.LanguageOf(
            spoken.GetValueOrDefault(pair.MentorId, []), spoken.GetValueOrDefault(pair.MenteeId, []), terms.Charter.Language));
    }

    internal static View Show(Charter charter, Side side, DateTimeOffset? reviewAt) => new(
        charter.Version,
        charter.Text.Clauses,
        charter.Text.Gap,
        charter.Text.Measure,
        charter.Text.Goals,
        charter.Text.Cadence,
        charter.Text.Places,
        charter.Text.Confidentiality,
        !charter.NamesGap,
        charter.SignedBy(side),
        charter.SignedBy(side.Other()),
        reviewAt,
        Precondition.Etag(charter.Version));

    internal static IResult Unsigned() => Problems.Of(422, "charter-unsigned", "Both sign the charter before the first session.");

    internal static IResult NotThereYet() =>
        Problems.Of(409, "charter-not-there-yet", "The programme's terms are still on their way. Try again in a moment.");
}
