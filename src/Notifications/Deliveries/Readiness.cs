using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.People;
using Mentoring.Notifications.Preferences;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Deliveries;

/// <summary>What is to be done with a delivery that is due.</summary>
public abstract record Readiness
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Facts have no order: a name may arrive after the notice that uses it, but not an hour after.</summary>
    private static readonly TimeSpan WaitForCopies = TimeSpan.FromHours(1);

    private Readiness()
    {
    }

    public sealed record Send : Readiness;

    /// <summary>Not before then: quiet hours, or a copy that has not arrived.</summary>
    public sealed record Hold(DateTimeOffset Until) : Readiness;

    /// <summary>There is nobody to send it to, or nobody who wants it; it stands in the inbox.</summary>
    public sealed record Drop : Readiness;

    public sealed record Fail(string Code) : Readiness;

    /// <param name="delivery">Which is due.</param>
    /// <param name="recipient">Null while the copy has not arrived.</param>
    /// <param name="preference">Null: none were set.</param>
    /// <param name="namesKnown">Everybody the words name has arrived.</param>
    /// <param name="now">The platform's time.</param>
    public static Readiness Of(Delivery delivery, Person? recipient, Preference? preference, bool namesKnown, DateTimeOffset now)
    {
        var waiting = now - delivery.CreatedAt < WaitForCopies;
        if (recipient is null)
            return waiting ? new Hold(now + LookAgain) : new Fail("recipient-unknown");
        if (recipient is { Gone: true } or { Email: null or "" } || preference is { Email: false })
            return new Drop();
        if (!namesKnown && waiting)
            return new Hold(now + LookAgain);
        if (!NoticeKind.Named(delivery.Kind).AtOnce && preference?.QuietHours?.HoldUntil(now, Reader.ZoneOf(recipient)) is { } until)
            return new Hold(until);
        return MailAddresses.Parse(recipient.Email, recipient.Name) is null ? new Fail("address-invalid") : new Send();
    }
}
