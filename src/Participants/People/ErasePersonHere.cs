using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Delegates;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Guests;
using Mentoring.Participants.Programmes;
using Mentoring.Participants.Units;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <summary>
/// Removes somebody from everything this service keeps and tells the others. What must keep standing without them is told first, as for a
/// leaver: lines close, pairs end, roles and the way in go. Also for a guest whose home has erased them.
/// </summary>
public sealed class ErasePersonHere(ParticipantsDb db, Outbox outbox, Inbox inbox, Timers timers, Traces traces, TimeProvider clock)
{
    /// <summary>Saves; the caller holds a transaction and <see cref="ReportingLineLock"/>.</summary>
    /// <param name="person">Here or gone.</param>
    /// <param name="successor">Answers from now on for what the person answered for; needed where something is open.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Now(Person person, Person? successor, CancellationToken ct)
    {
        var (id, now) = (person.Id, clock.GetUtcNow());
        await PersonLeaves.On(DateOnly.FromDateTime(now.UtcDateTime), person, db, outbox, now, ct);
        await FromEnrolments(id, now, ct);
        await FromGuests(id, successor, now, ct);
        await FromProgrammes(person, successor, ct);
        await EndDelegations.Of(db, outbox, id, ct);
        outbox.Publish(new PersonErased(id, person.Version + 1));
        await db.SaveChangesAsync(ct);

        db.Memberships.RemoveRange(await db.Memberships.Where(m => m.UnitId == db.Unit.UnitId && m.PersonId == id).ToListAsync(ct));
        if (!await db.ErasedPeople.AnyAsync(erased => erased.PersonId == id, ct))
            db.ErasedPeople.Add(new ErasedPerson { PersonId = id, ErasedOn = DateOnly.FromDateTime(now.UtcDateTime) });
        await db.SaveChangesAsync(ct);

        // An act that is being chained just now would give the alias a new owner.
        await Audit.AuditChain.Lock(db, ct);
        await db.AuditAliases.Where(alias => alias.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Participants.Where(participant => participant.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Consents.Where(consent => consent.PersonId == id).ExecuteDeleteAsync(ct);
        await db.GuestOffers.Where(offer => offer.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Accompaniments.Where(known => known.MentorId == id || known.AlumnusId == id).ExecuteDeleteAsync(ct);
        await db.Imports.Where(import => import.CreatedBy == id).ExecuteUpdateAsync(set => set.SetProperty(import => import.CreatedBy, Guid.Empty), ct);
        await db.MachineClients.Where(client => client.CreatedBy == id).ExecuteUpdateAsync(set => set.SetProperty(client => client.CreatedBy, Guid.Empty), ct);
        string[] words = [.. new[] { person.Email, person.ExternalId, person.Name, person.GivenName, person.FamilyName }.OfType<string>().Where(word => word.Length > 0)];
        string[] cells = [.. words.Select(word => word.ToLowerInvariant())];
        // A report says which row was bad; what stood in the cell was the person's.
        await db.ImportErrors.Where(error => error.Value != null && cells.Contains(error.Value.Trim().ToLower()))
            .ExecuteUpdateAsync(set => set.SetProperty(error => error.Value, (string?)null), ct);
        // Whoever is here was moved up when the person left; what those who left before keep of their line is closed here.
        await db.Database.ExecuteSqlAsync($"""
            update people set chain = array_remove(chain, {id}), manager_id = nullif(manager_id, {id})
            where {id} = any (chain) or manager_id = {id}
            """, ct);
        await traces.Erase(id, [.. new[] { person.Email, person.Name }.OfType<string>()], ct);
        // Knowledge, profile, delegates and places in circles go with it.
        await db.People.Where(known => known.Id == id).ExecuteDeleteAsync(ct);
        db.Entry(person).State = EntityState.Detached;
    }

    /// <summary>Told one by one before the erasure, so that no late fact of an enrolment brings it back elsewhere.</summary>
    private async Task FromEnrolments(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var participant in await db.Participants.Where(known => known.PersonId == id && known.State != ParticipantState.Withdrawn).OrderBy(known => known.ProgrammeId).ToListAsync(ct))
            await Withdraw.Now(participant, db, outbox, now, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task FromGuests(Guid id, Person? successor, DateTimeOffset now, CancellationToken ct)
    {
        // From home: every host that ever had the person erases its guest, also where that ended long ago.
        foreach (var offer in await db.GuestOffers.Where(offer => offer.PersonId == id).ToListAsync(ct))
        {
            offer.End(now);
            await inbox.Bury("guest-offer", offer.Id, ct);
            outbox.Publish(new GuestEnded(offer.Id, offer.Version, Erased: true), concerning: offer.HostUnitId);
        }
        foreach (var guest in await db.HostedGuests.Where(guest => guest.PersonId == id || guest.SponsorId == id).ToListAsync(ct))
        {
            if (guest.PersonId == id)
            {
                if (guest.End())
                {
                    await timers.Clear(ExpireGuest.Name, guest.Id.ToString(), ct);
                    outbox.Publish(new GuestEnded(guest.Id, guest.Version), concerning: guest.HomeUnitId);
                }
                guest.ForgetPerson();
            }
            else if (guest.SponsoredBy(guest.State == GuestState.Admitted ? successor?.Id : null) && guest.State == GuestState.Admitted && successor is not null)
            {
                outbox.Publish(new GuestAdmitted(guest.Id, guest.Version, db.Unit.UnitId, successor.Name, guest.Expires), concerning: guest.HomeUnitId);
            }
        }
    }

    private async Task FromProgrammes(Person person, Person? successor, CancellationToken ct)
    {
        // A unit has a few dozen programmes; files and settings name people by address.
        foreach (var programme in await db.Programmes.ToListAsync(ct))
        {
            foreach (var file in await db.ProgrammeFiles.Where(file => file.ProgrammeId == programme.Id).ToListAsync(ct))
                file.Forget(person.Id, person.Email, AddressInFile.Nobody);
            var heir = programme.SponsorId == person.Id && programme.State != ProgrammeState.Closed ? successor : null;
            if (!programme.Forget(person.Id, person.Email, heir?.Id, heir?.Email))
                continue;
            if (heir is not null)
                await GiveRole.To(db, outbox, clock, heir.Id, Roles.Sponsor, programme.Id, ct);
            if (programme.State == ProgrammeState.Open)
                outbox.Publish(new ProgrammeChanged(programme.Id, programme.Version, programme.ToFact()));
        }
    }
}
