// The map of the platform. deploy/local/Host/Topology.cs is the same map for a machine without containers, deploy/compose and
// deploy/kubernetes for one without Aspire; a test runs this file and holds all four to the same parts and variables.
var builder = DistributedApplication.CreateBuilder(args);

// Asked for at the first start and kept in this machine's user secrets.
var databasePassword = builder.AddParameter("database-password", secret: true);
var demoSecret = builder.AddParameter("demo-secret", secret: true);

var postgres = builder.AddPostgres("postgres").WithDataVolume();
var messaging = builder.AddRabbitMQ("messaging").WithManagementPlugin();
var redis = builder.AddRedis("redis");

// Stand-ins for what an enterprise has already: its sign-on and its mail server.
const string issuer = "http://localhost:5110";
const string portal = "http://localhost:5100";
var identity = builder.AddNodeApp("identity", "../deploy/local/identity", "server.js")
    .WithEnvironment("PORT", "5110")
    .WithEnvironment("ISSUER", issuer)
    .WithEnvironment("AUDIENCE", "mentoring-api")
    .WithEnvironment("PORTAL_ORIGIN", portal)
    .WithEnvironment("DEMO_SECRET", demoSecret)
    .WithEnvironment("STATE_FOLDER", "../../../.local/identity")
    .WithEnvironment("PEOPLE_FILE", "../../../.local/people.json");
var mail = builder.AddNodeApp("mail", "../deploy/local/mail", "server.js")
    .WithEnvironment("PORT", "5111")
    .WithEnvironment("SMTP_PORT", "5112")
    .WithEnvironment("STATE_FOLDER", "../../../.local/mail");

var gateway = builder.AddProject<Projects.Gateway>("gateway")
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(redis).WaitFor(redis)
    .WaitFor(identity)
    .WithEnvironment("Identity__Issuer", issuer)
    .WithEnvironment("Identity__Audience", "mentoring-api")
    .WithEnvironment("Passport__KeyFolder", "../../.local/passport-keys")
    .WithEnvironment("Portal__ClientId", "portal")
    .WithEnvironment("CLOCK_FILE", "../../.local/clock")
    .WithHttpHealthCheck("/alive")
    .WithExternalHttpEndpoints();

var participants = AddService<Projects.Participants>("participants")
    .WithEnvironment("Participants__Operators__0", "operator@mentoring.example")
    .WithEnvironment("Participants__OperatorIssuers__0", issuer);
var matching = AddService<Projects.Matching>("matching");
var scheduling = AddService<Projects.Scheduling>("scheduling")
    .WithEnvironment("Scheduling__MasterKeyFolder", "../../.local/master-keys");
var feedback = AddService<Projects.Feedback>("feedback");
var notifications = AddService<Projects.Notifications>("notifications")
    .WithReference(redis).WaitFor(redis)
    .WaitFor(mail)
    .WithEnvironment("Smtp__Host", "localhost")
    .WithEnvironment("Smtp__Port", "5112")
    .WithEnvironment("PortalAddress", portal + "/");

// Both ways, and neither waits for the other: services take the passport's keys from the gateway when the first passport arrives.
gateway
    .WithReference(participants)
    .WithReference(matching)
    .WithReference(scheduling)
    .WithReference(feedback)
    .WithReference(notifications);

builder.Build().Run();

// Each service has a database of its own. Only the step before it, the same program under RUN=migrate, uses the owner's rights; the
// service overrides user and password with those of a role that row-level security binds.
IResourceBuilder<ProjectResource> AddService<TProject>(string name)
    where TProject : IProjectMetadata, new()
{
    var database = postgres.AddDatabase($"{name}-database", name);
    var migrations = builder.AddProject<TProject>($"{name}-migrations", options => options.ExcludeLaunchProfile = true)
        .WithReference(database, name).WaitFor(database)
        .WithEnvironment("RUN", "migrate")
        .WithEnvironment("Database__User", name)
        .WithEnvironment("Database__Password", databasePassword);
    return builder.AddProject<TProject>(name)
        .WithReference(database, name).WaitForCompletion(migrations)
        .WithReference(messaging).WaitFor(messaging)
        .WithReference(gateway)
        .WithEnvironment("Database__User", name)
        .WithEnvironment("Database__Password", databasePassword)
        .WithEnvironment("CLOCK_FILE", "../../.local/clock")
        .WithHttpHealthCheck("/health");
}
