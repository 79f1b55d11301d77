using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.MachineClients;

/// <param name="Name">What it is, for people: <c>Workday</c>.</param>
/// <param name="ExpiresAt">When its token ends; a year from now where nothing is said, two at most.</param>
public sealed record CreateMachineClientRequest(string Name, DateTimeOffset? ExpiresAt = null);

/// <summary>An administrator lets a program of the enterprise bring people in, and is shown its secret once.</summary>
public static class CreateMachineClient
{
    public static async Task<IResult> Handle(
        CreateMachineClientRequest request, HttpContext http, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var name = request.Name.Trim();
        var errors = new Dictionary<string, string[]>();
        if (name.Length is 0 or > MachineClient.LongestName || name.Any(char.IsControl))
            errors["name"] = [$"must have 1 to {MachineClient.LongestName} characters, in one line"];
        if (request.ExpiresAt is { } wished && !MachineClient.MayEnd(wished, now))
            errors["expiresAt"] = [WrongEnd];
        if (errors.Count > 0)
            return Problems.Invalid(errors);

        await using var change = await Atomically.Begin(db, ct);
        // Two administrators at once: the second waits here and then counts the first one's.
        await db.Database.ExecuteSqlAsync($"select from platform.units where id = {db.Unit.UnitId} for update", ct);
        if (await db.MachineClients.CountAsync(client => client.EndedAt == null, ct) >= MachineClient.Most)
            return Problems.Of(422, "too-many-machine-clients", $"A unit has {MachineClient.Most} machine clients at most. Revoke one that is no longer needed.");

        var (text, token) = MachineToken.Draw(db.Unit.UnitId);
        var created = MachineClient.Create(name, token, request.ExpiresAt?.ToUniversalTime() ?? MachineClient.UsualEnd(now), caller.PersonId, now);
        db.MachineClients.Add(created);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "machine-client-created", created.Id, now));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: MachineClientMapping.UniqueName })
        {
            return Problems.Of(409, "machine-client-exists", $"There is a machine client '{name}' already. Choose another name, or give that one another token.");
        }
        await change.Commit(ct);
        var view = (await ShowMachineClient.Views(db, [created], now, ct))[0];
        return Results.Created($"{http.Request.Path}/{created.Id}", new MachineClientWithToken(view, text));
    }

    internal const string WrongEnd = "must be in the future, and two years from now at most";
}
