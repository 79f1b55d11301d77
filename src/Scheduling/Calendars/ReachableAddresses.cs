using System.Net;
using System.Net.Sockets;

namespace Mentoring.Scheduling.Calendars;

/// <summary>
/// Which addresses the server of somebody's calendar may have. People name servers here, and this service stands inside the operator's network:
/// whatever is not of the public internet is refused, unless the operator has named its network.
/// </summary>
/// <remarks>
/// Of IPv4 what the IANA's registry of special addresses keeps from the public internet (RFC 6890 and its successors), multicast, what is reserved and
/// the address under which Azure's machines find their host. Of IPv6 only 2000::/3, without what lies in it for other ends: tunnels among it, since
/// they lead to an IPv4 address that nobody has looked at. An IPv4 address inside one of IPv6 (mapped, or of a NAT64) is judged itself.
/// </remarks>
public static class ReachableAddresses
{
    private static readonly IPNetwork[] s_closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork s_global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <param name="address">As it would be connected to.</param>
    /// <param name="allowed">Networks that the operator has named.</param>
    public static bool MayReach(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        var judged = Inner(address);
        return IsIn(judged, allowed) || IsPublic(judged);
    }

    /// <summary>In one of these networks, whichever way it is written.</summary>
    public static bool IsIn(IPAddress address, IReadOnlyList<IPNetwork> networks)
    {
        var judged = Inner(address);
        return networks.Any(network => network.Contains(judged));
    }

    private static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || s_global.Contains(address)) && !Array.Exists(s_closed, network => network.Contains(address));

    private static IPAddress Inner(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        // Without the interface that may stand behind it.
        var bytes = address.GetAddressBytes();
        var plain = new IPAddress(bytes);
        return s_nat64.Contains(plain) ? new IPAddress(bytes.AsSpan(12)) : plain;
    }
}
