using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using ThinIce.Numbers.Signals;

namespace ThinIce.Bench;

/// <summary>From a table of reports to the scores of every pair, the whole process from the shell's point of view.</summary>
internal static class Signals
{
    // As peers.md of the project's material and openEBGM 0.9.1 print them.
    private static readonly double[] CaersPrior = [3.255967, 0.399990, 2.023752, 1.906133, 0.0653074], FaersPrior = [0.16056, 0.022908, 0.68777, 0.92466, 0.061932];

    private static string Root => Environment.GetEnvironmentVariable("THINICE_ROOT") ?? throw new InvalidOperationException("Run it as ./bench NAME.");

    private static string Temporary(string name) => Path.Combine(Path.GetTempPath(), $"thinice-bench-{Environment.ProcessId}-{name}");

    /// <summary>CAERS 2012, from the repository.</summary>
    public static Result Caers()
    {
        var file = Path.Combine(Root, "tests", "ThinIce.Validation", "Signals", "Data", "caers2012.csv.gz");
        var scores = SignalScores.Of(ReportFiles.Read(file, new("id", "var1", "var2", [])).Counts!, zeroes: false);
        Same(CaersPrior, scores.Fit.Used.Prior.ToArray(), 1e-4);
        if (scores.Eb05AtLeast2 != 131) throw new InvalidOperationException($"{scores.Eb05AtLeast2} pairs with EB05 of at least 2 instead of 131.");
        return Whole([file, "--report", "id", "--exposure", "var1", "--event", "var2"], 11);
    }

    /// <summary>FAERS 2022, third quarter, with empty pairs.</summary>
    public static Result Faers()
    {
        var file = Data("faers22q3raw.csv.gz");
        var scores = SignalScores.Of(ReportFiles.Read(file, new("CASEID", "DRUG", "AE", [])).Counts!, zeroes: true);
        Same(FaersPrior, scores.Fit.Used.Prior.ToArray(), 1e-4);
        Stored(scores, Data("openebgm_faers22q3_zeroes_top200.csv"));
        Console.WriteLine($"fitted to squashed counts, as openEBGM does: log-likelihood {scores.Fit.Used.LogLikelihood:F3} over every cell, {scores.Eb05AtLeast2} pairs with EB05 of at least 2");
        Console.WriteLine($"fitted to every cell: log-likelihood {scores.Fit.Exact!.LogLikelihood:F3}, {SignalScores.Of(scores.Counts, zeroes: true, squash: false).Eb05AtLeast2} pairs");
        Console.WriteLine($"with openEBGM's bisection and rounding: {AsOpenEbgmCounts(scores)} pairs (it prints 6,351)");
        return Whole([file, "--report", "CASEID", "--exposure", "DRUG", "--event", "AE", "--include-zeroes"], 7);
    }

    /// <summary>Ten million rows in Parquet beside DuckDB's own count of the pairs; 10⁵ and 10⁶ before.</summary>
    public static Result Scale()
    {
        Result? last = null;
        foreach (var rows in new[] { 100_000, 1_000_000, 10_000_000 })
        {
            var (file, csv) = (Temporary($"{rows}.parquet"), Temporary("scores.csv"));
            Make(file, rows);
            string[] call = ["signals", file, "--report", "report", "--exposure", "exposure", "--event", "event", "--csv", csv, "--json"];
            var (ours, theirs, peak, pairs) = (new List<double>(), new List<double>(), 0L, 0L);
            for (var i = 0; i < 5; i++)
            {
                var (seconds, memory) = Run(call, twoThreads: true);
                (ours, peak) = ([.. ours, seconds], Math.Max(peak, memory));
                (var took, pairs) = Peer(file);
                theirs.Add(took);
            }

            last = new(Middle(ours), "s", $"DuckDB, the counts of the pairs alone, 2 threads; {rows} rows, {pairs} pairs, {peak >> 20} MB at most", Middle(theirs));
            Console.WriteLine($"{rows,10} rows, {pairs,8} pairs: {last.Value:F2} s to the scores, at most {peak >> 20} MB; DuckDB's count of pairs {last.PeerValue:F2} s; ratio {last.Value / last.PeerValue:F2}");
            File.Delete(file);
            File.Delete(csv);
        }

        return last!;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>
    /// Three rows to a report on average; 600 exposures and 900 events, some far more frequent than others, and one event in twenty tied to
    /// its exposure, so that there is something to find; the same every time.
    /// </summary>
    private static void Make(string file, int rows)
    {
        using var duck = new DuckDBConnection("Data Source=:memory:");
        duck.Open();
        using var command = duck.CreateCommand();
        command.CommandText = $"""
            SET threads=2;
            COPY (SELECT report, 'technique ' || x AS exposure, 'sign ' || CASE WHEN tied = 0 THEN x * 37 % 900 ELSE v END AS event
                  FROM (SELECT 'R' || lpad((hash(i // 3 * 7 + 42) % ({rows} // 3 + 1))::VARCHAR, 9, '0') AS report,
                               floor(600 * pow((hash(i * 4 + 1) % 1000003) / 1000003.0, 2))::INT AS x,
                               floor(900 * pow((hash(i * 4 + 2) % 1000003) / 1000003.0, 3))::INT AS v,
                               hash(i * 4 + 3) % 20 AS tied
                        FROM range({rows}) AS t(i))) TO '{file}' (FORMAT parquet)
            """;
        command.ExecuteNonQuery();
    }

    private static (double Seconds, long Pairs) Peer(string file)
    {
        using var duck = new DuckDBConnection("Data Source=:memory:");
        duck.Open();
        using var command = duck.CreateCommand();
        command.CommandText = "SET threads=2";
        command.ExecuteNonQuery();
        var clock = Stopwatch.StartNew();
        command.CommandText = $"CREATE TABLE pairs AS SELECT exposure, event, COUNT(DISTINCT report) AS n FROM read_parquet('{file}') GROUP BY 1, 2";
        command.ExecuteNonQuery();
        var seconds = clock.Elapsed.TotalSeconds;
        command.CommandText = "SELECT COUNT(*) FROM pairs";
        return (seconds, (long)command.ExecuteScalar()!);
    }

    private static Result Whole(string[] arguments, int times)
    {
        var csv = Temporary("scores.csv");
        string[] call = ["signals", .. arguments, "--csv", csv, "--json"];
        Run(call, twoThreads: false);
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var i = 0; i < times; i++)
        {
            ours.Add(Run(call, twoThreads: false).Seconds);
            var clock = Stopwatch.StartNew();
            using var nothing = Process.Start(new ProcessStartInfo("dotnet", [typeof(Signals).Assembly.Location, "nothing"]))!;
            nothing.WaitForExit();
            bare.Add(clock.Elapsed.TotalSeconds);
        }

        File.Delete(csv);
        return new(Middle(ours), "s", "an empty .NET program, started and ended (openEBGM's whole script: 17.6 s for CAERS, 19.3 s for FAERS, on another day)", Middle(bare));
    }

