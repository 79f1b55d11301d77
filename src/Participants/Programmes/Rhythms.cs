using Mentoring.Messaging;

namespace Mentoring.Participants.Programmes;

/// <summary>What comes round while a programme runs, each counted from the day it was opened.</summary>
internal static class Rhythms
{
    /// <summary>Sets, moves or takes back the timers by what the programme's settings say now; part of the next save.</summary>
    public static async Task Set(Programme programme, Timers timers, DateTimeOffset now, CancellationToken ct)
    {
        var key = programme.Id.ToString();
        await timers.Set(RemindOfReview.Name, key, programme.NextAfter(programme.Settings.Review, now), programme.Id, ct: ct);
        if (programme.Settings.Forum is { } forum)
            await timers.Set(RemindOfForum.Name, key, programme.NextAfter(forum.Every, now), programme.Id, ct: ct);
        else
            await timers.Clear(RemindOfForum.Name, key, ct);
    }

    public static async Task Clear(Programme programme, Timers timers, CancellationToken ct)
    {
        await timers.Clear(RemindOfReview.Name, programme.Id.ToString(), ct);
        await timers.Clear(RemindOfForum.Name, programme.Id.ToString(), ct);
    }
}
