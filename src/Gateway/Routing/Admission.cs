using Mentoring.Gateway.Limits;
using Mentoring.Gateway.Passports;
using Mentoring.Gateway.SignOn;
using Mentoring.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Mentoring.Gateway.Routing;

/// <summary>
/// Turns a signed-in request into one with a passport, or refuses it: who is it, may it come now, is it a member of this unit. One round trip
/// to Redis answers the first two; only every 30 s a person costs a call to Participants.
/// </summary>
internal sealed class Admission(
    RequestDelegate next, Memberships memberships, LinkLimits links, PassportIssuer passports, IOptions<GatewayOptions> options, ILogger<Admission> log)
{
    private static readonly Dictionary<string, Address> Addresses = AddressBook.All.ToDictionary(address => address.Path);

    public async Task InvokeAsync(HttpContext context)
    {
        var address = Addresses[context.GetReverseProxyFeature().Route.Config.RouteId];
        if (address.Admits is Admits.Links)
        {
            await ForwardLink(context, address);
            return;
        }

        var login = Login.Of(context.User);
        var unit = address.Admits == Admits.Members ? (string)context.GetRouteValue("unit")! : null;

        Standing standing;
        try
        {
            standing = await memberships.StandingOf(login, unit, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or Polly.ExecutionRejectedException)
        {
            log.LogWarning("Participants does not answer: {Reason}", e.Message);
            await Outage.Of(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
            return;
        }

        standing.Allowance?.Describe(context.Response.Headers);
        var refusal = (standing, address.Admits) switch
        {
            ({ Allowance: { IsSpent: true } spent }, _) => spent.Refusal(),
            // Whoever made the token up, or still sends one that was revoked, has not signed in at all.
            ({ Membership.Client: null }, _) when login.IsMachine => MachineToken.Refusal(),
            (_, not Admits.Members) when login.IsMachine => Problems.RoleMissing("A machine client works in its own unit alone; this is for people who sign in."),
            (_, Admits.SignedIn) => null,
            (_, Admits.Members) => standing.Membership.IsIn(unit!) ? null : Problems.NotFound(),
            (_, Admits.Operators) => standing.IsOperator ? null : Problems.RoleMissing("Only who runs the platform may do this."),
            _ => throw new InvalidOperationException($"No rule for {address.Admits}."),
        };
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        var passport = unit is null
            ? passports.OutsideUnits(address.Service, login, standing.IsOperator)
            : standing.Membership.Client is { } client ? passports.ForClient(address.Service, login, client)
            : passports.InUnit(address.Service, login, standing.In(unit)!);
        context.Features.Set(new PassportFeature("Bearer " + passport));

        if (address.IsStream) await ForwardWhileMember(context, login, unit!);
        else await next(context);
    }

    private async Task ForwardLink(HttpContext context, Address address)
    {
        var allowance = await links.Take(context.Request.Path);
        allowance?.Describe(context.Response.Headers);
        if (allowance is { IsSpent: true })
        {
            await allowance.Refusal().ExecuteAsync(context);
            return;
        }
        context.Features.Set(new PassportFeature("Bearer " + passports.ForLink(address.Service)));
        await next(context);
    }

    /// <summary>
    /// A passport is for one request, but a stream lasts: whoever loses the membership, or whose token runs out, loses the stream soon after.
    /// </summary>
    private async Task ForwardWhileMember(HttpContext context, Login login, string unit)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var watching = Watch();
        try
        {
            await next(context);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }

        async Task Watch()
        {
            using var beat = new PeriodicTimer(options.Value.Passport.RecheckStreamsEvery);
            try
            {
                while (await beat.WaitForNextTickAsync(ended.Token))
                {
                    if (!login.HasExpired(TimeProvider.System) && await memberships.IsMember(login, unit, ended.Token)) continue;
                    context.Abort();
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                // The stream ended by itself.
            }
            catch (Exception e) when (e is HttpRequestException or Polly.ExecutionRejectedException)
            {
                // Nobody can say: the client opens the stream again and is then told why not.
                context.Abort();
            }
        }
    }
}
