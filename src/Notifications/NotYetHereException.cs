using MassTransit;

namespace Mentoring.Notifications;

/// <summary>
/// A copy that a reaction cannot do without has not arrived: facts have no order among themselves. Of the family of time-outs, so the
/// message waits and is tried again.
/// </summary>
public sealed class NotYetHereException : TimeoutException
{
    /// <summary>A message that waits holds a place in its queue; after this it is a dead letter, for an operator to requeue.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private NotYetHereException(string message)
        : base(message)
    {
    }

    /// <summary>What to throw: to be tried again while the message is young, for good after that.</summary>
    public static Exception For(ConsumeContext context, string what)
    {
        var message = $"The copy of {what} has not arrived.";
        return context.SentTime is { } sent && TimeProvider.System.GetUtcNow() - sent > Patience
            ? new InvalidOperationException(message)
            : new NotYetHereException(message);
    }
}
