using System.Net;
using System.Net.Sockets;
using Mentoring.ServiceDefaults;

namespace Mentoring.Gateway.Passports;

internal static class PassportRoutes
{
    /// <summary>
    /// The published keys. They are no secret, but nobody outside has a use for them: they are answered on the one port to whoever asks directly
    /// from a loopback or private address, and do not exist for requests that came through a proxy in front. A listener of its own would be a second
    /// address for every host to hand out.
    /// </summary>
    public static void MapPassportKeys(this IEndpointRouteBuilder app) => app
        .MapGet("/.well-known/passport-keys", (HttpContext context, SigningKeys keys) =>
            IsInside(context) ? Results.Json(new PublishedKeys(keys.Published)) : Problems.NotFound())
        .AllowAnonymous()
        .ExcludeFromDescription();

    private static bool IsInside(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey("X-Forwarded-For") || context.Request.Headers.ContainsKey("Forwarded")) return false;
        // In-process test servers have no address at all.
        if (context.Connection.RemoteIpAddress is not { } address) return true;
        return IPAddress.IsLoopback(address) || IsPrivate(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] == 10 || bytes[0] == 172 && bytes[1] is >= 16 and < 32 || bytes[0] == 192 && bytes[1] == 168;
    }

    private sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);
}
