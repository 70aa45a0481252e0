using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ThinIce.Bench;

/// <summary>One figure beside its peer's, measured in the same run.</summary>
/// <param name="Value">Ours.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Peer">What it is measured beside.</param>
/// <param name="PeerValue">The peer's figure, in the same unit.</param>
internal sealed record Result(double Value, string Unit, string Peer, double PeerValue)
{
    public string Json(string name) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["name"] = name, ["value"] = Round(Value), ["unit"] = Unit, ["peer"] = Peer, ["peerValue"] = Round(PeerValue), ["ratio"] = Round(Value / PeerValue),
        ["machine"] = Machine(), ["commit"] = Environment.GetEnvironmentVariable("THINICE_COMMIT") ?? "unknown",
    }, Plain);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The median of so many measurements.</summary>
    public static double Median(int times, Func<double> measure)
    {
        var values = Enumerable.Range(0, times).Select(_ => measure()).Order().ToList();
        return values[values.Count / 2];
    }

    /// <summary>How often per second an action runs, over at least so many seconds after a warm-up as long.</summary>
    public static double PerSecond(double seconds, Action action)
    {
        For(seconds, action);
        return Median(5, () => For(seconds / 2, action));
    }

    private static double For(double seconds, Action action)
    {
        var (clock, count) = (Stopwatch.StartNew(), 0L);
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            action();
            count++;
        }

        return count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Four digits; null where there was no peer to measure.</summary>
    private static double? Round(double value) => !double.IsFinite(value) ? null : double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Machine()
    {
        var cpu = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return $"{Environment.ProcessorCount} cores, {cpu ?? "unknown processor"}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}";
    }
}
