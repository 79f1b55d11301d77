using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Mentoring.Scheduling.Sealing;

/// <summary>
/// Seals small secrets, such as the keys of pairs, under a master key from a secret folder, and opens them: AES-256-GCM (NIST SP 800-38D) with a
/// random nonce. What is sealed names its key, so that keys can be changed while old ones still open.
/// </summary>
/// <remarks>
/// Every key in the folder opens; the last by name seals, once it has been there long enough for every replica to have it. The folder is listed
/// anew whenever something is sealed, and when a key is not known.
/// </remarks>
public sealed class MasterKeys
{
    /// <summary>How long a new key only opens: a mounted secret reaches the last replica within about a minute.</summary>
    public static readonly TimeSpan OpenFirst = TimeSpan.FromMinutes(2);

    private const byte Format = 1;
    private const int LongestId = 64;

    private readonly Lock _listing = new();
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly ILogger<MasterKeys> _log;
    private volatile Key[] _keys = [];

    public MasterKeys(IOptions<SchedulingOptions> options, IHostEnvironment environment, ILogger<MasterKeys> log)
        : this(Path.GetFullPath(options.Value.MasterKeyFolder, environment.ContentRootPath), TimeProvider.System, log, environment.IsDevelopment())
    {
    }

    /// <param name="folder">Where the keys are.</param>
    /// <param name="clock">For how long a key has been there.</param>
    /// <param name="log">Hears of keys that cannot be read.</param>
    /// <param name="makeFirst">Where the folder is empty, puts a key into it.</param>
    public MasterKeys(string folder, TimeProvider clock, ILogger<MasterKeys> log, bool makeFirst)
    {
        (_folder, _clock, _log) = (folder, clock, log);
        if (makeFirst)
            MakeFirstKey();
        List();
        if (_keys.Length == 0)
            throw new InvalidOperationException($"No master key (*.key) in Scheduling:MasterKeyFolder, {_folder}.");
    }

    /// <summary>The name of the key that seals now.</summary>
    public string Current => Sealing().Id;

    /// <param name="secret">A few kilobytes at most.</param>
    /// <param name="purpose">What it is, and whose; only the same purpose opens it, so that a row cannot stand in for another.</param>
    public byte[] Seal(ReadOnlySpan<byte> secret, string purpose)
    {
        var key = Sealing();
        var id = Encoding.ASCII.GetBytes(key.Id);
        return [Format, (byte)id.Length, .. id, .. AesGcmBox.Seal(key.Bytes, secret, Context(key.Id, purpose))];
    }

    /// <exception cref="InvalidOperationException">It was sealed under a key that is not in the folder, or is nothing that was sealed here.</exception>
    /// <exception cref="AuthenticationTagMismatchException">It was changed since, or sealed for another purpose.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedSecret, string purpose)
    {
        var id = KeyOf(sealedSecret);
        var key = Find(id) ?? throw new InvalidOperationException($"The master key '{id}' is needed and is not in Scheduling:MasterKeyFolder. Put it back.");
        return AesGcmBox.Open(key.Bytes, sealedSecret[(2 + id.Length)..], Context(id, purpose));
    }

    /// <summary>The name of the key that something was sealed under.</summary>
    public static string KeyOf(ReadOnlySpan<byte> sealedSecret) =>
        sealedSecret is [Format, var length, ..] && sealedSecret.Length >= 2 + length
            ? Encoding.ASCII.GetString(sealedSecret.Slice(2, length))
            : throw new InvalidOperationException("This was not sealed by a master key.");

    private static byte[] Context(string key, string purpose) => Encoding.UTF8.GetBytes($"{Format} {key} {purpose}");

    private Key Sealing()
    {
        List();
        var keys = _keys;
        // Fresh ones only, as after a start: the first by name is the likeliest to be known elsewhere.
        return keys.LastOrDefault(key => _clock.GetUtcNow() - key.Since >= OpenFirst) ?? keys[0];
    }

    private Key? Find(string id)
    {
        if (Array.Find(_keys, key => key.Id == id) is { } known)
            return known;
        List();
        return Array.Find(_keys, key => key.Id == id);
    }

    private void List()
    {
        lock (_listing)
        {
            try
            {
                var found = new DirectoryInfo(_folder).EnumerateFiles("*.key").Select(Read).OfType<Key>().OrderBy(key => key.Id, StringComparer.Ordinal).ToArray();
                if (found.Length > 0)
                    _keys = found;
                else
                    _log.LogError("The folder of master keys is empty; the keys known so far stay in use");
            }
            catch (IOException e)
            {
                _log.LogError("The folder of master keys cannot be read; the keys known so far stay in use: {Reason}", e.Message);
            }
        }
    }

    private Key? Read(FileInfo file)
    {
        var id = Path.GetFileNameWithoutExtension(file.Name);
        var bytes = new byte[AesGcmBox.KeyBytes];
        // Half written, or no key: the next listing finds it whole, or says so again.
        if (id.Length is > 0 and <= LongestId && Ascii.IsValid(id)
            && Convert.TryFromBase64String(File.ReadAllText(file.FullName).Trim(), bytes, out var length) && length == bytes.Length)
            return new Key(id, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), bytes);
        _log.LogError("{File} is left aside: a master key is 32 bytes in base64, under a name of at most {Longest} ASCII characters", file.Name, LongestId);
        return null;
    }

    private void MakeFirstKey()
    {
        Directory.CreateDirectory(_folder);
        if (Directory.EnumerateFiles(_folder, "*.key").Any())
            return;
        var draft = Path.Combine(_folder, $"{Guid.CreateVersion7():N}.draft");
        File.WriteAllText(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(AesGcmBox.KeyBytes)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(draft, Path.ChangeExtension(draft, ".key"));
    }

    /// <param name="Since">When the file was last written.</param>
    private sealed record Key(string Id, DateTimeOffset Since, byte[] Bytes);
}
