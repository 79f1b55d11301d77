using Mentoring.Gateway;
using Mentoring.Gateway.Limits;
using Mentoring.Gateway.Passports;
using Mentoring.Gateway.Portal;
using Mentoring.Gateway.Reference;
using Mentoring.Gateway.Routing;
using Mentoring.Gateway.SignOn;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Microsoft.Extensions.Options;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddOptions<GatewayOptions>().Bind(builder.Configuration).ValidateOnStart();
builder.Services.AddSingleton<IValidateOptions<GatewayOptions>, ValidateGatewayOptions>();

builder.AddSignOn();
builder.Services.AddSingleton<SigningKeys>().AddHostedService(services => services.GetRequiredService<SigningKeys>());
builder.Services.AddSingleton<PassportIssuer>();
builder.Services.AddSingleton<Redis>();
builder.Services.AddSingleton<Memberships>();
builder.Services.AddMemoryCache(cache => cache.SizeLimit = 50_000);
builder.AddMessaging("gateway", typeof(GatewayOptions).Assembly);
builder.AddProxy();
builder.AddPlatformHealth();
builder.Services.AddSingleton<MergedOpenApi>();

var app = builder.Build();
app.UseDefaults();
app.UseSecurityHeaders();
app.UseAnonymousRoutes();
app.UseAuthentication();
app.UseAuthorization();
app.MapHealth();
app.MapPassportKeys();
app.MapReference();
app.MapProxy();
app.UsePortal();
await app.RunAsync();
