namespace Mentoring.Notifications;

/// <summary>What Notifications is told by its host.</summary>
public sealed class NotificationsOptions
{
    /// <summary>Where people open what a message is about; links are made from it. Ends with a slash.</summary>
    public Uri PortalAddress { get; set; } = new("http://localhost:8080/");

    /// <summary><c>Smtp:…</c></summary>
    public SmtpOptions Smtp { get; set; } = new();
}

/// <summary>The mail server, and how hard it is tried.</summary>
public sealed class SmtpOptions
{
    public string Host { get; set; } = "localhost";

    public int Port { get; set; } = 25;

    /// <summary>The sender of every mail and the organizer of every conversation.</summary>
    public string From { get; set; } = "Mentoring <mentoring@localhost>";

    /// <summary>Null: the server takes mail without a sign-in.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Encrypt by STARTTLS. Off only where server and service share a machine.</summary>
    public bool StartTls { get; set; }

    /// <summary>
    /// Mails under way at once, each over a connection of its own. Many, as .NET's client leaves Nagle's algorithm on: with a server that
    /// delays its acknowledgements a mail takes 45 ms of waiting, 22 a second on one connection.
    /// </summary>
    public int Connections { get; set; } = 20;

    /// <summary>
    /// How often a mail is tried that the server puts off (greylisting, a full mailbox) before it is given up. Seconds at first, hours
    /// at the end: about half a day. A server that does not answer at all costs no attempt.
    /// </summary>
    public int Attempts { get; set; } = 8;
}
