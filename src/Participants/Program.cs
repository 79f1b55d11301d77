using Mentoring.Messaging;
using Mentoring.Participants;
using Mentoring.Participants.Audit;
using Mentoring.Participants.Circle;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.GapMap;
using Mentoring.Participants.Guests;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Knowledge;
using Mentoring.Participants.MachineClients;
using Mentoring.Participants.People;
using Mentoring.Participants.Preparation;
using Mentoring.Participants.Programmes;
using Mentoring.Participants.Scim;
using Mentoring.Participants.Topics;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTenantDb<ParticipantsDb>("participants");
builder.AddPassports("participants");
builder.AddMessaging<ParticipantsDb>("participants");
builder.Services.AddOptions<ParticipantsOptions>().BindConfiguration(ParticipantsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddImports();
builder.Services.AddScoped<ErasePersonHere>();
builder.Services.AddScoped<KeepPerson>();
builder.Services.AddScim();
builder.Services.AddGapMap();

await builder.RunServiceAsync<ParticipantsDb>(app =>
{
    app.MapUnits();
    var unit = app.MapUnit();
    unit.MapMembers();
    unit.MapMachineClients();
    unit.MapPeople();
    unit.MapTopics();
    unit.MapKnowledge();
    unit.MapGapMap();
    unit.MapProgrammes();
    unit.MapEnrolments();
    unit.MapPreparation();
    unit.MapGuests();
    unit.MapCircle();
    unit.MapAudit();
    unit.MapScim();
});

/// <summary>Visible to the tests' factory.</summary>
public partial class Program;
