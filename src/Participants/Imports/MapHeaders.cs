using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

public sealed record HeaderMappingView(IReadOnlyList<MappedColumn> Columns);

/// <summary>The unit says once what its files call our columns; every later file is read so.</summary>
public static class MapHeaders
{
    private const int MostColumns = 500;
    private const int LongestName = 300;

    public static async Task<IResult> Show(ImportKind kind, ParticipantsDb db, CancellationToken ct)
    {
        var mapping = await db.HeaderMappings.AsNoTracking().SingleOrDefaultAsync(m => m.Kind == kind, ct) ?? HeaderMapping.Empty(kind);
        return Precondition.Ok(new HeaderMappingView(mapping.Columns), mapping.Version);
    }

    public static async Task<IResult> Replace(
        ImportKind kind, IReadOnlyList<Column> known, HeaderMappingView request, Precondition precondition, ParticipantsDb db, CancellationToken ct)
    {
        if (Validate(request, known) is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        var forbidden = request.Columns.Select(column => column.Source).Where(ProtectedColumns.Contains).Distinct(StringComparer.Ordinal).ToArray();
        if (forbidden.Length > 0)
            return StartImport.Refused(Header.Protected(forbidden));

        var mapping = await db.HeaderMappings.SingleOrDefaultAsync(m => m.Kind == kind, ct);
        if (precondition.Refusal(mapping?.Version ?? 0) is { } stale)
            return stale;
        if (mapping is null)
            db.HeaderMappings.Add(mapping = HeaderMapping.Empty(kind));
        // Ours by the name that is documented, however it was written.
        mapping.Replace([.. request.Columns.Select(column => new MappedColumn(
            column.Source.Trim(), column.Column is { } name ? known.Single(ours => Header.Key(ours.Name) == Header.Key(name)).Name : null))]);
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(new HeaderMappingView(mapping.Columns), mapping.Version);
    }

    private static Dictionary<string, string[]> Validate(HeaderMappingView request, IReadOnlyList<Column> known)
    {
        var errors = new Dictionary<string, string[]>();
        var ours = known.Select(column => Header.Key(column.Name)).ToHashSet(StringComparer.Ordinal);
        if (request.Columns.Count > MostColumns)
            errors["columns"] = [$"may be {MostColumns} at most"];
        else if (request.Columns.Any(column => string.IsNullOrWhiteSpace(column.Source) || column.Source.Length > LongestName))
            errors["columns"] = [$"must each name a source of 1 to {LongestName} characters"];
        else if (request.Columns.GroupBy(column => Header.Key(column.Source), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            errors["columns"] = [$"must name each source once; '{twice.First().Source}' is there more than once"];
        else if (request.Columns.FirstOrDefault(column => column.Column is { } name && !ours.Contains(Header.Key(name))) is { } unknown)
            errors["columns"] = [$"'{unknown.Column}' is not one of {string.Join(", ", known.Select(column => column.Name))}"];
        return errors;
    }
}
