using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Preparation;

/// <param name="Programme">Slug.</param>
/// <param name="Side">As what the caller is enrolled.</param>
/// <param name="Answers">To the module's questions in their order, each the index of the option chosen.</param>
public sealed record CompleteModuleRequest(string Programme, Side Side, IReadOnlyList<int> Answers);

/// <summary>
/// Somebody has read a module and answers its check. Wrong answers are explained and may be given again; the proof of a passed one is kept, and
/// counts in every programme of the person's. With the last one the person is prepared, and a mentor may be matched (rule 4).
/// </summary>
public static class CompleteModule
{
    public static async Task<IResult> Handle(
        string name, CompleteModuleRequest request, HttpRequest http, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Programmes.AsNoTracking().SingleOrDefaultAsync(known => known.Slug == request.Programme && known.State == Programmes.ProgrammeState.Open, ct) is not { } programme)
            return Problems.NotFound();
        var needed = programme.ModulesFor(request.Side);
        var own = await db.People.Where(person => person.Id == caller.PersonId).Select(person => person.Languages).SingleOrDefaultAsync(ct) ?? [];
        if (PreparationModules.Find(name, Reading.Wishes(http, own)) is not { } module || !needed.Contains(module.Name))
            return Problems.NotFound();
        if (await db.Participants.SingleOrDefaultAsync(
            known => known.ProgrammeId == programme.Id && known.PersonId == caller.PersonId && known.Side == request.Side && known.State != ParticipantState.Withdrawn,
            ct) is not { } participant)
        {
            return Problems.Of(422, "not-enrolled", "Enrol on this side first; the preparation belongs to your part in the programme.");
        }
        if (module.Mistakes(request.Answers) is { Count: > 0 } mistakes)
        {
            return Problems.Of(
                422,
                "check-not-passed",
                "Some answers are not what the module says. Read why, and answer again.",
                mistakes.ToDictionary(mistake => $"answers[{mistake.Key}]", mistake => new[] { mistake.Value }));
        }

        // What was learnt elsewhere counts, at its own date; and this counts elsewhere.
        var earlier = (await Proving.Of(caller.PersonId, db, ct)).SingleOrDefault(proof => proof.Module == module.Name);
        var now = clock.GetUtcNow();
        var parts = await (
            from part in db.Participants
            join open in db.Programmes on part.ProgrammeId equals open.Id
            where part.PersonId == caller.PersonId && part.State != ParticipantState.Withdrawn && open.State == Programmes.ProgrammeState.Open
            select new { part, open }).ToListAsync(ct);
        foreach (var row in parts)
        {
            if (!Proving.Take(row.part, row.open, [earlier ?? new Proof(module.Name, now)], now, outbox))
                continue;
            outbox.Publish(row.part.ToFact());
            if (row.part is { Ready: true, Side: Side.Mentor })
                outbox.Publish(new ParticipantReady(row.part.Id, row.part.Version, row.part.ProgrammeId, row.part.PersonId, row.part.Side));
        }
        await db.SaveChangesAsync(ct);
        return Results.Ok(new Completed(Passed: true, participant.Remaining(needed)));
    }

    public sealed record Completed(bool Passed, IReadOnlyList<string> Remaining);
}
