using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Linkage;

namespace ThinIce.Tests.Unit.Linkage;

/// <summary>Comparing, blocking and fitting, in small.</summary>
public sealed class LinkageTests
{
    private static readonly string[] First = ["anna", "bert", "carla", "dieter", "elena", "frank", "gerda", "henri"], Last = ["meadow", "north", "osterman", "pelham", "quist", "rowley", "stamford", "tillman", "usher"];

    // Winkler 1990, table of examples, as reprinted in many places: MARTHA/MARHTA .961, DIXON/DICKSONX .813, DWAYNE/DUANE .84.
    [Theory]
    [InlineData("martha", "marhta", 0.961)]
    [InlineData("dixon", "dicksonx", 0.813)]
    [InlineData("dwayne", "duane", 0.840)]
    [InlineData("abc", "xyz", 0)]
    public void Jaro_Winkler_is_as_printed(string a, string b, double printed) => Assert.Equal(printed, JaroWinkler.Similarity(a, b), 0.0006);

    [Theory]
    [InlineData("19560409", "19560490", 1)]
    [InlineData("1804974", "1804974", 0)]
    [InlineData("12345", "1234", 1)]
    [InlineData("12345", "54321", 3)]
    public void Slips_are_counted_up_to_the_most(string a, string b, int slips) => Assert.Equal(slips, Slips.Count(a, b, 2));

    [Theory]
    [InlineData("1980-05-04", "1980-04-05", 3)]
    [InlineData("1980-05-04", "04/05/1980", 4)]
    [InlineData("1980-05-04", "1980-05-05", 3)]
    [InlineData("1980-05-04", "1999-11-23", 0)]
    [InlineData("1980-05-04", "unknown", ComparedField.Missing)]
    public void Days_agree_by_level(string a, string b, int level)
    {
        var field = new ComparedField(new("day", FieldKind.Date), [a, b]);
        Assert.Equal(level, field.Compare(field.ValueOf[0], field.ValueOf[1]));
    }

    [Fact]
    public void Copies_with_slips_are_found_others_are_not_and_the_fuller_one_is_the_master()
    {
        var finding = DuplicateFinder.Find(Set(60, copies: 12));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => ($"p{i}", $"c{i}")).Order(), finding.Pairs.Select(p => (p.A, p.B)).Order());
        Assert.All(finding.Groups, g => Assert.StartsWith("p", g.Master, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_there_are_no_duplicates_none_are_suspected() => Assert.Empty(DuplicateFinder.Find(Set(60, copies: 0)).Pairs);

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Fields_that_go_together_in_different_things_make_no_duplicates(int copies)
    {
        var finding = DuplicateFinder.Find(DependentSet.Make(3_000, copies, seed: 5));
        var wrong = finding.Pairs.Count(p => p.A[1..] != p.B[1..]);
        Assert.InRange(wrong, 0, 5);
        Assert.InRange(finding.Pairs.Length - wrong, copies * 9 / 10, copies);
    }

    [Fact]
    public void A_decision_stands_above_the_weights()
    {
        var finding = DuplicateFinder.Find(Set(60, copies: 12), [new("p0", "c0", false), new("p40", "p41", true)]);
        Assert.DoesNotContain(finding.Pairs, p => (p.A, p.B) == ("p0", "c0"));
        Assert.Contains(finding.Pairs, p => (p.A, p.B) == ("p40", "p41"));
    }

    [Fact]
    public void A_group_has_only_suspected_pairs()
    {
        // 0–1 and 1–2 are suspected, 0–2 is not: the surer pair makes the group, the other one stays outside.
        var suspected = new List<(ulong, double)> { (CandidatePairs.Pair(0, 1), 9), (CandidatePairs.Pair(1, 2), 8) };
        Assert.Equal([1, 1, 0], CompleteLink.Groups(suspected, 3, pair => pair != CandidatePairs.Pair(0, 2)));
    }

    [Fact]
    public void A_broken_line_is_set_aside_with_its_number_and_an_empty_column_is_refused()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "id,name,empty\n1,anna,\n2,bert\n,carla,\n1,dora,\n3,emil,\n");
        var records = new RecordSet([new("name", FieldKind.Name), new("empty", FieldKind.Code)]);
        records.Read(file, "id");
        File.Delete(file);
        Assert.Equal(["1", "3"], records.Ids);
        Assert.Equal([(Problems.RaggedRow, "line 3"), (Problems.MissingCell, "line 4"), (Problems.Duplicate, "line 5")], records.Problems.Select(p => (p.Code, p.Path)));
        Assert.Equal("empty", Assert.Throws<FileProblemException>(records.Check).Problem.Path);
    }

    private static RecordSet Set(int people, int copies)
    {
        var set = new RecordSet([new("first", FieldKind.Name), new("last", FieldKind.Name), new("born", FieldKind.Date), new("number", FieldKind.Code)]);
        string[] Person(int i) => [First[i % 8], Last[i % 9] + i, $"19{i % 40 + 50}-{i % 12 + 1:00}-{i * 7 % 28 + 1:00}", $"{(i + 3) * 7919 % 1_000_003:000000}"];
        for (var i = 0; i < people; i++) set.Add($"p{i}", Person(i));
        for (var i = 0; i < copies; i++) set.Add($"c{i}", [i % 2 == 0 ? "" : Person(i)[0], Person(i)[1] + "s", Person(i)[2], i % 2 == 0 ? Person(i)[3] : ""]);
        return set;
    }
}
