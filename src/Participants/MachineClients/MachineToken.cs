using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mentoring.Participants.MachineClients;

/// <summary>
/// The secret of a machine client: <c>mcl_</c>, then the unit's id and 256 random bits in base64url. The prefix lets a scanner find one that was
/// left somewhere. That the unit is right is not believed but follows from finding the hash there, behind its row security. The gateway makes of
/// it a sign-on of its own issuer, so that nothing after it holds the secret.
/// </summary>
/// <param name="UnitId">Where to look for it.</param>
/// <param name="Hash">SHA-256 of the whole token.</param>
public sealed record MachineToken(Guid UnitId, byte[] Hash)
{
    /// <summary>Whose sign-ons machine clients are. No provider: nobody signs tokens in its name.</summary>
    public const string Issuer = "urn:mentoring:machine-client";

    private const string Prefix = "mcl_";
    private const int SecretBytes = 32;
    private const int TokenBytes = 16 + SecretBytes;

    /// <summary>The token, to be shown once, and what is kept of it.</summary>
    public static (string Text, MachineToken Token) Draw(Guid unitId)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        unitId.TryWriteBytes(bytes, bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes[^SecretBytes..]);
        var text = Prefix + Base64Url.EncodeToString(bytes);
        return (text, new MachineToken(unitId, SHA256.HashData(Encoding.ASCII.GetBytes(text))));
    }

    /// <summary>Reads the subject of a sign-on; null for what none can be.</summary>
    public static MachineToken? Read(string subject) =>
        subject.Split('.') is [var unit, { Length: SHA256.HashSizeInBytes * 2 } hash]
        && Guid.TryParseExact(unit, "D", out var unitId) && unitId != Guid.Empty && hash.All(char.IsAsciiHexDigitLower)
            ? new MachineToken(unitId, Convert.FromHexString(hash))
            : null;

    /// <summary>As the gateway calls whoever sends it.</summary>
    public static string SubjectOf(Guid unitId, byte[] hash) => $"{unitId:D}.{Convert.ToHexStringLower(hash)}";
}
