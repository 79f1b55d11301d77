using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Mentoring.Gateway.Limits;

/// <summary>
/// How often secret links may be read: each by itself, and all together. Not by unit: which unit a link names is not to be believed before it has
/// been found, and a stranger must not use up what belongs to one.
/// </summary>
internal sealed class LinkLimits(Redis redis, IOptions<GatewayOptions> options)
{
    private readonly LimitOptions _limits = options.Value.Limits;

    /// <summary>Null when Redis does not answer: then nobody is limited.</summary>
    public async Task<Allowance?> Take(string path)
    {
        // By its hash: what looks into Redis finds no link.
        var link = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
        var answer = await redis.Run(Scripts.AdmitLink, [$"limit:link:{link}", "limit:links"], [_limits.LinkPerMinute, _limits.LinksPerMinute]);
        return answer is null ? null : Allowance.ReadLink(answer, _limits);
    }
}
