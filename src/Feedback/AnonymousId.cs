using System.Security.Cryptography;

namespace Mentoring.Feedback;

/// <summary>
/// Ids and secrets of anonymous rows. An id of version 7 holds the millisecond of its making and sorts by it; next to an access log that is
/// a name. These are version 4, drawn from the cryptographic generator.
/// </summary>
internal static class AnonymousId
{
    public static Guid Draw()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>What someone who stays unnamed follows up with: told once, of which only a hash is kept.</summary>
internal static class SecretCode
{
    private const int Bytes = 16;

    public static (string Code, byte[] Hash) Draw()
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        return (code, Hash(code));
    }

    public static byte[] Hash(string code) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code.Trim().ToLowerInvariant()));
}
