using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

public static class Proposals
{
    public static Task<JsonNode> OpenFor(BusinessUnit unit, string email) => Expectations.Eventually(
        async () => (await unit.As(email).All(unit.At("proposals/mine"))).FirstOrDefault(proposal => proposal.Text("state") == "open"),
        $"an open proposal for {email}");
}
