using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mentoring.Scheduling.Sessions;

/// <summary>
/// The secret link of a feed: <c>/l/{unit}/sessions/{token}</c>. The token is the unit's id and 256 random bits. That the id is right is not
/// believed but follows from finding the hash of the whole link in that unit, behind its row security.
/// </summary>
/// <param name="UnitId">Where to look for it.</param>
/// <param name="Hash">SHA-256 of slug and token.</param>
public sealed record FeedLink(Guid UnitId, byte[] Hash)
{
    private const int SecretBytes = 32;
    private const int TokenBytes = 16 + SecretBytes;

    /// <summary>The path, to be shown once, and what is kept of it.</summary>
    public static (string Path, FeedLink Link) Draw(string unit, Guid unitId)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        unitId.TryWriteBytes(token, bigEndian: true, out _);
        RandomNumberGenerator.Fill(token[^SecretBytes..]);
        var text = Base64Url.EncodeToString(token);
        return ($"/l/{unit}/sessions/{text}", new FeedLink(unitId, HashOf(unit, text)));
    }

    /// <summary>Null for what no link can be.</summary>
    public static FeedLink? Read(string unit, string token)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        if (token.Length != Base64Url.GetEncodedLength(TokenBytes) || !Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token, bytes) != TokenBytes)
            return null;
        var unitId = new Guid(bytes[..16], bigEndian: true);
        return unitId == Guid.Empty ? null : new FeedLink(unitId, HashOf(unit, token));
    }

    private static byte[] HashOf(string unit, string token) => SHA256.HashData(Encoding.UTF8.GetBytes($"{unit}/{token}"));
}
