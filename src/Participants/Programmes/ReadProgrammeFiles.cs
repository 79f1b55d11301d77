using System.Globalization;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>The files a programme has had, each exactly as handed in. They name people, so they are for its makers and its sponsor.</summary>
public static class ReadProgrammeFiles
{
    /// <summary>The one that holds.</summary>
    public static async Task<IResult> Newest(string slug, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var (programme, refusal) = await Find(slug, caller, db, ct);
        if (programme is null)
            return refusal!;
        var json = await db.ProgrammeFiles.AsNoTracking().Where(file => file.ProgrammeId == programme.Id)
            .OrderByDescending(file => file.Number).Select(file => file.Json).FirstOrDefaultAsync(ct);
        return Results.Text(programme.File, json ? "application/json" : "application/yaml");
    }

    /// <summary>All, the newest first, with what each changed.</summary>
    public static async Task<IResult> List(string slug, PageRequest page, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var (programme, refusal) = await Find(slug, caller, db, ct);
        if (programme is null)
            return refusal!;
        var files = db.ProgrammeFiles.AsNoTracking().Where(file => file.ProgrammeId == programme.Id);
        if (page.AfterKey is { } key)
        {
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
                return Problems.Invalid("after", "must be the `next` of the page before");
            files = files.Where(file => file.Number < after);
        }
        var found = await files.OrderByDescending(file => file.Number).Take(page.Take).ToListAsync(ct);
        var ids = found.Where(file => file.ById is not null).Select(file => file.ById!.Value).ToArray();
        var names = await db.People.AsNoTracking().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
        return Results.Ok(Page.Of(
            found.ConvertAll(file => new ProgrammeFileLine(file.Id, file.Number, file.At, file.ById is { } by ? names.GetValueOrDefault(by) : null, file.Changes)),
            page,
            line => Cursor.Of(line.Number.ToString(CultureInfo.InvariantCulture))));
    }

    public static async Task<IResult> One(string slug, int number, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var (programme, refusal) = await Find(slug, caller, db, ct);
        if (programme is null)
            return refusal!;
        return await db.ProgrammeFiles.AsNoTracking().SingleOrDefaultAsync(file => file.ProgrammeId == programme.Id && file.Number == number, ct) is { } found
            ? Results.Text(found.Text, found.MediaType)
            : Problems.NotFound();
    }

    private static async Task<(Programme? Programme, IResult? Refusal)> Find(string slug, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (await ReadProgrammes.Find(slug, caller, db.Programmes.AsNoTracking(), ct) is not { } programme)
            return (null, Problems.NotFound());
        return ReadProgrammes.MakesIt(caller, programme) || ReadProgrammes.IsSponsor(caller, programme) ? (programme, null) : (null, Problems.RoleMissing());
    }
}

/// <param name="By">Whoever handed it in; null for a machine, and for somebody who is not known any more.</param>
/// <param name="Changes">Against the file before; empty for the first.</param>
public sealed record ProgrammeFileLine(Guid Id, int Number, DateTimeOffset At, string? By, IReadOnlyList<SettingChange> Changes);
