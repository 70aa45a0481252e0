using System.IO.Compression;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Signals;
using ThinIce.Numbers.Statistics.Sequential;

namespace ThinIce.Tests.Unit.Signals;

/// <summary>Reading reports, stages, thresholds and monitors, on small tables made by hand.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private static readonly ReportColumns Columns = new("report", "exposure", "event", []);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Save(string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private ReportReading Read(string text, string name = "r.csv") => ReportFiles.Read(Save(name, text), Columns);

    [Fact]
    public void A_report_counts_once_however_often_a_row_is_repeated()
    {
        var counts = Read("report,exposure,event\n1,hot stones,burn\n1,hot stones,burn\n2,cupping,bruise\n").Counts!;
        Assert.Equal(2, counts.Reports);
        Assert.Equal(1, counts[0].A);
    }

    [Fact]
    public void A_byte_order_mark_and_semicolons_are_read()
    {
        var reading = Read("\uFEFFreport;exposure;event\r\n1;\"hot; stones\";burn\r\n");
        Assert.Equal(("hot; stones", "burn"), reading.Counts!.Names(0));
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Bad_rows_are_named_by_line_and_column_and_the_good_ones_are_kept()
    {
        var reading = Read("report,exposure,event\n1,cupping,bruise\n2,,bruise\n3,cupping\n4,\"cup\nping\",\n5,cupping,bruise\n");
        Assert.Equal(2, reading.Rows);
        Assert.Equal(3, reading.BadRows);
        Assert.Equal(
            [(Problems.MissingCell, "line 3, column exposure"), (Problems.RaggedRow, "line 4"), (Problems.MissingCell, "line 5, column event")],
            reading.Problems.Select(p => (p.Code, p.Path)));
        Assert.Equal(2, reading.Counts![0].A);
    }

    [Fact]
    public void A_missing_column_is_told_with_the_columns_there_are()
    {
        var problem = Assert.Throws<FileProblemException>(() => Read("id,exposure,event\n1,a,b\n")).Problem;
        Assert.Equal((Problems.MissingColumn, "report"), (problem.Code, problem.Path));
        Assert.Contains("id, exposure, event", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", Problems.Empty)]
    [InlineData("report,exposure,event\n1,\"never closed,b\n2,c,d\n", Problems.MalformedTable)]
    [InlineData("PAR1\u0000", Problems.UnknownFormat)]
    [InlineData("report,exposure,report,event\n", Problems.MissingColumn)]
    public void A_file_that_cannot_be_read_at_all_is_refused_with_a_code(string text, string code) =>
        Assert.Equal(code, Assert.Throws<FileProblemException>(() => Read(text)).Problem.Code);

    [Fact]
    public void A_table_without_rows_says_so() => Assert.Equal(Problems.Empty, Assert.Single(Read("report,exposure,event\n").Problems).Code);

    [Fact]
    public void Gzip_json_lines_parquet_and_a_table_too_large_for_memory_give_the_same_counts()
    {
        const string csv = "report,exposure,event\n1,a,x\n1,b,x\n2,a,y\n3,a,x\n3,a,x\n";
        var plain = Read(csv).Counts!;
        var zipped = Path.Combine(folder, "r.csv.gz");
        using (var gzip = new GZipStream(File.Create(zipped), CompressionLevel.Fastest)) gzip.Write(System.Text.Encoding.UTF8.GetBytes(csv));
        var lines = Save("r.jsonl", string.Concat(csv.Split('\n')[1..^1].Select(l => l.Split(',')).Select(c => $"{{\"report\":{c[0]},\"exposure\":\"{c[1]}\",\"event\":\"{c[2]}\"}}\n")));
        var parquet = Path.Combine(folder, "r.parquet");
        using (var duck = new DuckDb(200_000_000, onDisk: false)) duck.Run($"COPY (SELECT * FROM read_csv({DuckDb.Quote(Path.Combine(folder, "r.csv"))})) TO {DuckDb.Quote(parquet)} (FORMAT parquet)");
        foreach (var (file, memory) in new[] { (zipped, 1_000_000_000L), (lines, 1_000_000_000), (parquet, 1_000_000_000), (Path.Combine(folder, "r.csv"), 10) })
        {
            var reading = ReportFiles.Read(file, Columns, new(memory));
            Assert.Equal(memory == 10, reading.OnDisk);
            Assert.Equal((plain.Reports, plain.Pairs), (reading.Counts!.Reports, reading.Counts.Pairs));
            Assert.Equal(2, Enumerable.Range(0, 3).Single(i => reading.Counts.Names(i) == ("a", "x")) is var at ? reading.Counts[at].A : 0);
        }
    }

    [Fact]
    public void A_parquet_file_that_is_none_and_a_null_in_a_row_are_told()
    {
        Assert.Equal(Problems.MalformedTable, Assert.Throws<FileProblemException>(() => Read("no parquet", "r.parquet")).Problem.Code);
        var reading = Read("{\"report\":1,\"exposure\":\"a\",\"event\":null}\n{\"report\":2,\"exposure\":\"a\",\"event\":\"x\"}\n", "r.jsonl");
        Assert.Equal("row 1, column event", Assert.Single(reading.Problems).Path);
        Assert.Equal(1, reading.Rows);
    }

    [Fact]
    public void Many_reports_counted_by_several_threads_are_counted_as_by_hand()
    {
        var rows = Enumerable.Range(0, 150_000).Select(i => (Report: i % 60_000, Exposure: i * 7 % 11, Event: i / 60_000 * 5 % 3 + i % 2, Sex: i % 60_000 % 2)).ToList();
        var file = Save("many.csv", "report,exposure,event,sex\n" + string.Concat(rows.Select(r => $"{r.Report},x{r.Exposure},v{r.Event},{r.Sex}\n")));
        var counts = ReportFiles.Read(file, Columns with { Strata = ["sex"] }).Counts!;
        Assert.Equal(60_000, counts.Reports);
        var byHand = rows.GroupBy(r => ($"x{r.Exposure}", $"v{r.Event}")).ToDictionary(g => g.Key, g => g.Select(r => r.Report).Distinct().Count());
        Assert.Equal(byHand.Count, counts.Pairs);
        for (var i = 0; i < counts.Pairs; i++)
        {
            var (x, v) = counts.Names(i);
            Assert.Equal(byHand[(x, v)], counts[i].A);
            Assert.Equal(rows.Where(r => $"x{r.Exposure}" == x).Select(r => r.Report).Distinct().Count(), counts[i].A + counts[i].B);
        }
    }

    [Fact]
    public void A_report_in_two_strata_stays_in_its_first_and_is_counted_as_a_contradiction()
    {
        var reading = ReportFiles.Read(Save("s.csv", "report,exposure,event,sex\n1,a,x,f\n1,b,x,m\n2,a,x,\n"), Columns with { Strata = ["sex"] });
        Assert.Equal(1, reading.Contradictions);
        Assert.Equal(2, reading.Counts!.Reports);
    }

    [Fact]
    public void Few_pairs_are_scored_without_a_prior_and_said_to_be_few()
    {
        var scores = SignalScores.Of(Read("report,exposure,event\n1,a,x\n2,b,y\n3,a,y\n").Counts!, zeroes: true);
        Assert.Equal(FitEnding.TooFewPairs, scores.Fit.Used.Ending);
        Assert.Null(scores.Eb05AtLeast2);
        Assert.True(double.IsNaN(scores[0].Eb05));
        Assert.True(double.IsFinite(scores[0].Ic.Low));
    }

    [Fact]
    public void Every_threshold_is_dated_and_has_a_source_and_a_measure_that_exists()
    {
        Assert.Equal(6, ScreeningThreshold.Published.Length);
        var table = new PairTable(16, 44, 31, 3356);
        var score = new PairScore(16, table.Expected, Ratio.ProportionalReporting(table), Ratio.ReportingOdds(table), InformationComponent.Shrunk(16, table.Expected), 23.3, 15.7, 33.5);
        Assert.All(ScreeningThreshold.Published, t => Assert.True(t.IsMetBy(score, table) && t.Source.StartsWith("https://", StringComparison.Ordinal) && t.AsOf.Year > 2000));
        Assert.DoesNotContain(ScreeningThreshold.Published, t => t.IsMetBy(score with { Observed = 2, Ic = default, Eb05 = double.NaN }, table) && t.Id != "evans");
    }

    [Fact]
    public void A_disproportion_becomes_a_signal_only_by_a_persons_decision_and_validated_only_by_another()
    {
        var score = new PairScore(16, 0.4, default, default, default, 23.3, 15.7, 33.5);
        var disproportion = new SignalOfDisproportionateReporting("hot stones", "burn", score, ["ic"], new(2026, 11, 1));
        var signal = disproportion.Consider(new("safety officer", new(2026, 11, 2), "three cases with the same stones"));
        Assert.Equal("safety officer", signal.Considered.By);
        Assert.Equal(disproportion, signal.Validate(new("safety board", new(2026, 11, 9), "cases read")).From.From);
        Assert.Throws<ArgumentException>(() => signal.Validate(new("safety board", new(2026, 11, 1), "too early")));
        Assert.Throws<ArgumentException>(() => new PersonsDecision(" ", new(2026, 11, 2), "nobody"));
        Assert.Empty(typeof(Signal).GetConstructors());
        Assert.Empty(typeof(ValidatedSignal).GetConstructors());
    }

    [Fact]
    public void Without_the_exposure_that_fills_an_event_a_hidden_pair_comes_to_light()
    {
        // 400 reports of a and burn hide that b and burn come together in 8 of 12 of b's reports; 500 others name neither.
        var rows = Enumerable.Range(0, 400).Select(i => $"m{i},a,burn").Concat(Enumerable.Range(0, 8).Select(i => $"b{i},b,burn")).Concat(Enumerable.Range(0, 4).Select(i => $"c{i},b,rash"))
            .Concat(Enumerable.Range(0, 300).Select(i => $"o{i},c,rash"));
        var reading = ReportFiles.Read(Save("m.csv", $"report,exposure,event\n{string.Join('\n', rows)}\n"), Columns, new(1_000_000_000, KeepRows: true));
        var masked = Assert.Single(Masking.Check(SignalScores.Of(reading.Counts!, zeroes: false), ScreeningThreshold.Published), m => m.Event == "burn");
        Assert.Equal(("b", "a"), (masked.Exposure, masked.MaskedBy));
        Assert.True(masked.With.Ic.Low < 0 && masked.Without.Ic.Low > 0);
    }

    [Fact]
    public void A_monitor_stops_at_its_first_signal_and_at_its_horizon()
    {
        var design = new PoissonMaxSprt(10);
        var limit = design.CriticalValue();
        var steps = SequentialMonitor.Run(design, limit, Enumerable.Repeat((2.0, 0.5), 30));
        Assert.True(steps[^1].Signals);
        Assert.Single(steps, s => s.Signals);
        Assert.DoesNotContain(SequentialMonitor.Run(design, limit, Enumerable.Repeat((1.0, 1.0), 30)), s => s.Signals);
        Assert.Equal(10, SequentialMonitor.Run(design, limit, Enumerable.Repeat((1.0, 1.0), 30)).Count);
    }

    [Fact]
    public void A_delay_keeps_the_false_alarms_within_alpha()
    {
        var design = new PoissonMaxSprt(10, 1, 3);
        var limit = design.CriticalValue();
        Assert.InRange(design.FalseAlarm(limit), 0.03, 0.05);
        Assert.True(design.FalseAlarm(limit * 0.999) > 0.05);
        Assert.True(limit < new PoissonMaxSprt(10).CriticalValue());
    }

    [Fact]
    public void A_limit_for_false_alarms_keeps_them()
    {
        var (chart, _) = LatticeCusum.ForSessions(0.02, 0.06);
        var usual = LatticeCusum.SessionOutcomes(0.02);
        var limit = chart.LimitForFalseAlarm(0.05, 500, usual);
        Assert.InRange(chart.SignalWithin(500, limit, usual), 0, 0.05);
        Assert.True(chart.SignalWithin(500, limit - 1, usual) > 0.05);
    }
}
