using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Momentum;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Begins partnerships once both of each have signed and are prepared: proposes the series, and books it where the platform does.
/// </summary>
/// <remarks>
/// A timer that is due at once, set by the second signature and by each preparation: it looks after either has committed, so that the two
/// arriving at the same moment cannot overlook one another. When a whole programme begins, thousands are due together: their calendars are
/// read once, each series is planned around those before it, and while some are written, by a statement a table, the next are planned. Whom
/// somebody else books meanwhile the database refuses; then they are planned again in smaller numbers, and see what is booked by now.
/// </remarks>
public sealed class ActivatePartnership(
    SchedulingDb db, Attendees attendees, SeriesProposal proposal, Timers timers, TimeProvider clock) : ITimerForMany
{
    /// <summary>Planned while as many are written.</summary>
    private const int Together = 20;

    public static string Name => "partnership-activation";

    public async Task Fire(IReadOnlyList<TimerFired> timers, CancellationToken ct)
    {
        var pairs = await Ready([.. timers.Select(timer => Guid.Parse(timer.Key))], ct);
        if (pairs.Count == 0)
            return;
        var programmes = pairs.Select(pair => pair.ProgrammeId).Distinct().ToArray();
        var terms = await db.Programmes.AsNoTracking().Where(terms => programmes.Contains(terms.Id)).ToDictionaryAsync(terms => terms.Id, ct);
        var now = clock.GetUtcNow();
        var people = await attendees.Of([.. pairs.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId })], now, ct);
        var versions = pairs.ConvertAll(pair => pair.Version);
        var writing = Task.CompletedTask;
        try
        {
            foreach (var some in pairs.Chunk(Together))
            {
                foreach (var pair in some)
                {
                    Begin(pair, terms[pair.ProgrammeId].EndOf(Instant.FromDateTimeOffset(now), people[pair.MenteeId].Hours.Zone).ToDateTimeOffset(), now);
                    await proposal.Propose(pair, terms[pair.ProgrammeId], people, ct);
                }
                var added = db.TakeAdded();
                await writing;
                writing = added(ct);
            }
        }
        finally
        {
            await writing;
        }
        await Save(pairs, versions, now, ct);
    }

    /// <summary>Those of them that are to begin, in the same order.</summary>
    private async Task<List<Partnership>> Ready(Guid[] ids, CancellationToken ct)
    {
        var waiting = await db.Partnerships.AsNoTracking()
            .Where(pair => ids.Contains(pair.Id) && pair.ActivatedAt == null && pair.EndedAt == null && pair.Charter != null)
            .ToListAsync(ct);
        var (programmes, people) = (waiting.Select(pair => pair.ProgrammeId).Distinct().ToArray(), waiting.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }).ToArray());
        var prepared = (await db.Preparations
            .Where(done => programmes.Contains(done.ProgrammeId) && people.Contains(done.PersonId))
            .Select(done => new { done.ProgrammeId, done.PersonId, done.Side })
            .ToListAsync(ct)).ToHashSet();
        var order = ids.Index().ToDictionary(id => id.Item, id => id.Index);
        return
        [
            .. waiting.Where(pair => pair.StateWhen(new Prepared(Is(pair, pair.MentorId, Side.Mentor), Is(pair, pair.MenteeId, Side.Mentee))) is PartnershipState.Active)
                .OrderBy(pair => order[pair.Id]),
        ];

        bool Is(Partnership pair, Guid person, Side side) => prepared.Contains(new { pair.ProgrammeId, PersonId = person, Side = side });
    }

    private void Begin(Partnership pair, DateTimeOffset ends, DateTimeOffset now)
    {
        var key = pair.Id.ToString();
        var lookAgain = now.AddDays(Rhythm.Of(pair.Charter!.Text.Cadence).Days);
        pair.Activate(now, ends);
        timers.Add(EndWhenTimeIsOver.Name, key, ends);
        timers.Add(LookAtMomentum.Name, key, lookAgain);
        timers.Add(AskToContinue.Name, key, pair.QuestionAt!.Value);

        var momentum = PairMomentum.Begin(pair.Id, lookAgain);
        db.Momentum.Add(momentum);
        db.Transitions.Add(momentum.ToTransition(now));
    }

    /// <summary>What has changed of the pairs themselves. Whatever else has changed one since it was read stops all of them, as in a plain save.</summary>
    private async Task Save(List<Partnership> pairs, List<long> versions, DateTimeOffset now, CancellationToken ct)
    {
        var ids = pairs.ConvertAll(pair => pair.Id);
        var ends = pairs.ConvertAll(pair => pair.EndsAt!.Value);
        var series = pairs.ConvertAll(pair => JsonSerializer.Serialize(pair.Series, Json.Options));
        var newVersions = pairs.ConvertAll(pair => pair.Version);
        var changed = await db.Database.ExecuteSqlAsync($"""
            update partnerships pair set activated_at = {now}, term_began_at = {now}, ends_at = begun.ends_at, series = begun.series::jsonb, version = begun.version
            from unnest({ids}, {ends}, {series}, {newVersions}, {versions}) as begun (id, ends_at, series, version, read_version)
            where pair.id = begun.id and pair.version = begun.read_version
            """, ct);
        if (changed != pairs.Count)
            throw new DbUpdateConcurrencyException("A pair has changed since it was read.");
    }
}
