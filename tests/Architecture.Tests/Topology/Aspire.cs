// The members of .NET Aspire that AppHost may use, with the parameters they have there. Nothing is started: what they are told is written
// down. A member that is not here does not compile, which keeps AppHost as small and plain as it has to be.
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    public interface IResource;

    public interface IResourceWithConnectionString : IResource;

    public interface IResourceWithServiceDiscovery : IResource;

    public sealed class ParameterResource : IResource;

    public sealed class PostgresServerResource : IResourceWithConnectionString;

    public sealed class PostgresDatabaseResource : IResourceWithConnectionString;

    public sealed class RabbitMQServerResource : IResourceWithConnectionString;

    public sealed class RedisResource : IResourceWithConnectionString;

    public sealed class NodeAppResource : IResource;

    public sealed class ProjectResource : IResourceWithServiceDiscovery;

    public interface IResourceBuilder<out T>
        where T : IResource
    {
        Recorded Recorded { get; }
    }

    /// <summary>What was said about one resource.</summary>
    public sealed class Recorded(string name, Type type)
    {
        public string Name => name;

        public Type Type => type;

        public SortedSet<string> Variables { get; } = [];

        public HashSet<string> Awaited { get; } = [];

        public bool HasHealthCheck { get; set; }
    }
}

namespace Aspire.Hosting
{
    public interface IProjectMetadata;

    public sealed class ProjectResourceOptions
    {
        public bool ExcludeLaunchProfile { get; set; }
    }

    public interface IDistributedApplicationBuilder
    {
        DistributedApplication Build();
    }

    public sealed class DistributedApplication(IReadOnlyList<Recorded> resources)
    {
        /// <summary>The application that ran last on this thread.</summary>
        [field: ThreadStatic]
        public static IReadOnlyList<Recorded>? LastRun { get; private set; }

        public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new Recorder();

        public void Run() => LastRun = resources;
    }

    internal sealed class Recorder : IDistributedApplicationBuilder
    {
        private readonly List<Recorded> _resources = [];

        public DistributedApplication Build() => new(_resources);

        public IResourceBuilder<T> Add<T>(string name)
            where T : IResource
        {
            if (_resources.Any(resource => resource.Name == name))
                throw new InvalidOperationException($"There are two resources named {name}.");
            _resources.Add(new Recorded(name, typeof(T)));
            return new ResourceBuilder<T>(_resources[^1], this);
        }

        internal sealed record ResourceBuilder<T>(Recorded Recorded, Recorder Recorder) : IResourceBuilder<T>
            where T : IResource;
    }

    public static class Members
    {
        public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) => Add<ParameterResource>(builder, name);

        public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name) => Add<PostgresServerResource>(builder, name);

        public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> server, string name, string? databaseName = null) =>
            ((Recorder.ResourceBuilder<PostgresServerResource>)server).Recorder.Add<PostgresDatabaseResource>(name);

        public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name) => Add<RabbitMQServerResource>(builder, name);

        public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null) => Add<RedisResource>(builder, name);

        public static IResourceBuilder<NodeAppResource> AddNodeApp(this IDistributedApplicationBuilder builder, string name, string appDirectory, string scriptPath) =>
            Add<NodeAppResource>(builder, name);

        public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
            where TProject : IProjectMetadata, new() => Add<ProjectResource>(builder, name);

        public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
            where TProject : IProjectMetadata, new() => Add<ProjectResource>(builder, name);

        public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> server, string? name = null) => server;

        public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> server) => server;

        public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> resource, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null)
            where T : IResource => With(resource, recorded => recorded.Variables.Add($"ConnectionStrings__{connectionName ?? source.Recorded.Name}"));

        public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> resource, IResourceBuilder<IResourceWithServiceDiscovery> source)
            where T : IResource => With(resource, recorded => recorded.Variables.Add($"services__{source.Recorded.Name}__http__0"));

        public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> resource, string name, string? value)
            where T : IResource => With(resource, recorded => recorded.Variables.Add(name));

        public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> resource, string name, IResourceBuilder<ParameterResource> value)
            where T : IResource => With(resource, recorded => recorded.Variables.Add(name));

        public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> resource, IResourceBuilder<IResource> dependency)
            where T : IResource => With(resource, recorded => recorded.Awaited.Add(dependency.Recorded.Name));

        public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> resource, IResourceBuilder<IResource> dependency, int exitCode = 0)
            where T : IResource => With(resource, recorded => recorded.Awaited.Add(dependency.Recorded.Name));

        public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> resource, string? path = null)
            where T : IResource => With(resource, recorded => recorded.HasHealthCheck = true);

        public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> resource)
            where T : IResource => resource;

        private static IResourceBuilder<T> Add<T>(IDistributedApplicationBuilder builder, string name)
            where T : IResource => ((Recorder)builder).Add<T>(name);

        private static IResourceBuilder<T> With<T>(IResourceBuilder<T> resource, Action<Recorded> record)
            where T : IResource
        {
            record(resource.Recorded);
            return resource;
        }
    }
}
