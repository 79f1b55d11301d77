using System.Diagnostics;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Mentoring.Notifications.Calendar;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Deliveries;

/// <summary>Makes the message that is handed to the mail server: text, HTML and, where there is one, a calendar part, all the same news.</summary>
public static class Mail
{
    public static MailMessage Compose(Delivery delivery, MailAddress to, MailWords words, CalendarMessage? calendar, NotificationsOptions options)
    {
        var from = new MailAddress(options.Smtp.From);
        var mail = new MailMessage(from, to)
        {
            Subject = words.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = words.Text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        // The same at every attempt. A process killed after the server took the mail and before that was written down sends it again:
        // mailboxes and archives recognise the second copy by this id, which is as close to once as SMTP allows.
        mail.Headers.Add("Message-ID", $"<{delivery.Id}@mentoring>");
        // No out-of-office notes back to a mailbox nobody reads (RFC 3834).
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        // What mailboxes may sort by, in every language.
        mail.Headers.Add("X-Mentoring-Kind", delivery.Kind);
        if (ActivityContext.TryParse(delivery.TraceParent, null, out var trace))
            mail.Headers.Add("X-Trace-Id", trace.TraceId.ToString());

        mail.AlternateViews.Add(View(words.Html, "text/html; charset=utf-8", TransferEncoding.QuotedPrintable));
        if (calendar is not null)
        {
            var text = calendar.Write(from.DisplayName, from.Address, new Uri(options.PortalAddress, $"sessions/{calendar.SessionId}"));
            // Base64 keeps every octet of the folded lines. Calendars look for the method in the content type.
            mail.AlternateViews.Add(View(text, $"text/calendar; charset=utf-8; method={calendar.MethodName}", TransferEncoding.Base64));
        }
        return mail;
    }

    private static AlternateView View(string content, string type, TransferEncoding encoding)
    {
        var view = AlternateView.CreateAlternateViewFromString(content, new ContentType(type));
        view.TransferEncoding = encoding;
        return view;
    }
}
