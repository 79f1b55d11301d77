using Microsoft.AspNetCore.Http;

namespace Mentoring.ServiceDefaults;

/// <summary>
/// Everything that one part of the platform keeps about one person, in a form a machine reads. The envelope is the same for every part.
/// </summary>
/// <param name="Service">Which part of the platform; the others export what they keep.</param>
/// <param name="PersonId">Whose it is.</param>
/// <param name="ExportedAt">When it was written.</param>
/// <param name="Data">What the part keeps; what it keeps of somebody else too is left out.</param>
public sealed record PersonExport<TData>(string Service, Guid PersonId, DateTimeOffset ExportedAt, TData Data)
{
    /// <summary>To be saved, and kept by nothing on the way.</summary>
    public IResult AsFile(HttpResponse response)
    {
        response.Headers.ContentDisposition = $"attachment; filename=\"{Service}.json\"";
        response.Headers.CacheControl = "no-store";
        return Results.Ok(this);
    }
}
