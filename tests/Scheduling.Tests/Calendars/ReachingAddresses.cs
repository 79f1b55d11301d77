using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Scheduling.Calendars;

namespace Mentoring.Scheduling.Tests.Calendars;

public sealed class ReachingAddresses
{
    public static TheoryData<string> Closed =>
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "169.254.169.254/32", "172.16.0.0/12", "192.0.0.0/24", "192.0.0.192/32",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32",
    ];

    public static TheoryData<string> ClosedV6 =>
    [
        "::/128", "::1/128", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
        "fc00::/7", "fd00:ec2::254/128", "fe80::/10", "fec0::/10", "ff00::/8",
    ];

    [Theory]
    [MemberData(nameof(Closed))]
    public void Every_address_of_a_closed_network_is_refused_however_it_is_written(string network) => ForAnyOf(network, address =>
        !Reaches(address) && !Reaches(address.MapToIPv6()) && !Reaches(In("64:ff9b::", address)) && !Reaches(In("::", address)) && !Reaches(In("2002::", address, at: 2)));

    [Theory]
    [MemberData(nameof(ClosedV6))]
    public void Every_address_of_a_closed_network_of_version_6_is_refused_with_or_without_an_interface(string network) => ForAnyOf(network, address =>
        !Reaches(address) && !Reaches(new IPAddress(address.GetAddressBytes(), 3)));

    [Fact]
    public void The_first_and_the_last_address_of_each_are_refused_and_their_public_neighbours_are_not()
    {
        foreach (var network in Closed.Concat(ClosedV6).Select(row => IPNetwork.Parse((string)row.Data)))
        {
            Assert.False(Reaches(network.BaseAddress), $"{network}");
            Assert.False(Reaches(Last(network)), $"{network}");
        }
        foreach (var neighbour in new[]
        {
            "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0",
            "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255",
            "203.0.114.0", "223.255.255.255", "2000::", "2001:200::", "2001:db7:ffff::", "2001:db9::", "2003::", "2a00:1450:4001:81b::200e", "3ffe:ffff::", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8",
        })
            Assert.True(Reaches(IPAddress.Parse(neighbour)), neighbour);
    }

    [Fact]
    public void What_is_neither_of_version_4_nor_global_of_version_6_is_refused() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(0, 255), 16).ToArbitrary(), bytes =>
        {
            var address = new IPAddress([.. bytes.Select(b => (byte)b)]);
            return !Reaches(address) || (bytes[0] & 0xE0) == 0x20 || address.IsIPv4MappedToIPv6;
        }));

    [Fact]
    public void A_network_that_the_operator_names_is_open_and_nothing_beside_it()
    {
        IPNetwork[] allowed = [IPNetwork.Parse("10.20.0.0/16"), IPNetwork.Parse("fd12:3456::/32")];

        foreach (var open in new[] { "10.20.0.0", "10.20.255.255", "::ffff:10.20.1.2", "fd12:3456::1", "8.8.8.8" })
            Assert.True(ReachableAddresses.MayReach(IPAddress.Parse(open), allowed), open);
        foreach (var closed in new[] { "10.19.255.255", "10.21.0.0", "127.0.0.1", "::ffff:10.21.0.0", "fd12:3457::1", "::1" })
            Assert.False(ReachableAddresses.MayReach(IPAddress.Parse(closed), allowed), closed);
        Assert.True(ReachableAddresses.IsIn(IPAddress.Parse("::ffff:10.20.1.2"), allowed));
        Assert.False(ReachableAddresses.IsIn(IPAddress.Parse("8.8.8.8"), allowed));
    }

    private static bool Reaches(IPAddress address) => ReachableAddresses.MayReach(address, []);

    private static void ForAnyOf(string text, Func<IPAddress, bool> holds)
    {
        var network = IPNetwork.Parse(text);
        var width = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 4 : 16;
        var any = Gen.ArrayOf(Gen.Choose(0, 255), width).Select(noise =>
        {
            var bytes = network.BaseAddress.GetAddressBytes();
            for (var bit = network.PrefixLength; bit < width * 8; bit++)
                bytes[bit / 8] |= (byte)(noise[bit / 8] & (0x80 >> (bit % 8)));
            return new IPAddress(bytes);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(any.ToArbitrary(), holds));
    }

    private static IPAddress In(string around, IPAddress address, int at = 12)
    {
        var bytes = IPAddress.Parse(around).GetAddressBytes();
        address.GetAddressBytes().CopyTo(bytes, at);
        return new IPAddress(bytes);
    }

    private static IPAddress Last(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }
}
