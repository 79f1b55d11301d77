using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mentoring.Messaging;

/// <summary>
/// A route whose answer holds a secret that is shown once. A repeat with the same Idempotency-Key changes nothing and gets status and
/// <c>Location</c>, without the body: keeping that for a day would keep the secret.
/// </summary>
public static class SecretAnswer
{
    /// <summary>Marks the route.</summary>
    public static TBuilder AnswersOnce<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Mark());

    internal static bool IsSecret(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;

    private sealed class Mark;
}
