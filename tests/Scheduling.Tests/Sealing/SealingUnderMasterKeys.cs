using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Scheduling.Sealing;
using Mentoring.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mentoring.Scheduling.Tests.Sealing;

public sealed class SealingUnderMasterKeys : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("master-keys-");
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_sealed_is_opened_with_the_same_purpose_and_no_other()
    {
        var keys = KeysOf("2026-11");

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<byte[], int, int>((secret, pair, other) =>
        {
            var box = keys.Seal(secret, $"pair {pair}");

            Assert.Equal(secret, keys.Open(box, $"pair {pair}"));
            if (pair != other)
                Assert.Throws<AuthenticationTagMismatchException>(() => keys.Open(box, $"pair {other}"));
            // The nonce is another each time.
            Assert.NotEqual(box, keys.Seal(secret, $"pair {pair}"));
        }));
    }

    [Fact]
    public void What_was_changed_anywhere_does_not_open()
    {
        var keys = KeysOf("2026-11");

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<byte[], NonNegativeInt, byte>((secret, where, flip) =>
        {
            var box = keys.Seal(secret, "a pair");
            box[where.Get % box.Length] ^= flip == 0 ? byte.MaxValue : flip;

            var refused = Record.Exception(() => keys.Open(box, "a pair"));

            Assert.True(refused is AuthenticationTagMismatchException or InvalidOperationException, refused?.GetType().Name ?? "It opened.");
        }));
    }

    [Fact]
    public void What_is_too_short_to_have_been_sealed_is_refused()
    {
        var keys = KeysOf("2026-11");
        var box = keys.Seal([1, 2, 3], "a pair");

        for (var length = 0; length < box.Length; length++)
        {
            var refused = Record.Exception(() => keys.Open(box.AsSpan(0, length), "a pair"));
            Assert.True(refused is AuthenticationTagMismatchException or InvalidOperationException, $"{length} bytes: {refused?.GetType().Name ?? "opened"}");
        }
    }

    [Fact]
    public void A_new_key_opens_at_once_and_seals_once_every_replica_has_it()
    {
        var keys = KeysOf("2026-11");
        var before = keys.Seal([1, 2, 3], "a pair");

        PutKey(_folder, "2026-12", _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("2026-11", keys.Current);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("2026-12", keys.Current);

        Assert.Equal("2026-12", MasterKeys.KeyOf(keys.Seal([4], "a pair")));
        Assert.Equal([1, 2, 3], keys.Open(before, "a pair"));
    }

    [Fact]
    public void What_another_replica_sealed_under_a_key_not_known_yet_opens()
    {
        var one = KeysOf("2026-11");
        var other = KeysOf("2026-12");

        Assert.Equal([7], one.Open(other.Seal([7], "a pair"), "a pair"));
    }

    [Fact]
    public void A_key_that_was_taken_away_is_named_when_it_is_needed()
    {
        var keys = KeysOf("2026-11");
        var before = keys.Seal([1, 2, 3], "a pair");
        PutKey(_folder, "2026-12", _clock.GetUtcNow().AddHours(-1));
        File.Delete(Path.Combine(_folder.FullName, "2026-11.key"));

        var missing = Assert.Throws<InvalidOperationException>(() => KeysOf().Open(before, "a pair"));

        Assert.Contains("'2026-11'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_key_is_left_aside_and_an_emptied_folder_stops_nobody()
    {
        var keys = KeysOf("2026-11");
        File.WriteAllText(Path.Combine(_folder.FullName, "2026-12.key"), "half a k");
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("2026-11", keys.Current);

        foreach (var file in _folder.EnumerateFiles())
            file.Delete();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([9], keys.Open(keys.Seal([9], "a pair"), "a pair"));
    }

    [Fact]
    public void Without_a_key_nothing_starts_and_in_development_one_is_made()
    {
        Assert.Throws<InvalidOperationException>(() => KeysOf());

        var made = new MasterKeys(_folder.FullName, _clock, NullLogger<MasterKeys>.Instance, makeFirst: true);

        Assert.Equal([1], KeysOf().Open(made.Seal([1], "a pair"), "a pair"));
    }

    internal static void PutKey(DirectoryInfo folder, string id, DateTimeOffset since)
    {
        var file = Path.Combine(folder.FullName, $"{id}.key");
        if (File.Exists(file))
            return;
        File.WriteAllText(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetLastWriteTimeUtc(file, since.UtcDateTime);
    }

    /// <summary>Of what is in the folder, and this one, an hour old.</summary>
    private MasterKeys KeysOf(params string[] ids)
    {
        foreach (var id in ids)
            PutKey(_folder, id, _clock.GetUtcNow().AddHours(-1));
        return new MasterKeys(_folder.FullName, _clock, NullLogger<MasterKeys>.Instance, makeFirst: false);
    }
}
