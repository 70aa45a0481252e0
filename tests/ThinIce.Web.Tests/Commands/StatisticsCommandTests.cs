using System.Text;
using System.Text.Json;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Tests.Commands;

/// <summary>thinice rates, pool and power as programs call them.</summary>
public sealed class StatisticsCommandTests
{
    private const string Pritz = "study,events,n\n1,16,17\n2,10,12\n3,4,8\n4,43,58\n5,10,10\n6,25,42\n7,13,14\n8,12,12\n9,22,41\n10,4,5\n11,5,6\n12,18,23\n13,58,68\n14,6,10\n";

    [Fact]
    public void Rates_gives_every_interval_and_the_one_sided_bound()
    {
        var json = Json(CommandLineTests.Run(["rates", "--events", "10", "--n", "100", "--json"]));
        Assert.Equal((10, 100, 0.1, 0.95), (json.GetProperty("events").GetInt32(), json.GetProperty("n").GetInt32(), json.GetProperty("estimate").GetDouble(), json.GetProperty("level").GetDouble()));
        var methods = json.GetProperty("intervals").EnumerateArray().ToDictionary(i => i.GetProperty("method").GetString()!);
        Assert.Superset(new HashSet<string>(["clopper-pearson", "mid-p", "wilson", "jeffreys"]), methods.Keys.ToHashSet());
        // R: binom.test(10, 100), and its one-sided bound.
        Assert.Equal(0.176222597740023, methods["clopper-pearson"].GetProperty("high").GetDouble(), 1e-12);
        Assert.Equal(0.163717623275815, json.GetProperty("oneSidedUpper").GetDouble(), 1e-12);
    }

