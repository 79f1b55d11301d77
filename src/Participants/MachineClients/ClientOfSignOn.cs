using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.MachineClients;

/// <param name="Id">The machine client.</param>
/// <param name="UnitId">The one unit it works for.</param>
/// <param name="Unit">Its slug.</param>
/// <param name="Roles">What it may do there.</param>
public sealed record FoundClient(Guid Id, Guid UnitId, string Unit, IReadOnlyList<string> Roles);

/// <summary>Finds whose token a sign-on of <see cref="MachineToken.Issuer"/> is, in the unit that the token names.</summary>
public static class ClientOfSignOn
{
    /// <summary>Null for a token that is unknown, has run out or whose client has ended: from outside these are the same.</summary>
    public static async Task<FoundClient?> Find(string subject, IServiceScopeFactory scopes, CancellationToken ct)
    {
        if (MachineToken.Read(subject) is not { } token)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(token.UnitId);
        var db = scope.ServiceProvider.GetRequiredService<ParticipantsDb>();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        var found = await db.MachineClients.AsNoTracking()
            .SingleOrDefaultAsync(client => client.EndedAt == null && (client.Hash == token.Hash || client.PreviousHash == token.Hash), ct);
        if (found is null || !found.IsKnownBy(token.Hash, now))
            return null;
        var slug = await db.Units.Where(unit => unit.Id == token.UnitId).Select(unit => unit.Slug).SingleAsync(ct);
        return new FoundClient(found.Id, token.UnitId, slug, found.Roles);
    }
}
