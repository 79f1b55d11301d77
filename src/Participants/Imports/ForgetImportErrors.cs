using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <summary>
/// An error report holds cells of people's rows. Once there was time to put them right (<see cref="ParticipantsOptions.KeepImportErrors"/>) it goes.
/// </summary>
public sealed class ForgetImportErrors(ParticipantsDb db) : ITimer
{
    public static string Name => "forget-import-errors";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        await db.ImportErrors.Where(error => error.ImportId == id).ExecuteDeleteAsync(ct);
    }
}
