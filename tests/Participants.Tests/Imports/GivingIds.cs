using System.Globalization;
using Mentoring.Participants.Imports;

namespace Mentoring.Participants.Tests.Imports;

public sealed class GivingIds(ParticipantsService service)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_is_above_the_one_before_and_of_version_7()
    {
        var rising = new RisingIds(Now);
        Guid[] ids = [.. Enumerable.Range(0, 300_000).Select(_ => rising.Next())];

        // As PostgreSQL orders them.
        var texts = Array.ConvertAll(ids, id => id.ToString());
        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((7, 0b10), (id.Version, id.Variant >> 2)));
    }

    [Fact]
    public void They_tell_the_time_to_a_tenth_of_a_second_and_nothing_of_each_other()
    {
        var (one, other) = (new RisingIds(Now), new RisingIds(Now));
        for (var row = 0; row < 300_000; row++)
        {
            var (id, same) = (one.Next(), other.Next());
            Assert.NotEqual(id, same);
            Assert.InRange(TimeOf(id) - Now, TimeSpan.Zero, TimeSpan.FromSeconds(0.1));
        }
    }

    [Fact]
    public async Task People_of_one_file_have_ids_in_the_order_of_its_rows()
    {
        var unit = await service.AnOrganisation();
        string[] keys = [.. Enumerable.Range(1, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"E{7919 * i % 1000:000}"))];
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n" + string.Join('\n', keys.Select(key => $"{key},Ada,{key},{(key == keys[0] ? "" : keys[0])}")));

        var people = await unit.People();
        Assert.Equal(keys, people.OrderBy(person => person.Value.Id.ToString(), StringComparer.Ordinal).Select(person => person.Key));
    }

    private static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)bytes[0] << 40 | (long)bytes[1] << 32 | (long)bytes[2] << 24 | (long)bytes[3] << 16 | (long)bytes[4] << 8 | bytes[5]);
    }
}
