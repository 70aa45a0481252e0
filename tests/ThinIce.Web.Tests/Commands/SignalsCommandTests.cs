using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Commands;

/// <summary><c>thinice signals</c> and <c>thinice monitor</c> as people call them.</summary>
public sealed class SignalsCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private static readonly string Caers = Path.Combine(Repository.Root, "tests", "ThinIce.Validation", "Signals", "Data", "caers2012.csv.gz");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, name);

    [Fact]
    public void Signals_writes_the_contracts_columns_a_summary_and_a_plot()
    {
        var run = CommandLineTests.Run(["signals", Caers, "--report", "id", "--exposure", "var1", "--event", "var2", "--csv", At("s.csv"), "--plot", At("s.svg"), "--masking", At("m.csv"), "--json"]);
        Assert.Equal(0, run.Exit);
        var summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((3356, 17189, 131, true), (summary.GetProperty("reports").GetInt32(), summary.GetProperty("pairs").GetInt32(), summary.GetProperty("eb05AtLeast2").GetInt32(), summary.GetProperty("converged").GetBoolean()));
        Assert.Equal(5, summary.GetProperty("hyperparameters").GetArrayLength());
        Assert.Equal(-4162.4557, summary.GetProperty("logLikelihood").GetDouble(), 1e-3);
        var lines = File.ReadAllLines(At("s.csv"));
        Assert.StartsWith("exposure,event,n,expected,rr,prr,prr_low,prr_high,ror,ror_low,ror_high,ic,ic025,ic975,ebgm,eb05,eb95", lines[0], StringComparison.Ordinal);
        Assert.Equal(17_190, lines.Length);
        Assert.StartsWith("REUMOFAN PLUS,WEIGHT INCREASED,16,0.4064362336,39.36656891,80.29090909,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("exposure,event,masked_by", File.ReadLines(At("m.csv")).First(), StringComparison.Ordinal);
        Assert.Contains("Not a risk", File.ReadAllText(At("s.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Signals_names_bad_rows_keeps_the_good_ones_and_ends_in_65()
    {
        File.WriteAllText(At("r.csv"), "\uFEFFid;x;v\n1;a;b\n2;;b\n3;a;b\n");
        var run = CommandLineTests.Run(["signals", At("r.csv"), "--report", "id", "--exposure", "x", "--event", "v", "--csv", "-", "--json"]);
        Assert.Equal(65, run.Exit);
        Assert.Contains($"{Problems.MissingCell}: {At("r.csv")}: line 3, column x:", run.Errors, StringComparison.Ordinal);
        Assert.Contains("\na,b,2,2,1,", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--report id --exposure x --event nothing", 65, Problems.MissingColumn)]
    [InlineData("--report id --exposure x", 64, Problems.Usage)]
    [InlineData("--report id --exposure x --event v --prior 1,2,3", 65, Problems.OutOfRange)]
    [InlineData("--report id --exposure x --event v --csv /nowhere/at/all.csv", 66, Problems.UnwritableFile)]
    public void Signals_refuses_with_a_code(string options, int exit, string code)
    {
        File.WriteAllText(At("r.csv"), "id,x,v\n1,a,b\n");
        var run = CommandLineTests.Run(["signals", At("r.csv"), .. options.Split(' ')]);
        Assert.Equal(exit, run.Exit);
        Assert.Contains($"{code}:", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Monitor_works_out_a_plan_and_stops_at_a_signal()
    {
        File.WriteAllText(At("m.csv"), "events,expected\n1,0.5\n2,0.5\n4,0.5\n4,0.5\n0,0.5\n");
        var run = CommandLineTests.Run(["monitor", At("m.csv"), "--method", "maxsprt-poisson", "--horizon", "10", "--csv", At("steps.csv"), "--plot", At("m.png"), "--json"]);
        Assert.Equal(0, run.Exit);
        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(3.467951580334, answer.GetProperty("criticalValue").GetDouble(), 1e-9);
        // After row 2: 3 events where 1 is expected, 1 − 3 + 3 ln 3 = 1.30. After row 3: 7 where 1.5 are, 1.5 − 7 + 7 ln (7 / 1.5) = 5.28.
        Assert.Equal(5.2831, answer.GetProperty("statistic").GetDouble(), 1e-4);
        Assert.Equal((true, 3), (answer.GetProperty("signal").GetBoolean(), answer.GetProperty("signalRow").GetInt32()));
        Assert.Equal(4, File.ReadAllLines(At("steps.csv")).Length);
        Assert.True(new FileInfo(At("m.png")).Length > 1000);
    }

    [Fact]
    public void Monitor_stops_at_a_bad_row_and_names_it()
    {
        File.WriteAllText(At("m.csv"), "events,expected\n1,0.5\n-2,0.5\n1,x\n");
        var run = CommandLineTests.Run(["monitor", At("m.csv"), "--method", "maxsprt-poisson", "--horizon", "10"]);
        Assert.Equal(65, run.Exit);
        Assert.Contains("line 3, column events", run.Errors, StringComparison.Ordinal);
        Assert.Contains("line 4, column expected", run.Errors, StringComparison.Ordinal);
    }
}
