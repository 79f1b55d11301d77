using Mentoring.Gateway.Routing;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;

namespace Mentoring.Gateway.SignOn;

/// <summary>Validates access tokens of the configured OpenID providers: one scheme an issuer, chosen by the token's own <c>iss</c>.</summary>
internal static class ProviderTokens
{
    private const string Scheme = "sign-on";
    private static readonly object ProviderSilent = new();

    public static void AddSignOn(this WebApplicationBuilder builder)
    {
        var identity = builder.Configuration.GetSection("Identity").Get<IdentityOptions>() ?? new();
        var issuers = identity.Issuers.Where(issuer => issuer.Length > 0).ToArray();

        var authentication = builder.Services.AddAuthentication(Scheme);
        foreach (var issuer in issuers)
            authentication.AddJwtBearer(issuer, options => Validate(options, issuer, identity.Audience));
        authentication.AddScheme<SignOnOptions, SignOnHandler>(Scheme, options => options.Issuers = issuers);

        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireClaim("iss").RequireClaim("sub").Build());
    }

    private static void Validate(JwtBearerOptions options, string issuer, string audience)
    {
        options.Authority = issuer;
        options.RequireHttpsMetadata = !new Uri(issuer).IsLoopback;
        options.MapInboundClaims = false;
        // A key that is not known yet is looked for at the provider, but not by every request that names one.
        options.RefreshInterval = TimeSpan.FromSeconds(30);
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = audience,
            // An ID token is for the client that asked for it, not for an API.
            ValidTypes = ["at+jwt"],
            ValidAlgorithms =
            [
                SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256,
                SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.EcdsaSha512,
            ],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = TimeSpan.FromSeconds(5),
        };
        options.Events = new JwtBearerEvents
        {
            OnAuthenticationFailed = async context =>
            {
                if (await IsKnown(options, context.HttpContext.RequestAborted)) return;
                // Not the token's fault: the keys of its issuer could never be had.
                context.HttpContext.Items[ProviderSilent] = true;
                context.Fail(context.Exception);
            },
            OnChallenge = async context =>
            {
                if (!context.HttpContext.Items.ContainsKey(ProviderSilent)) return;
                context.HandleResponse();
                await Outage.Of(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context.HttpContext);
            },
        };
    }

    private static async Task<bool> IsKnown(JwtBearerOptions options, CancellationToken ct)
    {
        try
        {
            return await options.ConfigurationManager!.GetConfigurationAsync(ct) is not null;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            return false;
        }
    }
}
