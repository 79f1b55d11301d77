using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>What a pair has written about one session.</summary>
/// <param name="Mine">Of the one who reads; empty for everybody else.</param>
public sealed record SessionText(Guid SessionId, DateTimeOffset StartsAt, IReadOnlyList<AgendaPoint> Agenda, string Shared, string Mine);

internal static class PairTexts
{
    /// <summary>All that is written, by session; sessions about which nothing is written are left out.</summary>
    /// <param name="db">In its unit.</param>
    /// <param name="pairId">Whose.</param>
    /// <param name="reader">Whose private notes are among it; null for nobody's.</param>
    /// <param name="seal">Opens it.</param>
    /// <param name="ct">Cancels the reading.</param>
    public static async Task<IReadOnlyList<SessionText>> TextsOf(this SchedulingDb db, Guid pairId, Guid? reader, PairSeal seal, CancellationToken ct)
    {
        var sessions = await db.Sessions.AsNoTracking().Where(session => session.PartnershipId == pairId)
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).ToListAsync(ct);
        var ids = sessions.ConvertAll(session => session.Id);
        var notes = await db.Notes.AsNoTracking().Where(note => ids.Contains(note.SessionId) && (note.OwnerId == pairId || note.OwnerId == reader))
            .ToDictionaryAsync(note => (note.SessionId, note.OwnerId), ct);
        var agendas = await db.Agendas.AsNoTracking().Where(agenda => ids.Contains(agenda.SessionId)).ToDictionaryAsync(agenda => agenda.SessionId, ct);
        var texts = new List<SessionText>();
        foreach (var session in sessions)
        {
            var text = new SessionText(
                session.Id,
                session.StartsAt,
                await seal.PointsOf(pairId, agendas.GetValueOrDefault(session.Id), ct),
                await Text(session, pairId),
                reader is { } person ? await Text(session, person) : "");
            if (text is not { Agenda: [], Shared: "", Mine: "" })
                texts.Add(text);
        }
        return texts;

        async Task<string> Text(Session session, Guid owner) =>
            notes.TryGetValue((session.Id, owner), out var note) ? await seal.TextOf(pairId, note, ct) : "";
    }
}
