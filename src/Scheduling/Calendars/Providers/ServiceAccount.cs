using System.Security.Cryptography;
using System.Text.Json;

namespace Mentoring.Scheduling.Calendars.Providers;

/// <summary>A service account's key as Google hands it out: the file in JSON that is downloaded once.</summary>
/// <param name="Address">Its mail address, by which it is known.</param>
/// <param name="KeyId">Null where the file has none.</param>
/// <param name="PrivateKey">PEM.</param>
internal sealed record ServiceAccount(string Address, string? KeyId, string PrivateKey)
{
    /// <summary>RS256 takes no smaller ones.</summary>
    private const int LeastBits = 2048;

    /// <exception cref="FormatException">It is none; says nothing of what stands in it.</exception>
    public static ServiceAccount Read(string file)
    {
        try
        {
            var key = JsonElement.Parse(file);
            var account = new ServiceAccount(Text(key, "client_email"), key.TryGetProperty("private_key_id", out var id) ? id.GetString() : null, Text(key, "private_key"));
            using var rsa = RSA.Create();
            rsa.ImportFromPem(account.PrivateKey);
            // A public key alone signs nothing.
            _ = rsa.ExportParameters(includePrivateParameters: true);
            return rsa.KeySize >= LeastBits ? account : throw new CryptographicException("Too short.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or CryptographicException)
        {
            throw new FormatException($"This is no key of a service account: JSON with client_email and private_key, RSA of {LeastBits} bits at least.");
        }
    }

    private static string Text(JsonElement key, string name) => key.GetProperty(name).GetString() ?? throw new KeyNotFoundException(name);
}
