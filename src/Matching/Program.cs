using Mentoring.Matching;
using Mentoring.Matching.Pairs;
using Mentoring.Matching.Proposals;
using Mentoring.Matching.Runs;
using Mentoring.Matching.Suggestions;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTenantDb<MatchingDb>("matching");
builder.AddPassports("matching");
builder.AddMessaging<MatchingDb>("matching");
builder.Services.AddScoped<Asking>();
builder.Services.AddScoped<Leaving>();
builder.Services.AddSingleton<SolvedRuns>();
builder.Services.AddSingleton<RecentPools>();

await builder.RunServiceAsync<MatchingDb>(app =>
{
    var unit = app.MapUnit();
    unit.MapMatchingRuns();
    unit.MapProposals();
    unit.MapSuggestions();
    unit.MapPairs();
});
