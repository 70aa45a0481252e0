using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Web.Delivery;

/// <summary>
/// The clinics' clockwork: asks what is due, sends alerts on that nobody has opened, and takes messages out of the outbox. Any
/// number of servers may run it on one database. Logs neither names nor addresses.
/// </summary>
public sealed class DeliveryWorker : BackgroundService
{
    private const int AtOnce = 20;
    private readonly ClinicRegistry _registry;
    private readonly DeliveryOptions _options;
    private readonly MessageWriter _writer;
    private readonly ILogger<DeliveryWorker> _log;
    private readonly ImmutableArray<ICarrier> _carriers;
    private readonly string _holder = $"{Environment.MachineName} {Environment.ProcessId} {Guid.NewGuid():N}";
    private readonly Dictionary<ClinicId, DateOnly> _drawn = [];
    private readonly TimeProvider _clock;

    internal DeliveryWorker(ClinicRegistry registry, DeliveryOptions options, MessageWriter writer, TimeProvider clock, ILogger<DeliveryWorker> log)
    {
        (_registry, _options, _writer, _clock, _log) = (registry, options, writer, clock, log);
        var folder = new FolderCarrier(options, clock);
        _carriers = [options.Smtp is null ? folder : new SmtpCarrier(options, clock, log), options.Sms is null ? folder : new SmsCarrier(options, log)];
    }

    /// <summary>One round over all clinics: what a timer does.</summary>
    /// <returns>How many messages were handed over.</returns>
    public async Task<int> RoundAsync(CancellationToken stop = default)
    {
        var sent = 0;
        foreach (var clinic in await _registry.Clinics.AllAsync(stop))
        {
            // Without an address nobody is asked; staff are told of alerts all the same.
            if (_registry.PublicUrl is not null) await _registry.CheckIns.RunAsync(clinic.ClinicId, stop);
            await DrawAsync(clinic, stop);
            await _registry.Alerts.EscalateAsync(clinic.ClinicId, stop);
            await _registry.Cases.EscalateAsync(clinic.ClinicId, stop);
            await _registry.Outbox.SettleAsync(clinic.ClinicId, stop);
            await _registry.Outbox.SendUnknownAgainAsync(clinic.ClinicId, stop);
            while (await SomeAsync(clinic.ClinicId, stop) is > 0 and var some) sent += some;
        }

        foreach (var carrier in _carriers) await carrier.RestAsync();
        return sent;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_log.IsEnabled(LogLevel.Information)) _log.LogInformation("Messages go out: {Ways}.", _options);
        using var timer = new PeriodicTimer(_options.Every);
        do
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // The database is away, say: the next round tries again. The kind of error names nobody, its message might.
            catch (Exception e)
            {
                if (_log.IsEnabled(LogLevel.Warning)) _log.LogWarning("A round of messages was not finished: {Kind}.", e.GetType().Name);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Controls are drawn once a day of the clinic's; a restart may draw a second time, which nobody drawn is asked for twice.</summary>
    private async Task DrawAsync(Clinic clinic, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(new Registry.FollowUp.ClinicClock(clinic).Local(_clock.GetUtcNow()));
        if (clinic.ControlProbability <= 0 || _registry.PublicUrl is null || (_drawn.TryGetValue(clinic.ClinicId, out var last) && last == today)) return;
        await _registry.CheckIns.DrawControlsAsync(clinic.ClinicId, stop);
        _drawn[clinic.ClinicId] = today;
    }

    private async Task<int> SomeAsync(ClinicId clinic, CancellationToken stop)
    {
        var claimed = await _registry.Outbox.ClaimAsync(clinic, _holder, AtOnce, _options.Lease, stop);
        if (!claimed.IsDone) return 0;
        var settled = 0;
        foreach (var message in claimed.Value)
            if (await OneAsync(clinic, message, stop)) settled++;
        return settled;
    }

    /// <summary>Hands one message over; false where it has to wait, so that a round comes to an end.</summary>
    private async Task<bool> OneAsync(ClinicId clinic, OutgoingMessage message, CancellationToken stop)
    {
        if (!(await _registry.Outbox.BeginAsync(clinic, message.Id, _holder, _options.Lease, stop)).IsDone) return false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_options.Patience);
        var carrier = _carriers[message.Channel == Channel.Email ? 0 : 1];
        var became = await carrier.CarryAsync(message, _writer.Write(message, _registry.PublicUrl), patience.Token);
        // What became of it is written down even while the server is being stopped.
        return became switch
        {
            HandOver.Taken => (await _registry.Outbox.SentAsync(clinic, message.Id, _holder, CancellationToken.None)).IsDone,
            HandOver.Refused => (await _registry.Outbox.FailAsync(clinic, message.Id, _holder, CancellationToken.None)).IsDone,
            HandOver.Later => (await _registry.Outbox.DeferAsync(clinic, message.Id, _holder, CancellationToken.None)).IsDone && false,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var carrier in _carriers.OfType<IDisposable>()) carrier.Dispose();
        base.Dispose();
    }
}
