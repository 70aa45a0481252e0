using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Imports;
using ThinIce.Registry.Model;
using ThinIce.TestSupport;

namespace ThinIce.Stores.Tests;

/// <summary>Cases as files: good rows in, broken ones aside with line and reason, and what is handed out can be taken in again.</summary>
public abstract class CaseFileTests(PostgreSqlServer server, Database database)
{
    private Task<Desk> DeskAsync() => Desk.NewAsync(database, server);

    private static async Task<(Outcome<ReportsTaken> Taken, List<FileRecord> Aside)> TakeAsync(Desk desk, string text, ReportMap? map = null, bool resume = false, string name = "reports.csv")
    {
        var path = Path.Combine(desk.Folder, name);
        await File.WriteAllTextAsync(path, text);
        var opened = ReportFile.Open(path);
        if (!opened.IsDone) return (Outcome<ReportsTaken>.Refused(opened.Problems), []);
        var aside = new List<FileRecord>();
        return (await desk.Registry.CaseFiles.TakeAsync(Actor.Operator(desk.Clinic), opened.Value, map ?? ReportMap.Guess(opened.Value.Columns), resume, aside.Add), aside);
    }

    private static async Task<List<Dictionary<string, string?>>> RowsAsync(Desk desk, ExportChoice choice)
    {
        var rows = new List<Dictionary<string, string?>>();
        await foreach (var row in desk.Registry.CaseFiles.RowsAsync(Actor.Operator(desk.Clinic), choice)) rows.Add(CaseFiles.Columns(choice).Zip(row).ToDictionary(c => c.First.Name, c => c.Second));
        return rows;
    }

