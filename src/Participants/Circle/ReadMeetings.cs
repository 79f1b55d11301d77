using System.Globalization;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Circle;

/// <summary>The meetings of a circle, for its members and whoever arranges them.</summary>
public static class ReadMeetings
{
    /// <param name="past">The past ones too; otherwise those to come.</param>
    public static async Task<IResult> List(
        string programme, bool? past, PageRequest page, Caller caller, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await Standing.Of(programme, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        if (!standing.Member && !standing.MayArrange)
            return Standing.NotAMember();
        var from = past == true ? DateTimeOffset.MinValue : clock.GetUtcNow();
        var meetings = db.CircleMeetings.AsNoTracking().Where(meeting => meeting.ProgrammeId == standing.Programme.Id && meeting.StartsAt >= from);
        if (page.AfterKeyAndId is (var key, var id))
        {
            var after = StartIn(key);
            meetings = meetings.Where(meeting => meeting.StartsAt > after || (meeting.StartsAt == after && meeting.Id > id));
        }
        var found = await meetings.OrderBy(meeting => meeting.StartsAt).ThenBy(meeting => meeting.Id).Take(page.Take).ToListAsync(ct);
        return Results.Ok(Page.Of<MeetingView>(
            [.. found.Select(MeetingView.Of)], page, last => Cursor.Of(last.StartsAt.ToString("O", CultureInfo.InvariantCulture), last.Id)));
    }

    public static async Task<IResult> One(Guid id, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (await db.CircleMeetings.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct) is not { } meeting
            || await Standing.Of(meeting.ProgrammeId, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        return standing.Member || standing.MayArrange ? Precondition.Ok(MeetingView.Of(meeting), meeting.Version) : Standing.NotAMember();
    }

    private static DateTimeOffset StartIn(string key) =>
        DateTimeOffset.TryParseExact(key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var after)
            ? after
            : throw new InvalidRequestException("after", "must be a cursor from the 'next' of a page");
}

public sealed record MeetingView(Guid Id, string Title, DateTimeOffset StartsAt, int Minutes, string Place, IReadOnlyList<string> Agenda, bool Cancelled)
{
    internal static MeetingView Of(CircleMeeting meeting) =>
        new(meeting.Id, meeting.Title, meeting.StartsAt, meeting.Minutes, meeting.Place, meeting.Agenda, meeting.Cancelled);
}