    private static (double Seconds, long Peak) Run(string[] arguments, bool twoThreads)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "thinice"), arguments) { RedirectStandardOutput = true };
        if (twoThreads) start.Environment["DOTNET_PROCESSOR_COUNT"] = "2";
        var (clock, peak) = (Stopwatch.StartNew(), 0L);
        using var process = Process.Start(start)!;
        // The launcher becomes the program (exec), so its peak is the program's.
        while (!process.WaitForExit(20))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It ended between the two lines above.
            }
        }

        process.StandardOutput.ReadToEnd();
        return process.ExitCode == 0 ? (clock.Elapsed.TotalSeconds, peak) : throw new InvalidOperationException($"thinice signals ended with {process.ExitCode}.");
    }

    private static string Data(string file)
    {
        var folder = Options.Data ?? throw new FileNotFoundException("This bench needs data that are not in the repository: ./bench signals-faers --data DIR, where DIR holds faers22q3raw.csv.gz and openebgm_faers22q3_zeroes_top200.csv.");
        return File.Exists(Path.Combine(folder, file)) ? Path.Combine(folder, file) : throw new FileNotFoundException($"{file} is not in the folder given with --data.");
    }

    private static void Same(double[] expected, double[] actual, double relative)
    {
        foreach (var (e, a) in expected.Zip(actual))
        {
            if (Math.Abs(a / e - 1) > relative) throw new InvalidOperationException($"The prior is not openEBGM's: {a:R} instead of {e:R}.");
        }
    }

    private static void Stored(SignalScores scores, string file)
    {
        var places = Enumerable.Range(0, scores.Counts.Pairs).ToDictionary(scores.Counts.Names);
        using var reader = new StreamReader(file);
        var (worst, rows) = (0.0, 0);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            // Two names, then numbers; a name may hold commas inside of quotation marks.
            var cells = Cells(line);
            worst = Math.Max(worst, Math.Abs(scores[places[(cells[0], cells[1])]].Ebgm / double.Parse(cells[^1], CultureInfo.InvariantCulture) - 1));
            rows++;
        }

        Console.WriteLine($"{rows} stored pairs: EBGM within {worst:E1} of openEBGM's");
        if (worst > 1e-3) throw new InvalidOperationException("A stored pair differs by more than a thousandth.");
    }

    private static List<string> Cells(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        foreach (var c in line + ",")
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(c);
        }

        return cells;
    }

    /// <summary>openEBGM's count of pairs with EB05 of at least 2: its quantiles are bisected from 1 and 100,000 until half the width is below 0.005, then rounded.</summary>
    private static int AsOpenEbgmCounts(SignalScores scores)
    {
        var count = 0;
        for (var i = 0; i < scores.Counts.Pairs; i++)
        {
            var table = scores.Counts[i];
            var posterior = scores.Fit.Used.Prior.Posterior(table.A, table.Expected);
            if (posterior.Cdf(1) > 0.05) continue;
            var (left, right) = (1.0, 100_000.0);
            while ((right - left) / 2 >= 0.005)
            {
                var middle = (left + right) / 2;
                if (posterior.Cdf(middle) < 0.05) left = middle;
                else right = middle;
            }

            if (Math.Round((left + right) / 2, 2) >= 2) count++;
        }

        return count;
    }
}
