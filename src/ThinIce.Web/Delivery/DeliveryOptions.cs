using System.Net;

namespace ThinIce.Web.Delivery;

/// <summary>How messages leave the house. Without SMTP they become files in a folder; without a webhook so do text messages.</summary>
public sealed record DeliveryOptions
{
    /// <summary>Folder for messages that have no other way to go: .eml for e-mail, .txt for text messages. Readable by its owner only: it holds addresses and links.</summary>
    public required string Folder { get; init; }

    /// <summary>Mail server, such as smtp://user:password@mail.example:587 (STARTTLS where it is offered; required with a password) or smtps://…:465; null for the folder.</summary>
    public Uri? Smtp { get; init; }

    /// <summary>Address that mails come from.</summary>
    public string From { get; init; } = "no-reply@localhost";

    /// <summary>Webhook for text messages: gets a POST of JSON with id, to and text; null for the folder.</summary>
    public Uri? Sms { get; init; }

    /// <summary>Sent to the webhook as a bearer token; null for none.</summary>
    public string? SmsToken { get; init; }

    /// <summary>Time between two rounds.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a server is taken to be alive without a word. Longer than any hand-over may take.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one hand-over may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>User and password in the address of the mail server; null where there are none.</summary>
    internal NetworkCredential? Credential => Smtp?.UserInfo is { Length: > 0 } user && user.Split(':', 2) is [var name, var word]
        ? new(Uri.UnescapeDataString(name), Uri.UnescapeDataString(word)) : null;

    /// <summary>Reads THINICE_SMTP, THINICE_MAIL_FROM, THINICE_SMS and THINICE_SMS_TOKEN.</summary>
    /// <param name="dataFolder">The registry's data folder; the folder for messages is <c>outbox</c> in it.</param>
    /// <param name="publicUrl">The server's address, from which the sender's is made where none is named.</param>
    /// <param name="read">Reads a variable; null for the environment's.</param>
    /// <exception cref="FormatException">A variable is no address; the message names it and not what it holds.</exception>
    public static DeliveryOptions FromEnvironment(string dataFolder, Uri? publicUrl, Func<string, string?>? read = null)
    {
        read ??= Environment.GetEnvironmentVariable;
        return new()
        {
            Folder = Path.Combine(dataFolder, "outbox"),
            Smtp = Address(read, "THINICE_SMTP", "smtp", "smtps"),
            From = read("THINICE_MAIL_FROM") is { Length: > 0 } from ? from : $"no-reply@{publicUrl?.Host ?? "localhost"}",
            Sms = Address(read, "THINICE_SMS", "https", "http"),
            SmsToken = read("THINICE_SMS_TOKEN"),
        };
    }

    private static Uri? Address(Func<string, string?> read, string name, params string[] schemes)
    {
        if (read(name) is not { Length: > 0 } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme) ? address
            : throw new FormatException($"{name} has to be an address that begins with {schemes[0]}:// or {schemes[^1]}://.");
    }

    /// <summary>Without the password, so that no log holds it.</summary>
    public override string ToString() => $"mail by {Smtp?.Host ?? "folder"}, text messages by {Sms?.Host ?? "folder"}";
}
