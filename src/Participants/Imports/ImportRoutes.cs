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
        var imports = area.MapGroup("/imports").WithTags("Imports").RequireRole(Roles.UnitAdmin);
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
        imports.MapGet("/header-mapping", (ParticipantsDb db, CancellationToken ct) => MapHeaders.Show(kind, db, ct)).WithName($"Show{kind}HeaderMapping");
        imports.MapPut("/header-mapping", (HeaderMappingView request, Precondition precondition, ParticipantsDb db, CancellationToken ct) =>
                MapHeaders.Replace(kind, columns, request, precondition, db, ct))
            .WithName($"Replace{kind}HeaderMapping")
            .WithDescription("What the unit's own files call our columns. A source with `column: null` is left out unread; a protected one is refused by name.");
        imports.MapGet("/", (PageRequest page, ParticipantsDb db, TimeProvider clock, CancellationToken ct) => ListImports.Handle(kind, page, db, clock, ct))
            .WithName($"List{kind}Imports");
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
