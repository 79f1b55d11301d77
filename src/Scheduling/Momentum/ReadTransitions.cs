using System.Globalization;
using Mentoring.Contracts.Scheduling;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Momentum;

/// <summary>How a pair's momentum came to be what it is, step by step with the reasons; for its programme's manager.</summary>
public static class ReadTransitions
{
    /// <param name="Momentum">From then on.</param>
    /// <param name="Alarm">The step that stood from then on; null where no alarm did.</param>
    /// <param name="Reasons">In words.</param>
    public sealed record View(DateTimeOffset At, Level Momentum, AlarmStep? Alarm, IReadOnlyList<string> Reasons);

    public static async Task<IResult> Handle(Guid id, PageRequest page, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var programme = await db.Partnerships.Where(pair => pair.Id == id).Select(pair => (Guid?)pair.ProgrammeId).SingleOrDefaultAsync(ct);
        // Somebody else's pair is as good as none, whoever manages another programme.
        if (programme is not { } programmeId || !caller.Is(Roles.ProgrammeManager, programmeId))
            return Problems.NotFound();
        var transitions = db.Transitions.AsNoTracking().Where(transition => transition.PartnershipId == id);
        if (page.AfterKeyAndId is (var key, _))
        {
            var after = ParseCursor(key);
            transitions = transitions.Where(transition => transition.Version > after);
        }
        var rows = await transitions.OrderBy(transition => transition.Version).Take(page.Take).ToListAsync(ct);
        var shown = Page.Of(rows, page, last => Cursor.Of(last.Version.ToString(CultureInfo.InvariantCulture), last.PartnershipId));
        return Results.Ok(Page.Of<View>([.. shown.Items.Select(row => new View(row.At, row.Level, row.Alarm, row.Reasons))], shown.Next));
    }

    private static long ParseCursor(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : throw new InvalidRequestException("after", "must be a cursor from the 'next' of a page");
}
