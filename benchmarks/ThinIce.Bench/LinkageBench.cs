using System.Diagnostics;
using System.Globalization;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Plots;

namespace ThinIce.Bench;

/// <summary>Duplicates: the whole process of <c>thinice duplicates</c>, threshold chosen without labels, scored against the truth.</summary>
internal static class LinkageBench
{
    private static readonly string[] Febrl =
    [
        "given_name:name", "surname:name", "street_number:number", "address_1:text", "address_2:text", "suburb:name", "postcode:code", "state:category", "date_of_birth:date", "soc_sec_id:code",
    ];

    private static string Root => Environment.GetEnvironmentVariable("THINICE_ROOT") ?? throw new InvalidOperationException("Run it as ./bench NAME.");

    private static string Temporary(string name) => Path.Combine(Path.GetTempPath(), $"thinice-bench-{Environment.ProcessId}-{name}");

    /// <summary>FEBRL-3 and FEBRL-4, and reports made from published cases. The worse F1 of FEBRL's two is the value.</summary>
    public static Result Sets()
    {
        static string Person(string id) => id.Split('-')[1];
        var three = Run("FEBRL-3", [Data("febrl_dataset3.csv")], "rec_id", Febrl, Person, 5);
        var four = Run("FEBRL-4", [Data("febrl_dataset4a.csv"), Data("febrl_dataset4b.csv")], "rec_id", Febrl, Person, 5);
        Made(5_000, 5);
        // Where nobody is reported twice the right answer is next to nothing.
        Made(5_000, 1, share: 0);
        return new(Math.Min(three.F1, four.F1), "F1", "reclin2 on FEBRL-3, its best threshold chosen with labels (another day; recordlinkage on FEBRL-4: .9917)", 0.9915);
    }

    /// <summary>100,000 made-up reports, and 10³ and 10⁴ before; the cost is drawn.</summary>
    public static Result Scale()
    {
        List<(int, double)> points = [];
        foreach (var count in new[] { 1_000, 10_000, 100_000 }) points.Add((count, Made(count, count > 50_000 ? 1 : 3)));
        var picture = Path.Combine(Root, "benchmarks", "linkage-scale.svg");
        LinkagePictures.Cost(points).Save(picture);
        Console.WriteLine($"drawn: {picture}");
        return new(points[^1].Item2, "s", "ten times the time of 10,000 reports: cost in proportion", 10 * points[1].Item2);
    }

    private static double Made(int count, int times, double share = 0.1)
    {
        var reports = MadeReports.OfPublished(Bundled.Load()).Make(count, share);
        var file = Temporary("reports.csv");
        File.WriteAllLines(file, reports.Select(r => CsvCell.Line([r.Id, .. r.Values])).Prepend($"id,{string.Join(',', MadeReports.Columns.Select(c => c.Column))}"));
        var persons = reports.ToDictionary(r => r.Id, r => r.Person.ToString(CultureInfo.InvariantCulture));
        var seconds = Run(share > 0 ? $"{count} made-up reports" : $"{count} made-up reports, none twice", [file], "id", [.. MadeReports.Columns.Select(c => $"{c.Column}:{c.Kind}")], id => persons[id], times).Seconds;
        File.Delete(file);
        return seconds;
    }

    private static (double F1, double Seconds) Run(string name, string[] files, string id, string[] fields, Func<string, string> person, int times)
    {
        var pairs = Temporary("pairs.csv");
        string[] call = ["duplicates", .. files, "--id", id, .. fields.SelectMany(f => new[] { "--field", f }), "--csv", pairs];
        var (all, peak) = (new List<double>(), 0L);
        for (var i = 0; i < times; i++)
        {
            var (took, memory) = Process(call);
            all.Add(took);
            peak = Math.Max(peak, memory);
        }

        var found = File.ReadLines(pairs).Skip(1).Select(l => l.Split(',')).ToList();
        File.Delete(pairs);
        var truth = files.SelectMany(f => File.ReadLines(f).Skip(1)).GroupBy(l => person(l.Split(',')[0])).Sum(g => g.Count() * (g.Count() - 1.0) / 2);
        double right = found.Count(p => person(p[0]) == person(p[1])), f1 = 2 * right / Math.Max(1, found.Count + truth), seconds = all.Order().ElementAt(all.Count / 2);
        Console.WriteLine(FormattableString.Invariant($"{name}: {truth} duplicate pairs, {found.Count} suspected, precision {right / Math.Max(1, found.Count):F4}, recall {right / Math.Max(1, truth):F4}, F1 {f1:F4}; {seconds:F2} s, whole process, at most {peak >> 20} MB"));
        return (f1, seconds);
    }

    private static (double Seconds, long Peak) Process(string[] arguments)
    {
        var (clock, peak) = (Stopwatch.StartNew(), 0L);
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(Path.Combine(Root, "thinice"), arguments) { RedirectStandardOutput = true })!;
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

        return process.ExitCode == 0 ? (clock.Elapsed.TotalSeconds, peak) : throw new InvalidOperationException($"thinice duplicates ended with {process.ExitCode}.");
    }

    private static string Data(string file)
    {
        var folder = Options.Data ?? throw new FileNotFoundException("This bench needs data that are not in the repository: ./bench linkage --data DIR, where DIR (or its folder linkage) holds febrl_dataset3.csv, febrl_dataset4a.csv and febrl_dataset4b.csv.");
        return new[] { Path.Combine(folder, file), Path.Combine(folder, "linkage", file) }.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"{file} is not in the folder given with --data.");
    }
}
