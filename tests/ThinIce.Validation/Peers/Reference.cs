using System.Text.Json;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Peers;

/// <summary>The numbers of other programs, and how near ours have to be.</summary>
internal static class Reference
{
    public const double ClosedForm = 1e-9, Iterated = 1e-6, Glmm = 1e-4;

    public static JsonElement R { get; } = Read("r-reference.json");

    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "ThinIce.Validation", "Peers", file))).RootElement;

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number ? e.GetDouble() : double.NaN)];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Number } n ? n.GetDouble() : double.NaN;

    /// <summary>Equal to a relative tolerance, or to 1e-12 beside zero.</summary>
    public static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(actual - expected) <= Math.Max(tolerance * Math.Abs(expected), 1e-12), $"{what}: {actual:R}, in R {expected:R}");
}
