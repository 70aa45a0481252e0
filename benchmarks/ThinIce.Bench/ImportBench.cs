using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ThinIce.Core.Contract;
using ThinIce.Knowledge;
using ThinIce.Registry;
using ThinIce.Registry.Imports;
using ThinIce.Registry.Keys;

namespace ThinIce.Bench;

/// <summary>
/// Reports from a file into SQLite as cases: each read for what it means, encrypted with a key of its own, coded, judged how urgent, with an event in
/// the chain. Peer: the same file's lines as bare rows, 500 in a transaction, in the same run.
/// </summary>
internal static class ImportBench
{
    private const int Reports = 20_000, AtOnce = 500;

    public static Result Run()
    {
        var folder = Directory.CreateTempSubdirectory("thinice-bench-").FullName;
        try
        {
            var knowledge = Bundled.Load();
            var file = Path.Combine(folder, "reports.csv");
            Write(file, MadeReports.OfPublished(knowledge));
            return RunAsync(folder, file, new(knowledge, () => new DateOnly(2026, 11, 24))).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string file, MadeReports made)
    {
        using var to = new StreamWriter(file);
        to.Write("case,age_years,sex,massage_date,event_date,harms,provider,minutes,cross_reference,words\n");
        foreach (var one in made.Make(Reports, 0.1)) to.Write(CsvCell.Line([one.Id, .. new[] { 0, 1, 2, 3, 4, 6, 8, 9, 10 }.Select(i => one.Values[i])]) + "\n");
    }

    private static async Task<Result> RunAsync(string folder, string file, Answerer answerer)
    {
        await using var registry = await ClinicRegistry.OpenAsync(new() { DataFolder = Path.Combine(folder, "data"), PublicUrl = new("https://bench.example/"), Clock = new BenchClock() }, new(answerer, ReadOnlyMemory<byte>.Empty));
        var (clinic, _) = (await registry.Clinics.OpenAsync(new() { Name = "Bench", Country = "GB", TimeZone = "Europe/London" }, new("B", "b@bench.example", [Role.ClinicAdmin, Role.SafetyOfficer]))).Value;
        var opened = ReportFile.Open(file).Value;
        var watch = Stopwatch.StartNew();
        var taken = (await registry.CaseFiles.TakeAsync(Actor.Operator(clinic), opened, ReportMap.Guess(opened.Columns), resume: false, row => Console.Error.WriteLine($"line {row.Line}: {row.Problem!.Code} {row.Problem.Path}"), (rows, _) => { })).Value;
        var ours = taken.Rows / watch.Elapsed.TotalSeconds;
        return new(ours, "reports/s", $"lines as bare rows, {AtOnce} in a transaction", Bare(Path.Combine(folder, "bare.db"), File.ReadAllLines(file)));
    }

    private static double Bare(string file, string[] lines)
    {
        using var connection = RegistryWrite.OpenBare(file);
        var watch = Stopwatch.StartNew();
        foreach (var batch in lines.Chunk(AtOnce))
        {
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO bare (body) VALUES ($body)";
            var body = insert.Parameters.Add("$body", SqliteType.Text);
            foreach (var line in batch)
            {
                body.Value = line;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return lines.Length / watch.Elapsed.TotalSeconds;
    }
}
