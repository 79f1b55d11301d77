using System.Net.Mail;
using System.Text;

namespace Mentoring.Notifications.Deliveries;

public static class MailAddresses
{
    /// <summary>
    /// Null for what is no address, and for one whose mailbox has a name beyond ASCII: a server without SMTPUTF8 would not take it, and
    /// the client reports that like a server that is away.
    /// </summary>
    public static MailAddress? Parse(string? address, string name) =>
        MailAddress.TryCreate(address, name.ReplaceLineEndings(" "), out var parsed) && Ascii.IsValid(parsed.User) ? parsed : null;
}
