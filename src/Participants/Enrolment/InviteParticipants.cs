using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.People;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants.Enrolment;

/// <param name="Programme">Slug.</param>
/// <param name="Side">As what.</param>
/// <param name="Emails">Whom, by work e-mail; 100 at most.</param>
public sealed record InviteParticipantsRequest(string Programme, Side Side, IReadOnlyList<string> Emails);

/// <summary>
/// A programme's manager invites people to look at it: a letter with a link to what would be shared. It enrols nobody, and nothing of it is
/// kept here, so that whoever does not take it up has left no trace of a no.
/// </summary>
public static class InviteParticipants
{
    public const int Most = 100;

    public static async Task<IResult> Handle(InviteParticipantsRequest request, Caller caller, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        if (await ReadProgrammes.Find(request.Programme, caller, db.Programmes.AsNoTracking(), ct) is not { } programme)
            return Problems.NotFound();
        if (!ReadProgrammes.MakesIt(caller, programme))
            return Problems.RoleMissing();
        if (programme.State != ProgrammeState.Open)
            return Problems.Of(422, "programme-not-open", "Open the programme first; nobody could take up an invitation before or after.");
        if (request.Emails.Count is 0 or > Most)
            return Problems.Invalid("emails", $"must be 1 to {Most} addresses");

        var wanted = request.Emails.Select(email => email.Trim().ToLowerInvariant()).ToArray();
        await using var change = await Atomically.Begin(db, ct);
        // Before they are read: whoever just leaves, or becomes known elsewhere, is waited for.
        await db.Database.ExecuteSqlAsync($"select from people where email = any ({wanted}) order by id for no key update", ct);
        var people = await db.People.Where(person => person.Email != null && wanted.Contains(person.Email) && !person.Gone).ToDictionaryAsync(person => person.Email!, ct);
        // All or nobody: a list that is half right is corrected and sent again, and nobody gets two letters by that.
        if (Indexes(email => !people.ContainsKey(email)) is { Count: > 0 } unknown)
            return Problems.Of(422, "person-unknown", "Nobody was invited: these addresses belong to nobody in this unit.", unknown);
        var strangers = await Strangers(programme, people.Values, db, ct);
        if (Indexes(email => !MayTake(programme, request.Side, people[email]) || strangers.Contains(people[email].Id)) is { Count: > 0 } outside)
            return Problems.Of(422, "not-eligible", "Nobody was invited: the programme is for other career stages on this side, or for guests.", outside);

        var invited = people.Values.OrderBy(person => person.Id).ToList();
        // The letter needs a name and an address where it is written.
        await PublishPeople.For(db, outbox, [.. invited.Select(person => person.Id)], ct);
        foreach (var person in invited)
            outbox.Publish(new ParticipantInvited(programme.Id, 1, programme.Slug, person.Id, request.Side));
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Accepted();

        Dictionary<string, string[]> Indexes(Func<string, bool> wrong) => wanted
            .Select((email, index) => (email, index))
            .Where(one => wrong(one.email))
            .ToDictionary(one => $"emails[{one.index}]", one => new[] { one.email });
    }

    private static bool MayTake(Programme programme, Side side, Person person) =>
        programme.IsEligible(side, person.Stage, person.IsGuest)
        && (side == Side.Mentor || programme.WaveOf(person.Id, person.Stage, person.Location, person.UnitPath) is not null);

    /// <summary>Guests of another home than the one from which the programme takes them.</summary>
    private static async Task<HashSet<Guid>> Strangers(Programme programme, IEnumerable<Person> people, ParticipantsDb db, CancellationToken ct)
    {
        var guests = people.Where(person => person.IsGuest).Select(person => person.Id).ToHashSet();
        if (programme.Settings.Guests?.Home is { } home && guests.Count > 0)
            guests.ExceptWith(await Candidate.From(home, db).Where(id => guests.Contains(id)).ToListAsync(ct));
        else
            guests.Clear();
        return guests;
    }
}
