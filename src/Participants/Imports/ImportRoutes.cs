using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Mentoring.Participants.Imports;

public static class ImportRoutes
{
    /// <summary>The same job for every kind of file; <paramref name="area"/> says what is imported.</summary>
    public static void MapImports(this RouteGroupBuilder area, ImportKind kind, IReadOnlyList<Column> columns)
    {
        // A program brings in who there is; what they know is theirs to tell, and what the unit's files call our columns is for people to say.
        var imports = area.MapGroup("/imports").WithTags("Imports").RequireRole(kind is ImportKind.People ? [Roles.UnitAdmin, Roles.Provisioning] : [Roles.UnitAdmin]);
        imports.MapPost("/", (
                bool? dryRun,
                string? onError,
                HttpContext http,
                Caller caller,
                ParticipantsDb db,
                ImportSignal signal,
                IOptions<ParticipantsOptions> options,
                TimeProvider clock,
                CancellationToken ct) => StartImport.Handle(kind, columns, dryRun, onError, http, caller, db, signal, options, clock, ct))
            .WithName($"Import{kind}").Accepts<string>("text/csv")
            .WithDescription(
                "A CSV file with a header. A column that the file lacks leaves what is stored alone; one that is not known here is refused, and so is "
                + $"one that names protected personal data.\n\n{string.Join('\n', columns.Select(column => $"- {column.InWords}"))}")
            // The handler holds to its own, larger limit while it stores the stream.
            .WithMetadata(new DisableRequestSizeLimitAttribute());
        imports.MapGet("/header-mapping", (ParticipantsDb db, CancellationToken ct) => MapHeaders.Show(kind, db, ct)).WithName($"Show{kind}HeaderMapping").RequireKind(CallerKind.Person).RequireRole(Roles.UnitAdmin);
        imports.MapPut("/header-mapping", (HeaderMappingView request, Precondition precondition, ParticipantsDb db, CancellationToken ct) =>
                MapHeaders.Replace(kind, columns, request, precondition, db, ct))
            .WithName($"Replace{kind}HeaderMapping").RequireKind(CallerKind.Person).RequireRole(Roles.UnitAdmin)
            .WithDescription("What the unit's own files call our columns. A source with `column: null` is left out unread; a protected one is refused by name.");
        imports.MapGet("/", (PageRequest page, ParticipantsDb db, TimeProvider clock, CancellationToken ct) => ListImports.Handle(kind, page, db, clock, ct))
            .WithName($"List{kind}Imports");
        imports.MapPost("/uploads", (bool? dryRun, string? onError, HttpContext http, ParticipantsDb db, Timers timers, TimeProvider clock, CancellationToken ct) =>
                BeginUpload.Handle(kind, dryRun, onError, http, db, timers, clock, ct))
            .WithName($"Begin{kind}Upload")
            .WithDescription("A file in parts, for long files and unsteady connections: begin, send the parts in order, finish. Kept for 24 hours.");
        imports.MapGet("/uploads/{id:guid}", (Guid id, ParticipantsDb db, CancellationToken ct) => BeginUpload.Show(kind, id, db, ct)).WithName($"Show{kind}Upload")
            .WithDescription("How much of it is here: where the next part begins.");
        imports.MapPost("/uploads/{id:guid}/parts", (
                Guid id, long from, HttpContext http, ParticipantsDb db, IOptions<ParticipantsOptions> options, CancellationToken ct) =>
                TakePart.Handle(kind, columns, id, from, http, db, options, ct))
            .WithName($"Send{kind}Part").Accepts<string>("text/csv")
            .WithDescription("Bytes of the file from byte `from` on. What arrived before a connection broke is kept; the first part holds the header.")
            .WithMetadata(new DisableRequestSizeLimitAttribute());
        imports.MapPost("/uploads/{id:guid}/finish", (
                Guid id, long length, HttpContext http, Caller caller, ParticipantsDb db, Timers timers, ImportSignal signal, TimeProvider clock, CancellationToken ct) =>
                FinishUpload.Handle(kind, columns, id, length, http, caller, db, timers, signal, clock, ct))
            .WithName($"Finish{kind}Upload")
            .WithDescription("The file is whole, with `length` bytes: it becomes an import of the same id.");
        imports.MapPost("/uploads/{id:guid}/cancel", (Guid id, ParticipantsDb db, Timers timers, CancellationToken ct) => ForgetUpload.Cancel(kind, id, db, timers, ct))
            .WithName($"Cancel{kind}Upload");
        imports.MapGet("/{id:guid}", (Guid id, ParticipantsDb db, TimeProvider clock, CancellationToken ct) => ShowImport.Handle(kind, id, db, clock, ct))
            .WithName($"Show{kind}Import");
        imports.MapGet("/{id:guid}/errors", (Guid id, HttpContext http, ParticipantsDb db, CancellationToken ct) => ReportImportErrors.Handle(kind, id, http, db, ct))
            .WithName($"Report{kind}ImportErrors");
        imports.MapPost("/{id:guid}/cancel", (Guid id, ParticipantsDb db, TimeProvider clock, CancellationToken ct) => CancelImport.Handle(kind, id, db, clock, ct))
            .WithName($"Cancel{kind}Import");
    }

    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton<ImportSignal>()
        .AddHostedService<RunImports>();
}
