using System.Globalization;
using System.Text.Json;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Tests.Commands;

/// <summary><c>thinice duplicates</c> as people call it.</summary>
public sealed class DuplicatesCommandTests : IDisposable
{
    private static readonly string[] Fields = ["--id", "id", "--field", "first:name", "--field", "last:name", "--field", "born:date", "--field", "number:code"];

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public DuplicatesCommandTests() => File.WriteAllLines(At("people.csv"), People());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, name);

    [Fact]
    public void Duplicates_writes_the_contracts_columns_the_groups_and_how_sure_it_is()
    {
        var run = CommandLineTests.Run(["duplicates", At("people.csv"), .. Fields, "--csv", At("p.csv"), "--groups", At("g.csv"), "--json"]);
        Assert.Equal(0, run.Exit);
        Assert.Equal("a,b,score,group", File.ReadLines(At("p.csv")).First());
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"p{i},c{i}").Order(), Pairs("p.csv"));
        Assert.Equal("group,id,master", File.ReadLines(At("g.csv")).First());
        Assert.Equal(8, File.ReadLines(At("g.csv")).Count(l => l.EndsWith(",yes", StringComparison.Ordinal)));
        var summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((88, 8, 8), (summary.GetProperty("records").GetInt32(), summary.GetProperty("pairs").GetInt32(), summary.GetProperty("groups").GetInt32()));
        Assert.InRange(summary.GetProperty("expectedPrecision").GetDouble(), 0.9, 1);
    }

    [Fact]
    public void What_a_person_decided_stands_above_the_weights_and_decisions_about_others_do_no_harm()
    {
        File.WriteAllText(At("d.csv"), "a,b,same\nc0,p0,no\np20,p21,YES\np1,nobody,no\n");
        var run = CommandLineTests.Run(["duplicates", At("people.csv"), .. Fields, "--decisions", At("d.csv"), "--csv", At("p.csv"), "--groups", At("g.csv")]);
        Assert.Equal(0, run.Exit);
        Assert.Equal(Enumerable.Range(1, 7).Select(i => $"p{i},c{i}").Append("p20,p21").Order(), Pairs("p.csv"));
        // Decided by a person: the surest of all, and in a group of its own.
        Assert.Equal("p20,p21", string.Join(',', File.ReadLines(At("p.csv")).Skip(1).First().Split(',')[..2]));
        Assert.Contains(File.ReadLines(At("g.csv")), l => l.Split(',')[1] == "p21");
        Assert.DoesNotContain(File.ReadLines(At("g.csv")), l => l.Split(',')[1] == "c0");
    }

    [Fact]
    public void A_broken_line_is_named_the_others_are_looked_through_and_it_ends_in_65()
    {
        File.WriteAllLines(At("people.csv"), [.. People(), "p0,Again,Again,1990-01-01,1", "x1,too short", ",No,Number,1990-01-01,7"]);
        var run = CommandLineTests.Run(["duplicates", At("people.csv"), .. Fields, "--csv", At("p.csv")]);
        Assert.Equal(65, run.Exit);
        foreach (var (code, line) in new[] { (Problems.Duplicate, 90), (Problems.RaggedRow, 91), (Problems.MissingCell, 92) })
            Assert.Contains(run.Errors.Split('\n'), l => l.StartsWith($"{code}: line {line}:", StringComparison.Ordinal));
        // The values of a line are somebody's: they are in no message.
        Assert.DoesNotContain("Again", run.Errors, StringComparison.Ordinal);
        Assert.Equal(8, Pairs("p.csv").Count());
    }

    [Fact]
    public void An_identifier_that_a_spreadsheet_would_run_is_written_as_text()
    {
        File.WriteAllLines(At("people.csv"), People().Select(l => l.StartsWith("c0,", StringComparison.Ordinal) ? $"=cmd{l[2..]}" : l));
        Assert.Equal(0, CommandLineTests.Run(["duplicates", At("people.csv"), .. Fields, "--csv", At("p.csv")]).Exit);
        Assert.Contains(File.ReadLines(At("p.csv")), l => l.StartsWith("p0,'=cmd,", StringComparison.Ordinal));
        Assert.DoesNotContain(File.ReadLines(At("p.csv")), l => l.Contains(",=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a,b,same\np0,c0,perhaps\n", 65, Problems.UnknownValue, "line 2, column same")]
    [InlineData("a,b\np0,c0\n", 65, Problems.MissingColumn, "same")]
    [InlineData("", 65, "", "d.csv")]
    public void Decisions_that_cannot_be_read_are_refused_with_file_line_and_column(string decisions, int exit, string code, string named)
    {
        File.WriteAllText(At("d.csv"), decisions);
        var run = CommandLineTests.Run(["duplicates", At("people.csv"), .. Fields, "--decisions", At("d.csv")]);
        Assert.Equal(exit, run.Exit);
        Assert.Contains(code, run.Errors, StringComparison.Ordinal);
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
        Assert.Contains("d.csv", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--id id --field last:name --field shoe:code", 65, Problems.MissingColumn)]
    [InlineData("--id nr --field last:name", 65, Problems.MissingColumn)]
    [InlineData("--id id --field last:nickname", 64, Problems.Usage)]
    [InlineData("--id id --field last", 64, Problems.Usage)]
    [InlineData("--id id --field last:name --field last:text", 65, Problems.DoesNotApply)]
    [InlineData("--id id", 64, Problems.Usage)]
    [InlineData("--field last:name", 64, Problems.Usage)]
    [InlineData("--id id --field last:name --decisions /nowhere/at-all.csv", 66, Problems.UnreadableFile)]
    [InlineData("--id id --field last:name --csv /nowhere/at/all.csv", 66, Problems.UnwritableFile)]
    public void What_cannot_be_done_is_refused_with_its_code(string options, int exit, string code)
    {
        var run = CommandLineTests.Run(["duplicates", At("people.csv"), .. options.Split(' ')]);
        Assert.Equal(exit, run.Exit);
        Assert.StartsWith(code, run.Errors[run.Errors.IndexOf(code, StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private IEnumerable<string> Pairs(string file) => File.ReadLines(At(file)).Skip(1).Select(l => string.Join(',', l.Split(',')[..2])).Order();

    /// <summary>80 people, and eight of them once more: a letter too many, no first name or no number.</summary>
    private static IEnumerable<string> People()
    {
        string[] first = ["anna", "bert", "carla", "dieter", "elena", "frank", "gerda", "henri"], last = ["meadow", "north", "osterman", "pelham", "quist", "rowley", "stamford", "tillman", "usher"];
        string Row(string id, int i, string name, string surname, string number) => string.Create(CultureInfo.InvariantCulture, $"{id}{i},{name},{surname},{1950 + i % 40}-{i % 12 + 1:00}-{i * 7 % 28 + 1:00},{number}");
        string Number(int i) => ((i + 3) * 7919 % 1_000_003).ToString("000000", CultureInfo.InvariantCulture);
        string Surname(int i) => $"{last[i % 9]}{(char)('a' + i % 25)}{(char)('a' + i % 23)}";
        return Enumerable.Range(0, 80).Select(i => Row("p", i, first[i % 8], Surname(i), Number(i)))
            .Concat(Enumerable.Range(0, 8).Select(i => Row("c", i, i % 2 == 0 ? "" : first[i % 8], $"{Surname(i)}s", i % 2 == 0 ? Number(i) : ""))).Prepend("id,first,last,born,number");
    }
}
