using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.RegularExpressions;

namespace Mentoring.Notifications.Tests;

/// <summary>A mail as it came over the wire, taken apart.</summary>
public sealed partial record ReceivedMail(string To, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<MailPart> Parts)
{
    public string Subject => Words().Replace(Headers["Subject"], word => word.Groups[2].Value.Equals("B", StringComparison.OrdinalIgnoreCase)
        ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[3].Value))
        : Encoding.UTF8.GetString(Quoted(word.Groups[3].Value.Replace('_', ' '))));

    public string Text => Parts.Single(part => part.Type.MediaType == "text/plain").Content;

    public string Html => Parts.Single(part => part.Type.MediaType == "text/html").Content;

    public MailPart? Calendar => Parts.SingleOrDefault(part => part.Type.MediaType == "text/calendar");

    public MailAddress From => new(Headers["From"]);

    public static ReceivedMail Parse(string to, string source)
    {
        var (headers, body) = Split(source);
        var type = new ContentType(headers["Content-Type"]);
        var parts = new List<MailPart>();
        if (type.Boundary is null)
            parts.Add(Part(headers, body));
        else
        {
            foreach (var piece in body.Split($"--{type.Boundary}")[1..])
            {
                if (!piece.StartsWith("--", StringComparison.Ordinal))
                {
                    var (partHeaders, partBody) = Split(piece.TrimStart('\r', '\n'));
                    parts.Add(Part(partHeaders, partBody));
                }
            }
        }
        return new ReceivedMail(to, headers, parts);
    }

    private static MailPart Part(Dictionary<string, string> headers, string body)
    {
        var octets = headers.GetValueOrDefault("Content-Transfer-Encoding", "7bit").ToLowerInvariant() switch
        {
            "base64" => Convert.FromBase64String(body.ReplaceLineEndings("")),
            "quoted-printable" => Quoted(SoftBreak().Replace(body, "")),
            _ => Encoding.Latin1.GetBytes(body),
        };
        return new MailPart(new ContentType(headers["Content-Type"]), Encoding.UTF8.GetString(octets));
    }

    private static byte[] Quoted(string text)
    {
        var octets = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                octets.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
                octets.Add((byte)text[i]);
        }
        return [.. octets];
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string source)
    {
        var parts = source.Split("\r\n\r\n", 2);
        var headers = Folded().Replace(parts[0], " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2))
            .ToDictionary(header => header[0], header => header[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return (headers, parts.Length > 1 ? parts[1] : "");
    }

    [GeneratedRegex(@"=\?([^?]+)\?([QB])\?([^?]*)\?=\s?", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex(@"=\r\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folded();
}

public sealed record MailPart(ContentType Type, string Content);
