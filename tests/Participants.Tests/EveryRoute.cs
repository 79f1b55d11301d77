using Mentoring.Testing;

namespace Mentoring.Participants.Tests;

public sealed class EveryRoute(ParticipantsService service)
{
    /// <summary>By which people are brought in.</summary>
    private static readonly string[] s_forMachines =
    [
        "GET people/imports/", "GET people/imports/uploads/{id:guid}", "GET people/imports/{id:guid}", "GET people/imports/{id:guid}/errors",
        "POST people/imports/", "POST people/imports/uploads", "POST people/imports/uploads/{id:guid}/cancel", "POST people/imports/uploads/{id:guid}/finish",
        "POST people/imports/uploads/{id:guid}/parts", "POST people/imports/{id:guid}/cancel",
    ];

    [Fact]
    public void Says_who_may_call_it() => Assert.Empty(Routes.WithoutPolicy(service.Services));

    /// <summary>But for these: a new one is shut until it is named here.</summary>
    [Fact]
    public async Task Is_shut_to_machine_clients_unless_people_are_brought_in_by_it() =>
        Assert.Equal(s_forMachines, (await Routes.OpenToMachines(service)).Select(route => route.Replace("/api/v1/units/{unit}/", "", StringComparison.Ordinal)));
}
