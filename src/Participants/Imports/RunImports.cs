using System.Runtime.CompilerServices;
using Mentoring.Messaging;
using Mentoring.Participants.Knowledge;
using Mentoring.Participants.People;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Carries out stored imports, one at a time in each replica. The row in <c>waiting_imports</c> stays locked while it is worked on: when
/// this process is killed its connection ends, the lock with it, and any replica starts the import again. No clock decides that.
/// </summary>
public sealed class RunImports(
    TenantDatabase database, IServiceScopeFactory scopes, ImportSignal signal, IOptions<ParticipantsOptions> options, TimeProvider clock, ILogger<RunImports> log)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await RunOne(stoppingToken))
                    await signal.Wait(options.Value.ImportBeat, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (Transient.IsOutage(e))
            {
                log.LogWarning(e, "An import waits for the database");
                await signal.Wait(options.Value.ImportBeat, stoppingToken);
            }
        }
    }

    /// <summary>False when none waits.</summary>
    private async Task<bool> RunOne(CancellationToken ct)
    {
        await using var claim = await database.Source.OpenConnectionAsync(ct);
        await using var held = await claim.BeginTransactionAsync(ct);
        Guid importId, unitId;
        await using (var take = new NpgsqlCommand(
            "select import_id, unit_id from platform.waiting_imports order by queued_at limit 1 for update skip locked", claim))
        await using (var reader = await take.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct))
                return false;
            (importId, unitId) = (reader.GetGuid(0), reader.GetGuid(1));
        }

        await Run(unitId, importId, ct);

        await using (var done = new NpgsqlCommand("delete from platform.waiting_imports where import_id = $1", claim) { Parameters = { new() { Value = importId } } })
            await done.ExecuteNonQueryAsync(ct);
        await held.CommitAsync(ct);
        return true;
    }

    private async Task Run(Guid unitId, Guid importId, CancellationToken ct)
    {
        await using var work = Enter(unitId);
        await using var beside = Enter(unitId);
        await using var source = Enter(unitId);
        var db = Db(work);
        var watch = Db(beside);
        // Finished, and killed before the claim was let go: nothing is left to do. No import at all: its unit is gone.
        if (await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == importId, ct) is not { IsFinished: false } import)
            return;

        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var progress = new Progress();
        var now = clock.GetUtcNow();
        await watch.Imports.Where(i => i.Id == importId).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.State, ImportState.Running).SetProperty(i => i.StartedAt, now).SetProperty(i => i.Done, 0), ct);
        var watching = Watch(watch, importId, progress, cancelled, ct);
        var end = ImportState.Cancelled;
        try
        {
            end = await Carry(work, Db(source), import, progress, cancelled.Token);
        }
        catch (Exception e) when (cancelled.IsCancellationRequested && !ct.IsCancellationRequested && (e is OperationCanceledException || e.InnerException is OperationCanceledException))
        {
            log.LogInformation("Import {Import} was cancelled", importId);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Transient.IsOutage(e))
        {
            // Neither the file nor its rows: a fault here. Whoever uploaded sees that it failed, whoever runs this sees why.
            log.LogError(e, "Import {Import} failed", importId);
            end = ImportState.Failed;
        }
        finally
        {
            progress.Finished = true;
            await watching;
        }
        if (end is ImportState.Cancelled or ImportState.Failed)
            await Finish(watch, importId, end, ct);
    }

    private async Task<ImportState> Carry(AsyncServiceScope work, ParticipantsDb source, Import import, Progress progress, CancellationToken ct)
    {
        var db = Db(work);
        // A statement for some hundred thousand rows may take its time; a cancellation ends it all the same.
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.ExecuteSqlRawAsync("""
            create temp table row_faults (row int not null, field text not null, code text not null, value text) on commit drop;
            create temp table row_notices (like row_faults) on commit drop;
            """, ct);
        await using var file = new StoredFile(source, import.Id);
        var rows = Counted(ImportRows.Read(file, UploadEncoding.Named(import.Encoding), import.Separator, import.Columns, ct), progress, ct);
        var outcome = new LoadOutcome(0, 0, 0, 0);
        var unreadable = false;
        // A COPY that is broken off takes the transaction with it up to here.
        await transaction.CreateSavepointAsync("loading", ct);
        try
        {
            outcome = await LoadOf(work, import.Kind).Load(new Loading(import, connection, rows), ct);
        }
        catch (UnreadableFileException e)
        {
            unreadable = true;
            await transaction.RollbackToSavepointAsync("loading", ct);
            await db.Database.ExecuteSqlAsync($"insert into row_faults values ({(int)e.Row}, '', {RowFaults.Unreadable}, null)", ct);
        }

        var errors = await db.Database.SqlQuery<long>($"""select count(distinct row) as "Value" from row_faults""").SingleAsync(ct);
        var notices = await db.Database.SqlQuery<long>($"""select count(*) as "Value" from row_notices""").SingleAsync(ct);
        var state = unreadable || (errors > 0 && import.OnError == OnError.Refuse) ? ImportState.Refused : ImportState.Succeeded;
        await db.Database.ExecuteSqlAsync($"""
            insert into import_errors (unit_id, import_id, number, row, field, code, value)
            select {db.Unit.UnitId}, {import.Id}, row_number() over (order by row, field, code), row, field, code, left(value, 200)
            from (select * from row_faults union all select * from row_notices) found
            """, ct);
        var now = clock.GetUtcNow();
        if (errors + notices > 0)
        {
            work.ServiceProvider.GetRequiredService<Timers>().Add(ForgetImportErrors.Name, import.Id.ToString(), now + options.Value.KeepImportErrors);
            await db.SaveChangesAsync(ct);
        }
        var read = progress.Read;
        var taken = await db.Imports.Where(i => i.Id == import.Id && !i.CancelRequested).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.State, state)
                .SetProperty(i => i.FinishedAt, now)
                .SetProperty(i => i.Done, read)
                .SetProperty(i => i.Total, read)
                .SetProperty(i => i.Added, outcome.Added)
                .SetProperty(i => i.Changed, outcome.Changed)
                .SetProperty(i => i.Unchanged, outcome.Unchanged)
                .SetProperty(i => i.Left, outcome.Left)
                .SetProperty(i => i.Errors, errors)
                .SetProperty(i => i.Notices, notices),
            ct);
        if (taken == 0)
            return ImportState.Cancelled;
        await db.Set<ImportChunk>().Where(chunk => chunk.ImportId == import.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return state;
    }

    private async Task Finish(ParticipantsDb db, Guid importId, ImportState state, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        await db.Imports.Where(i => i.Id == importId).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, state).SetProperty(i => i.FinishedAt, now), ct);
        await db.Set<ImportChunk>().Where(chunk => chunk.ImportId == importId).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Shows how far it is and listens for a cancellation, beside the transaction that does the work.</summary>
    private static async Task Watch(ParticipantsDb db, Guid importId, Progress progress, CancellationTokenSource cancelled, CancellationToken ct)
    {
        using var beat = new PeriodicTimer(Beat);
        try
        {
            while (!progress.Finished && await beat.WaitForNextTickAsync(ct))
            {
                if (progress.Finished)
                    return;
                var read = progress.Read;
                // Without waiting for the row: at its end the import itself holds it.
                await db.Database.ExecuteSqlAsync(
                    $"update imports set done = {read} where id = (select id from imports where id = {importId} for update skip locked)", ct);
                if (await db.Imports.AnyAsync(i => i.Id == importId && i.CancelRequested, ct))
                    await cancelled.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The process stops; the import starts again elsewhere.
        }
    }

    private static async IAsyncEnumerable<ImportRow> Counted(IAsyncEnumerable<ImportRow> rows, Progress progress, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in rows.WithCancellation(ct))
        {
            progress.Read++;
            yield return row;
        }
    }

    private static ILoad LoadOf(AsyncServiceScope scope, ImportKind kind) => kind switch
    {
        ImportKind.People => ActivatorUtilities.CreateInstance<LoadPeople>(scope.ServiceProvider),
        ImportKind.Knowledge => ActivatorUtilities.CreateInstance<LoadKnowledge>(scope.ServiceProvider),
    };

    private AsyncServiceScope Enter(Guid unitId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unitId);
        return scope;
    }

    private static ParticipantsDb Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<ParticipantsDb>();

    private sealed class Progress
    {
        private long _read;
        private volatile bool _finished;

        public long Read
        {
            get => Interlocked.Read(ref _read);
            set => Interlocked.Exchange(ref _read, value);
        }

        public bool Finished
        {
            get => _finished;
            set => _finished = value;
        }
    }
}
