using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Programmes;

/// <param name="ReviewId">The review that was read; must be the newest. Null: the newest.</param>
/// <param name="Override">The sponsor's words where a gate is red; shown ever after.</param>
public sealed record ExpandRequest(Guid? ReviewId = null, string? Override = null);

/// <summary>Expands a programme by its newest review (rule 10), and opens what its file says an expansion opens: a wave of its own, or another programme.</summary>
public static class ExpandProgramme
{
    private const int LeastWords = 10;
    private const int MostWords = 2_000;

    public static async Task<IResult> Handle(
        string slug, ExpandRequest request, Caller caller, ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        var reason = request.Override?.Trim();
        if (reason is { Length: < LeastWords or > MostWords })
            return Problems.Invalid("override", $"say in {LeastWords} to {MostWords} characters why it goes ahead; it is shown ever after");
        if (await ReadProgrammes.Find(slug, caller, db.Programmes, ct) is not { } programme)
            return Problems.NotFound();
        var sponsor = ReadProgrammes.IsSponsor(caller, programme);
        if (!sponsor && !caller.Is(Roles.ProgrammeManager, programme.Id) && !programme.ManagerIds.Contains(caller.PersonId))
            return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        var opens = programme.Settings.Opens is { } next ? await ReadProgrammes.Find(next, caller, db.Programmes, ct) : null;
        if (programme.Settings.Opens is { } named && !MayOpen(opens, caller))
        {
            return Problems.Of(
                422, "opens-missing", $"An expansion of this programme opens '{named}', and you make or sponsor no draft or open programme of that name. Create it first.");
        }
        if (programme.Expand(request.ReviewId, reason, sponsor, caller.PersonId, now) is { } refusal)
            return Problem(refusal, programme);
        var done = programme.Expansions[^1];
        var unlocked = programme.Weigh(await UnlockWaves.Progress(db, programme.Id, ct), now);
        UnlockWaves.Tell(programme, unlocked, outbox);
        if (opens is { State: ProgrammeState.Draft })
            await OpenProgramme.Now(opens, caller, outbox, timers, now, ct);
        outbox.Publish(new ProgrammeExpanded(programme.Id, programme.Version, done.ReviewId, done.OverrideReason));
        outbox.Publish(new ActionAudited(
            Guid.CreateVersion7(now), caller.PersonId, done.OverrideReason is null ? "programme-expanded" : "programme-expanded-by-override", programme.Id, now));
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(await ReadProgrammes.View(programme, db, ct), programme.Version);
    }

    // A file names a programme; it gives nobody a say in it.
    private static bool MayOpen(Programme? programme, Caller caller) =>
        programme is { State: not ProgrammeState.Closed } && (ReadProgrammes.MakesIt(caller, programme) || ReadProgrammes.IsSponsor(caller, programme));

    private static IResult Problem(ExpandRefusal refusal, Programme programme) => refusal switch
    {
        ExpandRefusal.NotOpen => Problems.Of(409, "programme-not-open", "Only an open programme can be expanded."),
        ExpandRefusal.ReviewMissing => Problems.Of(422, "review-missing", "Publish a review first, and name the newest one or none."),
        ExpandRefusal.AlreadyExpanded => Problems.Of(409, "already-expanded", "The programme was expanded by this review already; the next expansion needs a new one."),
        ExpandRefusal.OnlyTheSponsorOverrides => Problems.RoleMissing("A gate is red. Only the sponsor may go ahead, in writing."),
        ExpandRefusal.GateRed => Problems.Of(
            422,
            "gate-red",
            "The review shows a red gate. Work on it and review again, or ask the sponsor to override in writing.",
            programme.LatestReview!.Gates.Where(gate => !gate.Green).GroupBy(gate => gate.Gate)
                .ToDictionary(gate => gate.Key, gate => gate.Select(reading => reading.Words).ToArray())),
    };
}
