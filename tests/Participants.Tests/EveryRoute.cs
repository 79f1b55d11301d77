using Mentoring.Testing;

namespace Mentoring.Participants.Tests;

public sealed class EveryRoute(ParticipantsService service)
{
    /// <summary>By which people are brought in.</summary>
    private static readonly string[] s_forMachines =
    [
        "DELETE people/{id:guid}", "DELETE scim/v2/Users/{id:guid}", "DELETE scim/v2/{**rest}",
        "GET people/", "GET people/imports/", "GET people/imports/uploads/{id:guid}", "GET people/imports/{id:guid}", "GET people/imports/{id:guid}/errors", "GET people/{id:guid}",
        "GET scim/v2/ResourceTypes", "GET scim/v2/ResourceTypes/User", "GET scim/v2/Schemas", "GET scim/v2/Schemas/{schema}", "GET scim/v2/ServiceProviderConfig",
        "GET scim/v2/Users", "GET scim/v2/Users/{id:guid}", "GET scim/v2/{**rest}",
        "PATCH scim/v2/Users/{id:guid}", "PATCH scim/v2/{**rest}",
        "POST people/", "POST people/imports/", "POST people/imports/uploads", "POST people/imports/uploads/{id:guid}/cancel", "POST people/imports/uploads/{id:guid}/finish",
        "POST people/imports/uploads/{id:guid}/parts", "POST people/imports/{id:guid}/cancel", "POST scim/v2/Users", "POST scim/v2/{**rest}",
        "PUT people/{id:guid}", "PUT scim/v2/Users/{id:guid}", "PUT scim/v2/{**rest}",
    ];

    [Fact]
    public void Says_who_may_call_it() => Assert.Empty(Routes.WithoutPolicy(service.Services));

    /// <summary>But for these: a new one is shut until it is named here.</summary>
    [Fact]
    public async Task Is_shut_to_machine_clients_unless_people_are_brought_in_by_it() =>
        Assert.Equal(s_forMachines, (await Routes.OpenToMachines(service)).Select(route => route.Replace("/api/v1/units/{unit}/", "", StringComparison.Ordinal)));
}
