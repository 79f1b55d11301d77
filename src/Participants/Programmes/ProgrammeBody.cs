using System.Text;
using Microsoft.Net.Http.Headers;

namespace Mentoring.Participants.Programmes;

/// <summary>A programme's file as sent: YAML, or JSON of the same shape.</summary>
public sealed record ProgrammeBody(string Text, bool Json)
{
    public static readonly string[] MediaTypes = ["application/yaml", "application/json", "application/x-yaml", "text/yaml"];

    public static async ValueTask<ProgrammeBody?> BindAsync(HttpContext http)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            throw new BadHttpRequestException("A programme's file is application/yaml or application/json.", StatusCodes.Status415UnsupportedMediaType);

        var bytes = new byte[FileNode.MaxBytes + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, http.RequestAborted);
        if (length > FileNode.MaxBytes)
            throw new BadHttpRequestException("The file is too large.", StatusCodes.Status413PayloadTooLarge);
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length)).TrimStart('\ufeff');
        return new ProgrammeBody(text, type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
    }
}