    [Fact]
    public void A_rate_for_people_says_what_is_missing_beside_it()
    {
        var run = CommandLineTests.Run(["rates", "--events", "0", "--n", "100"]);
        foreach (var words in new[] { "not a rate: read the upper bound", "people or visits (not said which)", "Window         not said", "How asked      not said", "not because of" })
            Assert.Contains(words, run.Output, StringComparison.Ordinal);
        var told = CommandLineTests.Run(["rates", "--events", "10", "--n", "100", "--of", "people", "--window", "3 days", "--asked", "telephone", "--invited", "130"]).Output;
        foreach (var words in new[] { "100 people", "3 days", "telephone", "76.92 % of 130 answered" }) Assert.Contains(words, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reml", "", 0.75747929508915)]
    [InlineData("dl", "", 0.757306614841311)]
    [InlineData("reml", "--knapp-hartung", 0.75747929508915)]
    public void Pool_gives_metafors_figure_from_standard_input(string method, string more, double estimate)
    {
        var json = Json(CommandLineTests.Run([.. new[] { "pool", "-", "--events", "events", "--n", "n", "--scale", "logit", "--method", method, "--json", more }.Where(a => a.Length > 0)], Pritz));
        Assert.Equal(estimate, json.GetProperty("estimate").GetDouble(), 1e-9);
        Assert.Equal((14, "logit", method), (json.GetProperty("k").GetInt32(), json.GetProperty("scale").GetString(), json.GetProperty("method").GetString()));
        foreach (var field in new[] { "low", "high", "tau2", "i2", "q", "qP", "predictionLow", "predictionHigh" }) Assert.Equal(JsonValueKind.Number, json.GetProperty(field).ValueKind);
        Assert.Equal(14, json.GetProperty("studies").GetArrayLength());
    }

    [Fact]
    public void Rows_of_people_given_as_studies_are_refused_with_the_way_out()
    {
        var run = CommandLineTests.Run(["pool", "-", "--events", "x", "--n", "n", "--json"], "x,n\n" + string.Concat(Enumerable.Repeat("1,10\n", 10_001)));
        Assert.Equal(65, run.Exit);
        Assert.Contains(Problems.TooMany, run.Errors, StringComparison.Ordinal);
        Assert.Contains("add up rows", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_is_named_the_rest_is_pooled_and_the_exit_says_so()
    {
        var run = CommandLineTests.Run(["pool", "-", "--events", "x", "--n", "n", "--json"], "study,x,n\nA,1,10\nB,5,4\nC,2,30\n");
        Assert.Equal(65, run.Exit);
        Assert.Contains("more-events-than-people: row 2 (line 3), column x", run.Errors, StringComparison.Ordinal);
        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(2, json.GetProperty("k").GetInt32());
        Assert.Equal(Problems.MoreEventsThanPeople, json.GetProperty("leftOut")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(65, Problems.MissingColumn, "study,events,n\nA,1,10\n", "pool", "-", "--events", "x", "--n", "n")]
    [InlineData(65, Problems.TooFew, "study,x,n\n", "pool", "-", "--events", "x", "--n", "n")]
    [InlineData(65, Problems.Empty, "", "pool", "-", "--events", "x", "--n", "n")]
    [InlineData(65, Problems.DoesNotApply, "", "pool", "-", "--events", "x", "--n", "n", "--method", "glmm", "--scale", "double-arcsine")]
    [InlineData(66, Problems.UnreadableFile, "", "pool", "/nowhere/at-all.csv", "--events", "x", "--n", "n")]
    [InlineData(64, Problems.Usage, "", "pool", "-", "--events", "x", "--n", "n", "--method", "best")]
    [InlineData(64, Problems.Usage, "", "pool", "-", "--events", "x", "--n", "n", "--plot", "x.bmp")]
    [InlineData(65, Problems.MoreEventsThanPeople, "", "rates", "--events", "5", "--n", "4")]
    [InlineData(65, Problems.OutOfRange, "", "rates", "--events", "-1", "--n", "4")]
    [InlineData(65, Problems.OutOfRange, "", "rates", "--events", "1", "--n", "0")]
    [InlineData(65, Problems.OutOfRange, "", "rates", "--events", "1", "--n", "4", "--level", "95")]
    [InlineData(65, Problems.OutOfRange, "", "rates", "--events", "1", "--n", "4", "--level", "NaN")]
    [InlineData(64, Problems.Usage, "", "rates", "--events", "1")]
    [InlineData(65, Problems.OutOfRange, "", "power", "--rate", "0")]
    [InlineData(65, Problems.OutOfRange, "", "power", "--n", "0")]
    [InlineData(64, Problems.Usage, "", "power")]
    public void Bad_input_ends_in_its_code(int exit, string code, string input, params string[] arguments)
    {
        var run = CommandLineTests.Run(arguments, input);
        Assert.Equal(exit, run.Exit);
        Assert.Contains($"{code}: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Power_answers_both_questions()
    {
        // R: ceiling(log(0.05) / log1p(-0.001)); 1 - 0.05^(1/100).
        Assert.Equal(2995, Json(CommandLineTests.Run(["power", "--rate", "0.001", "--json"])).GetProperty("n").GetInt64());
        Assert.Equal(4742, Json(CommandLineTests.Run(["power", "--rate", "0.001", "--at-least", "2", "--json"])).GetProperty("n").GetInt64());
        var json = Json(CommandLineTests.Run(["power", "--n", "100", "--json"]));
        Assert.Equal(0.0295130496070399, json.GetProperty("detectableRate").GetDouble(), 1e-12);
        Assert.Equal(0.0295130496070399, json.GetProperty("upperBoundIfNone").GetDouble(), 1e-12);
    }

    [Fact]
    public void Each_verb_draws()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        string At(string name) => Path.Combine(folder, name);
        Assert.Equal(0, CommandLineTests.Run(["rates", "--events", "1", "--n", "100", "--plot", At("a.svg")]).Exit);
        Assert.Equal(0, CommandLineTests.Run(["pool", "-", "--events", "events", "--n", "n", "--plot", At("b.svg"), "--funnel", At("c.png")], Pritz).Exit);
        Assert.Equal(0, CommandLineTests.Run(["power", "--n", "500", "--plot", At("d.PNG")]).Exit);
        Assert.Contains("<text", File.ReadAllText(At("b.svg")), StringComparison.Ordinal);
        Assert.All(new[] { "a.svg", "b.svg", "c.png", "d.PNG" }, f => Assert.True(new FileInfo(At(f)).Length > 1000));
        Assert.Equal(66, CommandLineTests.Run(["power", "--n", "500", "--plot", "/nowhere/at-all.png"]).Exit);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(false, "screen", "--words", "warfarin")]
    [InlineData(true, "rates", "--events", "3", "--n", "100")]
    public void Screening_does_not_load_what_only_the_statistics_need(bool loads, params string[] arguments)
    {
        // The runtime's own record of the assemblies it loaded.
        var trace = Path.Combine(Directory.CreateTempSubdirectory().FullName, "trace");
        var run = CommandLineTests.Start("/bin/sh",
            ["-c", $"DOTNET_EnableEventPipe=1 DOTNET_EventPipeOutputPath='{trace}' DOTNET_EventPipeConfig=Microsoft-Windows-DotNETRuntime:8:4 ./thinice \"$@\"", "sh", .. arguments]);
        Assert.Equal(0, run.Exit);
        var record = Encoding.Unicode.GetString(File.ReadAllBytes(trace)) + Encoding.Unicode.GetString(File.ReadAllBytes(trace).AsSpan(1));
        Assert.Contains("ThinIce.Core", record, StringComparison.Ordinal);
        foreach (var assembly in new[] { "ThinIce.Numbers", "MathNet.Numerics" }) Assert.Equal(loads, record.Contains(assembly, StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(trace)!, recursive: true);
    }

    private static JsonElement Json((int Exit, string Output, string Errors) run)
    {
        Assert.True(run.Exit == 0, run.Errors);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
