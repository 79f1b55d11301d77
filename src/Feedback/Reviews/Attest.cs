using Mentoring.Contracts.Audit;
using Mentoring.Feedback.Programmes;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Mentoring.Feedback.Reviews;

internal static class Attest
{
    /// <param name="What">As the programme's gate names it; left out where it names nothing.</param>
    public sealed record Request(string Programme, string Words, string? What = null);

    public static async Task<IResult> Handle([FromBody] Request request, Caller caller, FeedbackDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Words) || request.Words.Length > Attestation.LongestWords)
            return Problems.Invalid("words", $"must have 1 to {Attestation.LongestWords} characters");
        if (await db.Programmes.BySlug(request.Programme, ct) is not { } programme)
            return Problems.NotFound();
        if (!caller.Is(Roles.Sponsor, programme.Id))
            return Problems.RoleMissing();
        if (!programme.Gates.Any(gate => gate.Name == "attested" && gate.Measure == request.What))
            return Problems.Invalid("what", "must be what one of the programme's gates wants attested");

        var now = clock.GetUtcNow();
        var attestation = new Attestation
        {
            Id = Guid.CreateVersion7(now),
            ProgrammeId = programme.Id,
            What = request.What ?? "",
            Words = request.Words.Trim(),
            StatedAt = now,
        };
        db.Add(attestation);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "gate-attested", attestation.Id, now));
        await db.SaveChangesAsync(ct);
        return Results.Created((string?)null, new { attestation.Id });
    }
}
