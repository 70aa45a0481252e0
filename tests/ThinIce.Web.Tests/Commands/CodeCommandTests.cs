using System.Text.Json;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Tests.Commands;

/// <summary><c>thinice code</c> as people call it.</summary>
public sealed class CodeCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, name);

    [Fact]
    public void Code_writes_the_contracts_columns()
    {
        File.WriteAllText(At("n.csv"), "nr,story\na1,\"PT GOT MASSAGE YEST NOW C/O NECK PAIN, DENIES CP\"\n=1+1,no problems\n");
        var run = CommandLineTests.Run(["code", At("n.csv"), "--text", "story", "--id", "nr", "--csv", At("c.csv")]);
        Assert.Equal(0, run.Exit);
        Assert.Equal(["id,harms,symptoms,regions,techniques,devices,onset_hours,negated", "a1,pain-flare,neck-pain,neck,any-massage,,24,chest-pain", "'=1+1,,,,,,,"], File.ReadAllLines(At("c.csv")));
    }

    [Fact]
    public void A_broken_row_is_named_and_the_others_are_coded()
    {
        var run = CommandLineTests.Run(["code", "-", "--text", "t"], "t,u\nfainted after the massage,1\nx\nsore the next day,2\n");
        Assert.Equal(65, run.Exit);
        Assert.Contains(Problems.RaggedRow, run.Errors, StringComparison.Ordinal);
        Assert.Contains("fainting-hypotension", run.Output, StringComparison.Ordinal);
        Assert.Contains("post-massage-soreness", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_says_where_the_words_stand()
    {
        var run = CommandLineTests.Run(["code", "--words", "bruise on my arm after the massage", "--json"]);
        var symptom = JsonDocument.Parse(run.Output).RootElement.GetProperty("symptoms")[0];
        Assert.Equal("bruise", symptom.GetProperty("id").GetString());
        Assert.Equal((0, 6), (symptom.GetProperty("spans")[0][0].GetInt32(), symptom.GetProperty("spans")[0][1].GetInt32()));
    }

    [Theory]
    [InlineData(64, "code")]
    [InlineData(64, "code", "x.csv")]
    [InlineData(66, "code", "/nowhere/at-all.csv", "--text", "t")]
    public void What_cannot_be_done_is_refused_with_its_status(int exit, params string[] arguments) => Assert.Equal(exit, CommandLineTests.Run(arguments).Exit);

    [Fact]
    public void A_column_that_is_not_there_is_refused_with_the_ones_that_are()
    {
        var run = CommandLineTests.Run(["code", "-", "--text", "story"], "id,words\n1,sore\n");
        Assert.Equal(Problems.Kind(Problems.MissingColumn).ExitCode, run.Exit);
        Assert.Contains("words", run.Errors, StringComparison.Ordinal);
    }
}