    [Fact]
    public async Task Good_rows_are_in_and_each_broken_one_is_kept_aside_with_its_line_and_what_is_wrong()
    {
        await using var desk = await DeskAsync();
        var (taken, aside) = await TakeAsync(desk, """
            id;narrative;Age;gender;session date;event date;harm;intensity;hours
            1;Woke up with a stroke after the neck massage, could not speak;52;F;2026-11-03;2026-11-01;;severe;
            2;bruise on the back;200;male;2026-11-01;;;mild;
            3;"never closed;;;;;;;
            4;sore shoulder next day;33;male;2026-11-02;;no-such-harm;mild;
            5;a;b;c;d;e;f;g;h;i
            6;;;;;;;;
            7;sore shoulder next day;;;2026-02-30;;;;
            8;"two lines
            of one cell";;;2027-01-01;;;;
            9;"two lines
            of ""one"" cell";41;m;2026;;;Not Known;
            10;fine;41;m;2026;;;unknown;
            """);
        Assert.Equal((10, 2, 8), (taken.Value.Rows, taken.Value.Cases, taken.Value.Rejected));
        Assert.Equal(
            [(3, Problems.OutOfRange, "age_years"), (4, Problems.CsvRow, ""), (5, Problems.UnknownValue, "harms"), (6, Problems.RaggedRow, ""), (7, Problems.Missing, "words"), (8, Problems.NotADate, "massage_date"), (9, Problems.InTheFuture, "massage"), (11, Problems.UnknownValue, "intensity")],
            aside.Select(r => (r.Line, r.Problem!.Code, r.Problem.Path)));
        Assert.Equal("3;\"never closed;;;;;;;", aside[1].Raw);
        // An event before its massage contradicts itself; both dates are kept, and the alarming words put it first.
        var row = (await RowsAsync(desk, new(Days: true)))[0];
        Assert.Equal(("2026-11-03", "2026-11-01", "emergency", "presumed"), (row["massage_date"], row["event_date"], row["urgency"], row["review_class"]));
        Assert.Equal("unknown", (await RowsAsync(desk, new()))[1]["intensity"]);
        Assert.Single(await desk.Registry.Store.Context().Set<Message>().Where(m => m.Template == Template.Report).ToListAsync());
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_file_is_taken_in_once_and_one_that_is_no_file_of_reports_is_refused_whole()
    {
        await using var desk = await DeskAsync();
        const string File = "words\nsore shoulder\n";
        Assert.True((await TakeAsync(desk, File)).Taken.IsDone);
        Assert.Equal(Problems.Duplicate, (await TakeAsync(desk, File, name: "again.csv")).Taken.Problems[0].Code);
        Assert.Equal(Problems.Duplicate, (await TakeAsync(desk, File, resume: true)).Taken.Problems[0].Code);
        Assert.Equal(Problems.MissingColumn, (await TakeAsync(desk, "age,sex\n4,male\n")).Taken.Problems[0].Code);
        Assert.Equal(Problems.Empty, (await TakeAsync(desk, "words\n")).Taken.Problems[0].Code);
        Assert.Equal(Problems.CsvNoHeader, (await TakeAsync(desk, "\n")).Taken.Problems[0].Code);
        Assert.Equal(Problems.MalformedJson, (await TakeAsync(desk, "{nonsense", name: "a.jsonl")).Taken.Problems[0].Code);
        Assert.Equal(1, await desk.Registry.Store.Context().Set<CaseRecord>().CountAsync());
    }

    [Fact]
    public async Task A_map_says_what_headings_words_and_dates_mean_and_a_name_it_misspells_is_said()
    {
        await using var desk = await DeskAsync();
        const string File = "what,when,how bad\nsore shoulder,03/11/2026,B\n";
        var map = ReportMap.Guess(["what", "when", "how bad"]);
        map = map with { Columns = map.Columns.SetItem("words", "what").SetItem("massage_date", "when").SetItem("intensity", "how bad"), Defaults = map.Defaults.SetItem("reporter", "professional"), Dates = DateOrder.DayMonthYear };
        var misspelt = (await TakeAsync(desk, File, map with { Values = map.Values.SetItem("painn", map.Defaults) })).Taken.Problems[0];
        Assert.Equal((Problems.UnknownValue, "painn"), (misspelt.Code, misspelt.Path));
        Assert.Equal(Problems.CsvColumn, (await TakeAsync(desk, File, map with { Columns = map.Columns.SetItem("sex", "gender") })).Taken.Problems[0].Code);
        Assert.True((await TakeAsync(desk, File, map with { Values = map.Values.SetItem("intensity", map.Defaults.Clear().Add("B", "moderate")), Defaults = map.Defaults.SetItem("reporter", "therapist") })).Taken.IsDone);
        var row = (await RowsAsync(desk, new(Days: true)))[0];
        Assert.Equal(("2026-11-03", "moderate", "therapist"), (row["massage_date"], row["intensity"], row["reporter"]));
    }

    [Fact]
    public async Task What_is_handed_out_in_full_can_be_taken_in_by_another_registry_and_says_the_same_there()
    {
        await using var desk = await DeskAsync();
        await using var other = await DeskAsync();
        foreach (var published in Repository.Compiled.Published.Take(40))
            await desk.Registry.Reports.MakeAsync(desk.Clinic, new() { Kind = ReportKind.AdverseEvent, Words = published.Story.In("en") is { Length: > 0 } story ? story : "=1+1" }, new(Guid.NewGuid()));
        var choice = new ExportChoice(WithWords: true, Days: true);
        var rows = await RowsAsync(desk, choice);
        var (taken, aside) = await TakeAsync(other, string.Join('\n', rows.Select(r => CsvCell.Line(r.Values)).Prepend(CsvCell.Line(rows[0].Keys))));
        Assert.Empty(aside);
        Assert.Equal(rows.Select(r => r["case"]).Distinct().Count(), taken.Value.Cases);
        string[] own = ["source", "received", "knowledge"];
        foreach (var (was, isNow) in rows.Zip(await RowsAsync(other, choice)))
            Assert.Equal(was.Where(c => !own.Contains(c.Key)), isNow.Where(c => !own.Contains(c.Key)));
    }

    [Fact]
    public async Task Without_being_asked_no_words_no_days_and_no_case_that_was_none_are_handed_out()
    {
        await using var desk = await DeskAsync();
        await TakeAsync(desk, "words,massage_date,cross_reference,reason\nMy neighbour Anna fell,2026-11-03,doi:1,Annas back\n");
        var spam = await desk.Registry.Reports.MakeAsync(desk.Clinic, new() { Kind = ReportKind.AdverseEvent, Words = "Buy pills" }, new(Guid.NewGuid()));
        var id = (await desk.Registry.Cases.BoardAsync(desk.Officer)).Value.Lines.Single(l => l.Row.Number == 2).Row.CaseId;
        Assert.True(spam.IsDone && (await desk.Registry.Cases.SetStateAsync(desk.Officer, id, CaseState.Nullified, "Spam")).IsDone);
        var row = Assert.Single(await RowsAsync(desk, new()));
        Assert.DoesNotContain("Anna", string.Join('|', row.Values), StringComparison.Ordinal);
        Assert.Equal(("2026-11", false), (row["massage_date"], row.ContainsKey("cross_reference")));
        Assert.Equal(2, (await RowsAsync(desk, new(All: true))).Count);
        // That it was handed out stands in the chain.
        Assert.Equal(2, (await desk.Registry.Store.Context().Set<Event>().ToListAsync()).Count(e => e.Type == "cases-exported"));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_licence_holders_map_of_terms_is_shown_and_one_that_is_none_is_refused_at_the_start()
    {
        await using var desk = await DeskAsync();
        await TakeAsync(desk, "words,event_code\nA bruise.,bruising\nA headache.,headache\n");
        Assert.Null((await RowsAsync(desk, new()))[0]["meddra"]);
        var file = Path.Combine(desk.Options.DataFolder, TermMap.FileName);
        // A made-up term: no licensed one stands in this repository.
        await File.WriteAllTextAsync(file, "id,code,term\nbruising,12345,Made-up term\n");
        await desk.ReopenAsync();
        var row = (await RowsAsync(desk, new()))[0];
        Assert.Equal(("Made-up term (12345)", "T14.0"), (row["meddra"], row["icd_10"]));
        Assert.Equal((null, "R51"), ((await RowsAsync(desk, new()))[1]["meddra"], (await RowsAsync(desk, new()))[1]["icd_10"]));
        var id = (await desk.Registry.Cases.BoardAsync(desk.Officer)).Value.Lines.Single(l => l.Row.Number == 1).Row.CaseId;
        Assert.Equal("Made-up term (12345)", (await desk.Registry.Cases.OpenAsync(desk.Officer, id)).Value.Events[0].Term);
        await File.WriteAllTextAsync(file, "code,term\n12345,Made-up term\n");
        Assert.Equal(Problems.MissingColumn, (await Assert.ThrowsAsync<RegistryException>(desk.ReopenAsync)).Problem.Code);
        File.Delete(file);
        await desk.ReopenAsync();
    }
}

public sealed class CaseFilesOnSqlite(PostgreSqlServer server) : CaseFileTests(server, Database.Sqlite);

public sealed class CaseFilesOnPostgreSql(PostgreSqlServer server) : CaseFileTests(server, Database.PostgreSql);
