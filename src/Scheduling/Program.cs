using Mentoring.Messaging;
using Mentoring.Scheduling;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Calendars.Providers;
using Mentoring.Scheduling.Momentum;
using Mentoring.Scheduling.Notes;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sealing;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTenantDb<SchedulingDb>("scheduling");
builder.AddPassports("scheduling");
builder.AddMessaging<SchedulingDb>("scheduling");

builder.Services.AddOptions<SchedulingOptions>().BindConfiguration("Scheduling").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton<MasterKeys>();
builder.Services.AddSingleton<CalendarDownload>();
builder.Services.AddSingleton<CalendarProviders>();
builder.Services.AddScoped<Attendees>();
builder.Services.AddScoped<PairSeal>();
builder.Services.AddScoped<UnsettledSessions>();
builder.Services.AddScoped<CalendarEntries>();
builder.Services.AddScoped<BookedSeries>();
builder.Services.AddScoped<SeriesProposal>();
builder.Services.AddScoped<Endings>();
builder.Services.AddScoped<Weighing>();

await builder.RunServiceAsync<SchedulingDb>(app =>
{
    // Without a key nothing could be sealed: found out now, and not by the first who writes.
    _ = app.Services.GetRequiredService<MasterKeys>();
    _ = app.Services.GetRequiredService<CalendarProviders>();
    var unit = app.MapUnit();
    unit.MapPartnerships();
    unit.MapAvailability();
    unit.MapCalendars();
    unit.MapSessions();
    unit.MapNotes();
    unit.MapMomentum();
    app.MapSessionLinks();
});
