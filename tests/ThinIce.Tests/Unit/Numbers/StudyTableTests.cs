using System.Text;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;

namespace ThinIce.Tests.Unit.Numbers;

/// <summary>Tables of studies as people keep them, and as they break.</summary>
public sealed class StudyTableTests
{
    [Theory]
    [InlineData("study,x,n\nA,1,10\nB,2,20\n")]
    [InlineData("\uFEFFstudy;x;n\r\nA;1;10\r\nB;2;20")]
    [InlineData("study\tx\tn\nA\t1\t10\n\nB\t2\t20\n")]
    [InlineData("\"study\",\"x\",\"n\"\n\"A\",\"1\",\"10\"\n\"B\",2.0,2e1\n")]
    [InlineData("study;x;n\nA;1,0;10\nB;2;20\n")]
    public void Byte_order_marks_separators_quotes_and_decimal_commas_are_read(string text)
    {
        var table = Read(text);
        Assert.Empty(table.Problems);
        Assert.Equal([("A", 1L, 10.0), ("B", 2L, 20.0)], table.Studies.Select(s => (s.Name, s.Events, s.N)));
    }

    [Fact]
    public void A_name_with_separator_quotes_and_a_line_break_stays_one_name()
    {
        var table = Read("study,x,n\n\"Smith, \"\"the\nelder\"\"\",1,10\nB,2,20\nC,9,3\n");
        Assert.Equal("Smith, \"the\nelder\"", table.Studies[0].Name);
        Assert.Equal("row 3 (line 5), column x", Assert.Single(table.Problems).Path);
    }

    [Theory]
    [InlineData("A,11,10", Problems.MoreEventsThanPeople, "x")]
    [InlineData("A,-1,10", Problems.OutOfRange, "x")]
    [InlineData("A,1,-10", Problems.OutOfRange, "n")]
    [InlineData("A,0,0", Problems.OutOfRange, "n")]
    [InlineData("A,1.5,10", Problems.OutOfRange, "x")]
    [InlineData("A,NaN,10", Problems.MissingCell, "x")]
    [InlineData("A,,10", Problems.MissingCell, "x")]
    [InlineData("A,1,Infinity", Problems.WrongType, "n")]
    [InlineData("A,1,1e999", Problems.WrongType, "n")]
    [InlineData("A,one,10", Problems.WrongType, "x")]
    [InlineData("A,1,\"1,000\"", Problems.WrongType, "n")]
    public void A_bad_row_is_named_by_row_and_column_and_the_good_one_beside_it_is_kept(string row, string code, string column)
    {
        var table = Read($"study,x,n\nB,2,20\n{row}\n");
        var problem = Assert.Single(table.Problems);
        Assert.Equal((code, $"row 2 (line 3), column {column}"), (problem.Code, problem.Path));
        Assert.Equal("B", Assert.Single(table.Studies).Name);
    }

    [Theory]
    [InlineData("", Problems.Empty)]
    [InlineData("  \n\n", Problems.Empty)]
    [InlineData("study,events,n\nA,1,10\n", Problems.MissingColumn)]
    [InlineData("study,x,n\nA,1\n", Problems.RaggedRow)]
    public void What_cannot_be_a_table_is_said_to_be_none(string text, string code)
    {
        var table = Read(text);
        Assert.Equal(code, Assert.Single(table.Problems).Code);
        Assert.Empty(table.Studies);
    }

    [Fact]
    public void A_missing_column_names_those_that_are_there() => Assert.Contains("study, events, n", Read("study,events,n\nA,1,10\n").Problems[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Events_over_time_may_be_more_than_the_time_and_no_time_is_refused()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("x,t\n12,3.5\n1,0\n"));
        var table = StudyTable.Read(stream, "x", "t", null, null, isRate: true);
        Assert.Equal((12L, 3.5), (table.Studies[0].Events, table.Studies[0].N));
        Assert.Equal(Problems.OutOfRange, Assert.Single(table.Problems).Code);
    }

    private static StudyTable Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return StudyTable.Read(stream, "x", "n", null, null, isRate: false);
    }
}
