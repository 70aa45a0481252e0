using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using ThinIce.Registry;

namespace ThinIce.Web.Delivery;

/// <summary>Hands mails to a mail server. One connection for a round.</summary>
internal sealed class SmtpCarrier(DeliveryOptions options, TimeProvider clock, ILogger log) : ICarrier, IDisposable
{
    private SmtpClient? _client;

    public async Task<HandOver> CarryAsync(OutgoingMessage message, MessageText text, CancellationToken stop)
    {
        var sent = new Progress();
        try
        {
            using var mail = Mail.Of(message, text, options.From, clock.GetUtcNow());
            var client = await ConnectedAsync(stop);
            await client.SendAsync(mail, stop, sent);
            return HandOver.Taken;
        }
        // The server answered, so it is known that it did not take it. 4xx asks to come again; what it has against the sender is for the operator to mend.
        catch (SmtpCommandException e)
        {
            Log(e.StatusCode.ToString());
            return (int)e.StatusCode is >= 500 && e.ErrorCode != SmtpErrorCode.SenderNotAccepted ? HandOver.Refused : HandOver.Later;
        }
        catch (Exception e) when (e is MimeKit.ParseException)
        {
            return HandOver.Refused;
        }
        catch (Exception e) when (e is IOException or ProtocolException or System.Net.Sockets.SocketException or OperationCanceledException or TimeoutException or AuthenticationException or SslHandshakeException or NotSupportedException or ServiceNotConnectedException)
        {
            Log(e.GetType().Name);
            Dispose();
            // Once a byte of the mail itself has left, the mail may have arrived.
            return sent.HasBegun ? HandOver.Unknown : HandOver.Later;
        }
    }

    public async Task RestAsync()
    {
        if (_client is { IsConnected: true } client)
        {
            try
            {
                using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                await client.DisconnectAsync(quit: true, soon.Token);
            }
            catch (Exception e) when (e is IOException or ProtocolException or OperationCanceledException or System.Net.Sockets.SocketException)
            {
                // It went before we did; every mail was answered for already.
            }
        }

        Dispose();
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task<SmtpClient> ConnectedAsync(CancellationToken stop)
    {
        if (_client is { IsConnected: true } open) return open;
        Dispose();
        var (server, credential) = (options.Smtp!, options.Credential);
        var client = _client = new() { Timeout = (int)options.Patience.TotalMilliseconds };
        // A password never travels in the clear.
        var security = server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : credential is null ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls;
        await client.ConnectAsync(server.Host, server.Port > 0 ? server.Port : server.Scheme == "smtps" ? 465 : 587, security, stop);
        if (credential is not null) await client.AuthenticateAsync(credential, stop);
        return client;
    }

    private void Log(string what)
    {
        if (log.IsEnabled(LogLevel.Warning)) log.LogWarning("The mail server did not take a message: {What}.", what);
    }

    private sealed class Progress : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun |= bytesTransferred > 0;

        public void Report(long bytesTransferred) => HasBegun |= bytesTransferred > 0;
    }
}
