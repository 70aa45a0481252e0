using Microsoft.Extensions.Localization;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Web.Delivery;

/// <summary>Words of messages. They name the clinic, and no person and no health fact.</summary>
internal sealed class MessageWriter(IStringLocalizer<DeliveryWords> words)
{
    /// <summary>The words of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="publicUrl">The server's address; null where nobody said, and then messages to staff do not name it.</param>
    public MessageText Write(OutgoingMessage message, Uri? publicUrl)
    {
        var kind = message.Template switch { Template.IntakeInvitation => "intake", Template.CheckIn => "check-in", Template.Alert => "alert", Template.Report => "report", Template.Receipt => "receipt", _ => "complaint" };
        if (message.Link is not { } link) return new(words[$"mail.{kind}.subject", message.Clinic], words[$"mail.{kind}.body", message.Clinic, publicUrl?.ToString() ?? ""], null);
        // Told only when there is something to read, and by nothing that repeats: there is nothing to stop.
        if (message.Template == Template.Receipt) return new(words["mail.receipt.subject", message.Clinic], words["mail.receipt.body", message.Clinic, link], null);
        var optOut = new Uri(publicUrl!, $"stop/{link.Segments[^1]}");
        return message.Channel == Channel.Email
            ? new(words[$"mail.{kind}.subject", message.Clinic], words[$"mail.{kind}.body", message.Clinic, link, optOut], optOut)
            : new("", words[$"text.{kind}", message.Clinic, link, optOut], optOut);
    }
}
