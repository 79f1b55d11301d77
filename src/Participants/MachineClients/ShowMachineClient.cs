using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.MachineClients;

/// <param name="Roles">What it may do: <c>provisioning</c>.</param>
/// <param name="CreatedBy">Name of the administrator; null once that person is erased.</param>
/// <param name="ExpiresAt">When its token ends, UTC.</param>
/// <param name="Expired">Its token has ended; it can be given another.</param>
/// <param name="PreviousUntil">Until when the token before still works, UTC; null where none does.</param>
public sealed record MachineClientView(
    Guid Id,
    string Name,
    IReadOnlyList<string> Roles,
    DateTimeOffset CreatedAt,
    string? CreatedBy,
    DateTimeOffset ExpiresAt,
    bool Expired,
    DateTimeOffset? PreviousUntil);

/// <param name="Client">What was created or changed.</param>
/// <param name="Token">The secret; shown only now.</param>
public sealed record MachineClientWithToken(MachineClientView Client, string Token);

/// <summary>A machine client that has not ended. Its token is not there to be shown.</summary>
public static class ShowMachineClient
{
    public static async Task<IResult> Handle(Guid id, ParticipantsDb db, TimeProvider clock, CancellationToken ct) =>
        await db.MachineClients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.EndedAt == null, ct) is { } client
            ? Precondition.Ok((await Views(db, [client], clock.GetUtcNow(), ct))[0], client.Version)
            : Problems.NotFound();

    internal static async Task<IReadOnlyList<MachineClientView>> Views(
        ParticipantsDb db, IReadOnlyCollection<MachineClient> clients, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] creators = [.. clients.Select(client => client.CreatedBy).Distinct()];
        var names = await db.People.AsNoTracking().Where(person => creators.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
        return
        [
            .. clients.Select(client => new MachineClientView(
                client.Id,
                client.Name,
                client.Roles,
                client.CreatedAt,
                names.GetValueOrDefault(client.CreatedBy),
                client.ExpiresAt,
                client.ExpiresAt <= now,
                client.PreviousUntil > now ? client.PreviousUntil : null)),
        ];
    }
}
