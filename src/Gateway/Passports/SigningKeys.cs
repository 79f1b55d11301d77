using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Mentoring.Gateway.Passports;

/// <summary>
/// The ES256 keys in the watched folder. All are published; the newest signs, once it has been there long enough for every service to have
/// fetched it. The folder is listed every few seconds: change notices do not survive the way Kubernetes swaps a mounted secret.
/// </summary>
internal sealed class SigningKeys : BackgroundService
{
    /// <summary>Twice the time in which services refresh the published keys.</summary>
    public static readonly TimeSpan PublishFirst = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly TimeSpan _listEvery;
    private readonly TimeProvider _clock;
    private readonly ILogger<SigningKeys> _log;
    private volatile Key[] _keys = [];
    private volatile SigningCredentials? _current;

    public SigningKeys(IOptions<GatewayOptions> options, IHostEnvironment environment, ILogger<SigningKeys> log)
        : this(Path.GetFullPath(options.Value.Passport.KeyFolder, environment.ContentRootPath), TimeSpan.FromSeconds(2), TimeProvider.System, log)
    {
        if (environment.IsDevelopment()) MakeFirstKey();
        Refresh();
        if (_current is null) throw new InvalidOperationException($"No ES256 private key (*.pem) in Passport:KeyFolder, {_folder}.");
    }

    internal SigningKeys(string folder, TimeSpan listEvery, TimeProvider clock, ILogger<SigningKeys> log) =>
        (_folder, _listEvery, _clock, _log) = (folder, listEvery, clock, log);

    /// <summary>What signs now.</summary>
    public SigningCredentials Current => _current ?? throw new InvalidOperationException("There is no key to sign with.");

    /// <summary>What services may meet, as a JSON Web Key Set without private parts.</summary>
    public IReadOnlyList<PublishedKey> Published => [.. _keys.Select(key => key.Published)];

    /// <summary>Lists the folder once.</summary>
    internal void Refresh()
    {
        var known = _keys.ToDictionary(key => (key.Id, key.Since));
        var found = new List<Key>();
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*.pem"))
        {
            var since = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
            var id = Path.GetFileNameWithoutExtension(file.Name);
            if (known.TryGetValue((id, since), out var key) || (key = Read(id, since, file.FullName)) is not null) found.Add(key);
        }

        if (found.Count == 0)
        {
            if (_keys.Length > 0) _log.LogError("The folder of passport keys is empty; the keys known so far stay in use");
            return;
        }

        found.Sort((a, b) => (a.Since, a.Id).CompareTo((b.Since, b.Id)));
        _keys = [.. found];
        // Fresh ones only, as after a pod's start: the oldest is the likeliest to be known.
        var signing = found.LastOrDefault(key => _clock.GetUtcNow() - key.Since >= PublishFirst) ?? found[0];
        if (_current?.Key.KeyId == signing.Id && ReferenceEquals(_current, signing.Credentials)) return;
        _current = signing.Credentials;
        _log.LogInformation("Passports are signed with key {KeyId}", signing.Id);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(_listEvery);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Refresh();
            }
            catch (IOException e)
            {
                _log.LogError(e, "The folder of passport keys cannot be read; the keys known so far stay in use");
            }
        }
    }

    private Key? Read(string id, DateTimeOffset since, string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            var parameters = key.ExportParameters(includePrivateParameters: true);
            if (parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value) return new Key(id, since, key, parameters.Q);
            _log.LogError("{File} holds no P-256 key and is left aside", file);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // Half written, or not a private key: the next listing finds it whole, or says so again.
            _log.LogError("{File} holds no readable private key and is left aside: {Reason}", file, e.Message);
        }

        key.Dispose();
        return null;
    }

    private void MakeFirstKey()
    {
        Directory.CreateDirectory(_folder);
        if (Directory.EnumerateFiles(_folder, "*.pem").Any()) return;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = Path.Combine(_folder, $"{Guid.CreateVersion7():N}.draft");
        File.WriteAllText(draft, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(draft, Path.ChangeExtension(draft, ".pem"));
    }

    private sealed class Key
    {
        public Key(string id, DateTimeOffset since, ECDsa key, ECPoint point)
        {
            (Id, Since) = (id, since);
            Credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256);
            Published = new PublishedKey("EC", "P-256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y), id, "sig", "ES256");
        }

        public string Id { get; }

        /// <summary>When the file was last written: since then every gateway publishes it.</summary>
        public DateTimeOffset Since { get; }

        public SigningCredentials Credentials { get; }

        public PublishedKey Published { get; }
    }
}

/// <summary>A public key in a JSON Web Key Set (RFC 7517).</summary>
internal sealed record PublishedKey(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);
