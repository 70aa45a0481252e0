using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;

namespace ThinIce.Bench;

/// <summary>
/// A month of reports through the registry itself, on a clock of its own: 1,000 a day by the public form, by night too, one in five made of a
/// published case and the rest of what is common; one in fifty reporters adds something alarming within two days. Officers work from the top of the
/// board, 800 cases a day between 8 and 18 o'clock. Counted are the cases that were or might be serious when they were judged, or when the month
/// ended, and by how many their due time had passed. Peer: the same reports and the same work, in the order in which they came.
/// </summary>
internal static class CaseMonth
{
    private const int Days = 30, ADay = 1_000, Assessed = 800, From = 8, Until = 18, AtOnce = 16;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Common =
    [
        "A bit sore the next day where she had pressed, gone after two days.", "I was tired in the evening after the massage and slept long.", "The oil smelled odd and I did not like it.", "My shoulders ached for a day afterwards.",
        "I had a small bruise on my thigh two days after the sports massage.", "The table wobbled and I nearly slipped getting off it. Nothing happened.", "My skin was a little red where the cups had been.", "I had a slight headache that evening, it went by itself.",
    ];

    private sealed record Known(DateTimeOffset At, CaseUrgency Urgency, DateTimeOffset? Judged);

    public static Result Run()
    {
        var folder = Directory.CreateTempSubdirectory("thinice-bench-").FullName;
        try
        {
            return MonthAsync(folder).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Result> MonthAsync(string folder)
    {
        var (clock, watch, random) = (new BenchClock { Now = Start }, Stopwatch.StartNew(), new Random(11));
        var answerer = new Answerer(Bundled.Load(), () => DateOnly.FromDateTime(clock.Now.UtcDateTime));
        await using var registry = await ClinicRegistry.OpenAsync(new() { DataFolder = folder, PublicUrl = new("https://bench.example/"), Clock = clock }, new(answerer, ReadOnlyMemory<byte>.Empty));
        var (clinic, staff) = (await registry.Clinics.OpenAsync(new() { Name = "Bench", Country = "GB", TimeZone = "Europe/London", CasesADay = Assessed }, new("B", "b@bench.example", [Role.ClinicAdmin, Role.SafetyOfficer]))).Value;
        var officer = Actor.Staff(clinic, staff);
        string[] grave = [.. answerer.Knowledge.Published.Select(c => c.Story.In("en")).Where(s => s.Length > 0)];
        ConcurrentDictionary<CaseId, Known> cases = [];
        List<(DateTimeOffset At, LinkToken Receipt)> more = [];
        var left = 0.0;
        for (var hour = 0; hour < Days * 24; hour++)
        {
            clock.Now = Start.AddHours(hour);
            // Evenings are busier than nights.
            var coming = (int)Math.Round(ADay * (Math.Pow((hour % 24) + 1, 2) - Math.Pow(hour % 24, 2)) / (24 * 24));
            var words = Enumerable.Range(0, coming).Select(_ => random.Next(5) == 0 ? random.GetItems(grave, 1)[0] : random.GetItems(Common, 1)[0]).ToList();
            await Parallel.ForEachAsync(words, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (said, stop) =>
            {
                var made = (await registry.Reports.MakeAsync(clinic, new() { Kind = ReportKind.AdverseEvent, Words = said }, new(Guid.NewGuid()), stop)).Value;
                lock (more)
                {
                    if (random.Next(50) == 0) more.Add((clock.Now.AddHours(random.NextDouble() * 48), made.Receipt));
                }
            });
            foreach (var (_, receipt) in more.Where(m => m.At <= clock.Now)) await registry.Reports.AddAsync(receipt, "Since last night I cannot lift my left arm and my speech is slurred.", new(Guid.NewGuid()));
            more.RemoveAll(m => m.At <= clock.Now);
            if (hour % 24 is < From or >= Until && hour < (Days * 24) - 1) continue;
            var board = (await registry.Cases.BoardAsync(officer)).Value.Lines.Where(l => l.Row.DueAt is not null).ToList();
            foreach (var line in board) cases[line.Row.CaseId] = new(line.Row.ReceivedAt, Urgency(line.Row), null);
            if (hour % 24 >= Until) continue;
            var can = (int)(left += (double)Assessed / (Until - From));
            left -= can;
            await Parallel.ForEachAsync(board.Take(can), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (line, _) => JudgeAsync(registry, officer, line.Row.CaseId));
            foreach (var (line, at) in board.Take(can).Select((l, i) => (l, i))) cases[line.Row.CaseId] = cases[line.Row.CaseId] with { Judged = clock.Now.AddHours((at + 1.0) / can) };
            if (hour % 24 == Until - 1) Console.Error.WriteLine(FormattableString.Invariant($"day {(hour / 24) + 1}: {cases.Count} reports, {cases.Values.Count(c => c.Judged is not null)} judged, {cases.Values.Count(IsLate)} serious ones late; {watch.Elapsed.TotalSeconds:0} s"));
        }

        var serious = cases.Values.Count(c => c.Urgency.IsSerious);
        var (late, came) = (cases.Values.Count(IsLate), InTheOrderTheyCame([.. cases.Values]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases.Count} reports in {Days} days, {serious} that were or might be serious, {cases.Values.Count(c => c.Judged is not null)} judged; serious ones late {late}, in the order they came {came}; {watch.Elapsed.TotalSeconds:0} s"));
        return new(late, $"late of {serious} serious", "the same in the order they came", came);
    }

    private static CaseUrgency Urgency(CaseRecord row) => new(row.Class, row.DueAt!.Value, row.Expected, row.Completeness);

    private static bool IsLate(Known of) => of.Urgency.IsSerious && (of.Judged ?? Start.AddDays(Days)) > of.Urgency.DueAt;

    private static async ValueTask JudgeAsync(ClinicRegistry registry, Actor officer, CaseId id)
    {
        var seen = (await registry.Cases.OpenAsync(officer, id)).Value;
        if (seen.Events is [var first, ..]) await registry.Cases.JudgeAsync(officer, id, first.Row.Id, new(CausalityMethod.CannotBeAssessed, FactsJson.Name(WhoUmcCategory.Unassessable), "{}", null));
        else await registry.Cases.SetStateAsync(officer, id, CaseState.Closed, "Read.");
    }

    /// <summary>The same work on the same reports, first come first served.</summary>
    private static int InTheOrderTheyCame(List<Known> cases)
    {
        var (late, left, hour) = (0, 0.0, 0);
        foreach (var one in cases.OrderBy(c => c.At))
        {
            while (left < 1 || Start.AddHours(hour) < one.At)
            {
                hour++;
                if (hour % 24 is >= From and < Until) left = Math.Min(left, 1) + ((double)Assessed / (Until - From));
                if (hour >= Days * 24) break;
            }

            if (one.Urgency.IsSerious && Start.AddHours(Math.Min(hour + 1, Days * 24)) > one.Urgency.DueAt) late++;
            left--;
        }

        return late;
    }
}
