using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ThinIce.Core.Contract;

namespace ThinIce.Cli.Commands;

/// <summary>What the verbs of the statistics share. Nothing here touches ThinIce.Numbers: that is loaded only when one of its verbs runs.</summary>
internal static class Figures
{
    /// <summary>How JSON is written here: letters of every alphabet as they are.</summary>
    public static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<double> Level() => new("--level") { Description = "Confidence, above 0 and below 1", DefaultValueFactory = _ => 0.95 };

    public static Option<bool> AsJson() => new("--json") { Description = "One JSON object" };

    public static Option<string?> Plot(string what) => new("--plot") { Description = $"Also write {what}: FILE.svg or FILE.png" };

    /// <summary>Writes one JSON object on a line.</summary>
    public static void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var output = Console.OpenStandardOutput();
        using (Utf8JsonWriter writer = new(output, Json))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>A number; null where it is not defined or not finite, which JSON cannot say.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    /// <summary>Says what is wrong, one problem a line, on standard error.</summary>
    /// <returns>The exit status of the first.</returns>
    public static int Refuse(params IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
        {
            // A message of its own says the way out; the registry's words stand where there is none.
            var words = problem.Message.Length > 0 && problem.Message != Problems.Kind(problem.Code).Meaning ? problem.Message : $"{Problems.Kind(problem.Code).Meaning} {Problems.Kind(problem.Code).WayOut}";
            Console.Error.WriteLine($"{problem.Code}: {(problem.Path.Length > 0 ? $"{problem.Path}: " : "")}{words}");
        }

        return Problems.Kind(problems[0].Code).ExitCode;
    }

    /// <summary>Writes a file by an action; says so where it cannot be written.</summary>
    public static int Write(string file, Action<string> save)
    {
        try
        {
            save(file);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(new Problem(Problems.UnreadableFile, "It cannot be written.", file));
        }
    }

    /// <summary>Per cent with as many digits as say something.</summary>
    public static string Percent(double share) => $"{Round(100 * share)} %";

    /// <summary>Four significant digits, without an exponent where it can be read without.</summary>
    public static string Round(double value) => value == 0 ? "0" : Math.Abs(value) is >= 1e-6 and < 1e9
        ? value.ToString(Math.Abs(value) >= 1000 ? "#,0" : $"0.{new string('#', Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12))}", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A whole number with thousands.</summary>
    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A level in words: "95 %".</summary>
    public static string Words(double level) => FormattableString.Invariant($"{level * 100:0.###} %");

    public static Problem Level(double level) => new(Problems.OutOfRange, $"A level lies between 0 and 1, such as 0.95; {level.ToString(CultureInfo.InvariantCulture)} does not.", "--level");
}
