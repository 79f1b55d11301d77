using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Mentoring.Matching;

/// <summary>A value stored as compressed JSON, where it is too large for a column of <see cref="JsonColumn"/>: a pool of 100,000 people is 100 MB.</summary>
internal static class PackedJson
{
    /// <returns>The bytes, and the lower-case hexadecimal SHA-256 of the JSON: equal values have the same.</returns>
    public static (byte[] Bytes, string Hash) Pack<T>(T value)
    {
        using var packed = new MemoryStream();
        using var hash = SHA256.Create();
        using (var compressed = new GZipStream(packed, CompressionLevel.Fastest))
        using (var hashed = new CryptoStream(compressed, hash, CryptoStreamMode.Write))
            JsonSerializer.Serialize(hashed, value, JsonColumn.Options);
        return (packed.ToArray(), Convert.ToHexStringLower(hash.Hash!));
    }

    public static T Unpack<T>(byte[] bytes)
    {
        using var compressed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(compressed, JsonColumn.Options)!;
    }
}
