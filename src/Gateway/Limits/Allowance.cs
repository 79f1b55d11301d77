using System.Globalization;
using System.Text;
using Mentoring.ServiceDefaults;

namespace Mentoring.Gateway.Limits;

/// <summary>What is left to the caller: the tighter of the person's and the unit's limit.</summary>
internal sealed record Allowance(string Of, int Limit, int Remaining, TimeSpan UntilWhole, TimeSpan Wait, string Policy)
{
    public bool IsSpent => Wait > TimeSpan.Zero;

    /// <summary>Reads the values of <see cref="Scripts.Admit"/>.</summary>
    public static Allowance Read(byte[]?[] values, LimitOptions limits)
    {
        // Both limits are named to everybody: only to members would tell who is one.
        var policy = string.Create(CultureInfo.InvariantCulture, $"{limits.PersonPerMinute};w=60;comment=\"person\", {limits.UnitPerMinute};w=60;comment=\"unit\"");
        var person = At(1, "you", limits.PersonPerMinute);
        if (values.Length < 7) return person;
        var unit = At(4, "your unit", limits.UnitPerMinute);
        return unit.Wait > person.Wait || !person.IsSpent && unit.Remaining < person.Remaining ? unit : person;

        Allowance At(int index, string of, int limit) =>
            new(of, limit, Number(index), TimeSpan.FromMilliseconds(Number(index + 1)), TimeSpan.FromMilliseconds(Number(index + 2)), policy);

        int Number(int index) => int.Parse(Encoding.ASCII.GetString(values[index]!), CultureInfo.InvariantCulture);
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

    private static string Seconds(TimeSpan span) => ((int)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private sealed class TooMany(Allowance spent) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = Seconds(spent.Wait);
            return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-requests",
                $"{(spent.Of == "you" ? "You have" : "Your unit has")} made all of {spent.Limit} requests a minute. Wait as long as Retry-After says.")
                .ExecuteAsync(httpContext);
        }
    }
}
