using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ThinIce.Stores.Tests;

/// <summary>How the mail server behaves towards the next mail.</summary>
public enum Manner
{
    Takes,

    /// <summary>450: come again later.</summary>
    Busy,

    /// <summary>550: there is nobody of that name.</summary>
    Refuses,

    /// <summary>Takes the mail whole and hangs up without a word.</summary>
    TakesAndHangsUp,

    /// <summary>Hangs up before a byte of the mail is sent.</summary>
    HangsUp,
}

/// <summary>A real, small mail server (RFC 5321, as far as a client needs it) on a port of this machine. Keeps what it took.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private TcpListener _listener;

    public MailServer()
    {
        _listener = new(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ListenAsync(_listener);
    }

    public int Port { get; }

    public Uri Address => new($"smtp://127.0.0.1:{Port}");

    public Manner Manner { get; set; }

    /// <summary>Time it takes from the last byte of a mail to its word that it took it.</summary>
    public TimeSpan Thinks { get; set; }

    /// <summary>Mails taken, as they came.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    public IEnumerable<string> MessageIds => Taken.Select(mail => Header(mail, "Message-Id"));

    public static string Header(string mail, string name) =>
        mail.Split("\r\n\r\n")[0].Replace("\r\n\t", " ", StringComparison.Ordinal).Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").FirstOrDefault(h => h.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";

    public void GoDown() => _listener.Stop();

    public void ComeBack()
    {
        _listener = new(IPAddress.Loopback, Port);
        _listener.Start();
        _ = ListenAsync(_listener);
    }

    private async Task ListenAsync(TcpListener listener)
    {
        try
        {
            while (true) _talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var closing = client;
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "DATA")
                {
                    if (Manner == Manner.HangsUp) return;
                    await writer.WriteLineAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync(_stop.Token) is { } part && part != ".") mail.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                    Taken.Enqueue(mail.ToString());
                    if (Manner == Manner.TakesAndHangsUp) return;
                    await Task.Delay(Thinks, _stop.Token);
                    await writer.WriteLineAsync("250 taken");
                }
                else await writer.WriteLineAsync(verb switch
                {
                    "RCPT" when Manner == Manner.Busy => "450 come again later",
                    "RCPT" when Manner == Manner.Refuses => "550 nobody of that name",
                    "QUIT" => "221 bye",
                    _ => "250 fine",
                });
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }
}
