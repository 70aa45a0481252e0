using System.Globalization;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Signals;

namespace ThinIce.Cli.Commands;

/// <summary>What <c>thinice signals</c> does.</summary>
internal static class SignalsRun
{
    public static int Run(SignalsOptions options)
    {
        GammaPoissonPrior? prior = null;
        if (options.Prior is not null && (prior = Prior(options.Prior)) is null)
            return Fail(new(Problems.OutOfRange, "A prior is five numbers divided by commas, the first four above 0, the last between 0 and 1.", "--prior"), options.File);
        try
        {
            return Score(options, prior);
        }
        catch (FileProblemException e)
        {
            return Fail(e.Problem, options.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(new(Problems.UnreadableFile, Problems.Kind(Problems.UnreadableFile).WayOut, ""), options.File);
        }
    }

    private static int Score(SignalsOptions options, GammaPoissonPrior? prior)
    {
        var progress = new Progress("signals");
        var columns = new ReportColumns(options.Report, options.Exposure, options.Event, [.. (options.Strata ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);
        var memory = options.Memory is { } megabytes ? megabytes * 1_000_000L : ReadingOptions.DefaultMemory;
        var reading = ReportFiles.Read(options.File, columns, new(memory, options.Masking is not null, rows => progress.Say($"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows read")));
        foreach (var problem in reading.Problems) Console.Error.WriteLine($"{problem.Code}: {options.File}{(problem.Path.Length > 0 ? $": {problem.Path}" : "")}: {problem.Message}");
        if (reading.BadRows > reading.Problems.Length) Console.Error.WriteLine($"… and {reading.BadRows - reading.Problems.Length} more rows like these.");
        if (reading.Contradictions > 0) Console.Error.WriteLine($"note: {reading.Contradictions} rows stand in another stratum than their report's first row, which counts.");
        if (reading.Counts is null) return Problems.Kind(reading.Problems[0].Code).ExitCode;
        progress.Say("fitting and scoring");
        var scores = SignalScores.Of(reading.Counts, options.Zeroes, options.Fit is null ? null : options.Fit == "squashed", prior);
        Output(options, reading, scores);
        return reading.BadRows > 0 ? Problems.Kind(Problems.MissingCell).ExitCode : 0;
    }

    private static void Output(SignalsOptions options, ReportReading reading, SignalScores scores)
    {
        if (!scores.Fit.Converged) Console.Error.WriteLine($"note: {SignalsSummary.Why(scores)}");
        if (options.Csv is not null) To(options.Csv, stream => ScoreTable.Write(stream, scores, ScreeningThreshold.Published));
        if (options.Masking is not null) To(options.Masking, stream => Mask(stream, reading, scores));
        if (options.Plot is not null) SignalPlot.Save(scores, options.Plot);
        if (options.Json) SignalsSummary.Json(Console.OpenStandardOutput(), reading, scores);
        else if (options.Csv != "-") SignalsSummary.Print(Console.Out, reading, scores);
    }

    private static void Mask(Stream stream, ReportReading reading, SignalScores scores)
    {
        if (reading.OnDisk) throw new FileProblemException(new(Problems.TooLarge, "The check for masking needs the whole table in memory. Allow more with --memory, or leave --masking out.", "--masking"));
        MaskingTable.Write(stream, Masking.Check(scores, ScreeningThreshold.Published));
    }

    private static void To(string file, Action<Stream> write)
    {
        if (file == "-")
        {
            using var output = Console.OpenStandardOutput();
            write(output);
            return;
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
            write(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileProblemException(new(Problems.UnwritableFile, Problems.Kind(Problems.UnwritableFile).WayOut, Path.GetFileName(file)));
        }
    }

    private static GammaPoissonPrior? Prior(string text)
    {
        var numbers = text.Split(',').Select(t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToArray();
        return numbers.Length == 5 && numbers.All(n => n > 0 && double.IsFinite(n)) && numbers[4] < 1 ? new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]) : null;
    }

    private static int Fail(Problem problem, string file)
    {
        Console.Error.WriteLine($"{problem.Code}: {file}{(problem.Path.Length > 0 ? $": {problem.Path}" : "")}: {problem.Message}");
        return Problems.Kind(problem.Code).ExitCode;
    }
}
