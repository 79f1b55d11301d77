using System.Globalization;
using System.Text;
using Mentoring.ServiceDefaults;

namespace Mentoring.Gateway.Limits;

/// <summary>What is left to the caller: the tighter of the person's and the unit's limit, or of a link's and all links'.</summary>
internal sealed record Allowance(string Of, int Limit, int Remaining, TimeSpan UntilWhole, TimeSpan Wait, string Policy)
{
    public bool IsSpent => Wait > TimeSpan.Zero;

    /// <summary>Reads the values of <see cref="Scripts.Admit"/> for a person.</summary>
    public static Allowance ReadPerson(byte[]?[] values, LimitOptions limits) => Read(values, "You have", "person", limits.PersonPerMinute, limits);

    /// <summary>Reads the values of <see cref="Scripts.Admit"/> for a machine client.</summary>
    public static Allowance ReadClient(byte[]?[] values, LimitOptions limits) => Read(values, "This machine client has", "client", limits.ClientPerMinute, limits);

    /// <summary>Reads the values of <see cref="Scripts.AdmitLookUp"/>.</summary>
    public static Allowance ReadLookUp(byte[]?[] values, LimitOptions limits) => At(values, 1, "New tokens of machine clients have together", limits.ClientLookUpsPerMinute,
        string.Create(CultureInfo.InvariantCulture, $"{limits.ClientLookUpsPerMinute};w=60;comment=\"new tokens\""));

    /// <summary>Reads the values of <see cref="Scripts.AdmitLink"/>.</summary>
    public static Allowance ReadLink(byte[]?[] values, LimitOptions limits)
    {
        var policy = string.Create(CultureInfo.InvariantCulture, $"{limits.LinkPerMinute};w=60;comment=\"link\"");
        // How busy the others are is nobody's business until it stands in one's own way.
        var (link, all) = (At(values, 1, "This link has", limits.LinkPerMinute, policy), At(values, 4, "All links together have", limits.LinksPerMinute, policy));
        return all.IsSpent ? Tighter(link, all) : link;
    }

    /// <summary>The headers of draft-ietf-httpapi-ratelimit-headers, in the form that clients understand today.</summary>
    public void Describe(IHeaderDictionary headers)
    {
        headers["RateLimit-Limit"] = Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = Seconds(UntilWhole);
        headers["RateLimit-Policy"] = Policy;
    }

    public IResult Refusal() => new TooMany(this);

    private static Allowance Read(byte[]?[] values, string of, string comment, int limit, LimitOptions limits)
    {
        // Both limits are named to everybody: only to members would tell who is one.
        var policy = string.Create(CultureInfo.InvariantCulture, $"{limit};w=60;comment=\"{comment}\", {limits.UnitPerMinute};w=60;comment=\"unit\"");
        var own = At(values, 1, of, limit, policy);
        return values.Length < 7 ? own : Tighter(own, At(values, 4, "Your unit has", limits.UnitPerMinute, policy));
    }

    private static Allowance Tighter(Allowance own, Allowance shared) =>
        shared.Wait > own.Wait || !own.IsSpent && shared.Remaining < own.Remaining ? shared : own;

    private static Allowance At(byte[]?[] values, int index, string of, int limit, string policy)
    {
        return new(of, limit, Number(index), TimeSpan.FromMilliseconds(Number(index + 1)), TimeSpan.FromMilliseconds(Number(index + 2)), policy);

        int Number(int at) => int.Parse(Encoding.ASCII.GetString(values[at]!), CultureInfo.InvariantCulture);
    }

    private static string Seconds(TimeSpan span) => ((int)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private sealed class TooMany(Allowance spent) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = Seconds(spent.Wait);
            return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-requests",
                $"{spent.Of} made all of {spent.Limit} requests a minute. Wait as long as Retry-After says.")
                .ExecuteAsync(httpContext);
        }
    }
}
