using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.People;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Delegates;

/// <summary>The whole list: whoever is left out books no more.</summary>
/// <param name="Delegates">Work e-mails of the unit's own people.</param>
public sealed record NameDelegatesRequest(IReadOnlyList<string> Delegates);

/// <summary>A mentee says who may book, move and cancel sessions for them; and takes it back, at any time.</summary>
public static class NameDelegates
{
    /// <summary>More than anybody has; what stands twice counts once.</summary>
    private const int MostAddresses = 20;

    public static async Task<IResult> Handle(
        NameDelegatesRequest request, Caller caller, Precondition precondition, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (request.Delegates.Count > MostAddresses || !request.Delegates.All(MailAddressText.IsValid))
            return Problems.Invalid("delegates", $"must be e-mail addresses, {MostAddresses} at most");
        var me = caller.PersonId;
        string[] emails = [.. request.Delegates.Select(email => email.ToLowerInvariant()).Distinct()];

        await using var change = await Atomically.Begin(db, ct);
        // Whoever leaves at this moment is either gone already or found in this list afterwards.
        await db.Database.ExecuteSqlAsync($"select from people where id = {me} or email = any ({emails}) order by id for update", ct);
        await db.Database.ExecuteSqlAsync($"select from delegates where person_id = {me} for update", ct);
        if (!await db.People.AnyAsync(person => person.Id == me && !person.Gone, ct))
            return Problems.NotFound();
        var list = await db.Delegates.SingleOrDefaultAsync(l => l.PersonId == me, ct);
        if (precondition.Refusal(list?.Version ?? 0) is { } stale)
            return stale;
        if (list is null)
            db.Delegates.Add(list = DelegateList.Empty(me));

        var before = list.Version;
        var found = await db.People.AsNoTracking().Where(person => emails.Contains(person.Email) && !person.Gone && !person.IsGuest)
            .ToDictionaryAsync(person => person.Email!, person => person.Id, ct);
        // Nobody but a mentee needs a delegate, or learns by this which addresses the unit has; taking back is open to everybody.
        if (found.Values.Except(list.DelegateIds).Any() || found.Count < emails.Length)
        {
            if (!await db.Participants.AnyAsync(part => part.PersonId == me && part.Side == Side.Mentee && part.State != ParticipantState.Withdrawn, ct))
                return Problems.Of(409, "not-a-mentee", "Whoever is mentored can name somebody to book for them. Enrol as a mentee first.");
        }
        if (emails.Where(email => !found.ContainsKey(email)).ToArray() is { Length: > 0 } unknown)
        {
            return Problems.Of(422, "delegate-unknown", "Name people of your own unit by their work e-mail; guests cannot book for others.",
                unknown.ToDictionary(email => email, string[] (_) => ["is nobody's work e-mail in this unit"]));
        }
        if (list.Name(found.Values) is { } refusal)
            return Problem(refusal);

        if (list.Version > before)
        {
            await PublishPeople.For(db, outbox, [.. list.DelegateIds], ct);
            outbox.Publish(list.ToFact());
            // The chain is for good, so it says that delegates were named and not who.
            outbox.Publish(new ActionAudited(Guid.CreateVersion7(clock.GetUtcNow()), me, "delegates-named", db.Unit.UnitId, clock.GetUtcNow()));
            await db.SaveChangesAsync(ct);
        }
        await change.Commit(ct);
        return Precondition.Ok(await ShowMyDelegates.View(list, db, ct), list.Version);
    }

    private static IResult Problem(DelegateRefusal refusal) => refusal switch
    {
        DelegateRefusal.Oneself => Problems.Of(422, "delegate-is-oneself", "You can book for yourself anyway. Name somebody else."),
        DelegateRefusal.TooMany => Problems.Of(422, "too-many-delegates", $"{DelegateList.Most} people at most can book for you. Leave somebody out."),
    };
}
