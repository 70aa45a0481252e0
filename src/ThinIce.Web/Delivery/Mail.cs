using MimeKit;
using ThinIce.Registry;

namespace ThinIce.Web.Delivery;

/// <summary>A message as a mail: plain text, so that nothing is loaded when it is opened and nobody is followed.</summary>
internal static class Mail
{
    /// <summary>The mail. Its Message-ID is the message's own, the same whenever it is sent. Throws <see cref="ParseException"/> where an address is none.</summary>
    public static MimeMessage Of(OutgoingMessage message, MessageText text, string from, DateTimeOffset now)
    {
        var mail = new MimeMessage { Subject = text.Subject, Date = now, Body = new TextPart("plain") { Text = text.Body } };
        mail.MessageId = message.MessageId.Trim('<', '>');
        var sender = MailboxAddress.Parse(from);
        mail.From.Add(new MailboxAddress(message.Clinic, sender.Address));
        mail.To.Add(MailboxAddress.Parse(message.To));
        // RFC 3834: no answering machine answers it.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        if (text.OptOut is not { } optOut) return mail;
        // RFC 2369 and RFC 8058: the mail program's own button, which posts.
        mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{optOut}>");
        mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return mail;
    }
}
