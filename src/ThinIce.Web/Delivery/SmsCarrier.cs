using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using ThinIce.Registry;

namespace ThinIce.Web.Delivery;

/// <summary>Hands text messages to a webhook: POST of JSON with id, to and text. The id is the same whenever a message is sent again; a webhook that remembers ids can leave the second out.</summary>
internal sealed class SmsCarrier(DeliveryOptions options, ILogger log) : ICarrier, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = options.Patience };

    public async Task<HandOver> CarryAsync(OutgoingMessage message, MessageText text, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Sms) { Content = JsonContent.Create(new { id = message.Id.Value, to = message.To, text = text.Body }) };
        if (options.SmsToken is { Length: > 0 } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", message.Id.Value.ToString());
        try
        {
            using var reply = await _http.SendAsync(request, stop);
            if (reply.IsSuccessStatusCode) return HandOver.Taken;
            if (log.IsEnabled(LogLevel.Warning)) log.LogWarning("The webhook for text messages answered {Status}.", (int)reply.StatusCode);
            return reply.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity ? HandOver.Refused : HandOver.Later;
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return HandOver.Later;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return HandOver.Unknown;
        }
    }

    public Task RestAsync() => Task.CompletedTask;

    public void Dispose() => _http.Dispose();
}
