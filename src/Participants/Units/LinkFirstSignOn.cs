using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Units;

/// <summary>
/// Links a sign-on that is new to a unit to the person there who has the e-mail address. Only where the provider owns the address's
/// domain: for the unit's own people by the unit's list, for a guest by the home unit's. A membership that already knows another
/// sign-on of the same provider is left alone: the address has changed hands.
/// </summary>
public static class LinkFirstSignOn
{
    /// <param name="issuer">The provider.</param>
    /// <param name="subject">Who it is there.</param>
    /// <param name="email">Verified by the provider; lower case.</param>
    /// <param name="database">To find the units.</param>
    /// <param name="scopes">One scope a unit.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task Everywhere(
        string issuer, string subject, string email, TenantDatabase database, IServiceScopeFactory scopes, CancellationToken ct)
    {
        foreach (var (unitId, asGuest) in await Candidates(issuer, subject, MailAddressText.DomainOf(email), database, ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unitId);
            await Here(
                issuer,
                subject,
                email,
                asGuest,
                scope.ServiceProvider.GetRequiredService<ParticipantsDb>(),
                scope.ServiceProvider.GetRequiredService<Outbox>(),
                scope.ServiceProvider.GetRequiredService<TimeProvider>(),
                ct);
        }
    }

    private static async Task Here(
        string issuer, string subject, string email, bool asGuest, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Email == email && !p.Gone && p.IsGuest == asGuest, ct) is not { } person)
            return;
        var membership = await db.Memberships.SingleOrDefaultAsync(m => m.UnitId == db.Unit.UnitId && m.PersonId == person.Id, ct);
        if (membership is null)
            db.Memberships.Add(membership = Membership.Open(db.Unit.UnitId, person.Id, clock.GetUtcNow()));
        if (!membership.Link(issuer, subject))
            return;
        outbox.Publish(membership.ToFact());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Two first requests at once: the other one linked it, and the memberships are read after this.
        }
    }

    private static async Task<IReadOnlyList<(Guid UnitId, bool AsGuest)>> Candidates(
        string issuer, string subject, string domain, TenantDatabase database, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            with trusting as (select unit_id from platform.trusted_domains where issuer = $1 and domain = $3),
                 candidates as (
                    select unit_id, false as as_guest from trusting
                    union
                    select m.unit_id, true from platform.memberships m join trusting t on t.unit_id = m.home_unit_id where not m.ended)
            select unit_id, as_guest from candidates c
            where not exists (select from platform.sign_ons s where s.issuer = $1 and s.subject = $2 and s.unit_id = c.unit_id)
            """);
        command.Parameters.Add(new() { Value = issuer });
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = domain });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var candidates = new List<(Guid, bool)>();
        while (await reader.ReadAsync(ct))
            candidates.Add((reader.GetGuid(0), reader.GetBoolean(1)));
        return candidates;
    }
}
