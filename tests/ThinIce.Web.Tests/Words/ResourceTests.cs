using System.Text.RegularExpressions;
using System.Xml.Linq;
using ThinIce.Knowledge.Reading;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Words;

/// <summary>The words of the pages are in resources keyed by language, and only there.</summary>
public sealed partial class ResourceTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src", "ThinIce.Web");

    public static TheoryData<string> Pages => [.. Files("*.razor").Select(f => Path.GetRelativePath(Source, f))];

    [Fact]
    public void Every_key_that_is_used_exists_and_every_key_that_exists_is_used()
    {
        var code = string.Join('\n', Files("*.razor", "*.cs").Select(File.ReadAllText));
        var exact = Literal().Matches(code).Select(m => m.Groups[1].Value).ToHashSet();
        var patterns = Interpolated().Matches(code).Select(m => new Regex($"^{string.Join(".+", Hole().Split(m.Groups[1].Value).Select(Regex.Escape))}$")).ToList();
        var keys = Files("*.resx").SelectMany(Keys).ToHashSet();
        Assert.Empty(keys.Where(k => !exact.Contains(k) && !patterns.Exists(p => p.IsMatch(k))).ToList());

        var used = Used().Matches(code).Select(m => m.Groups[1].Value).Where(k => !k.Contains('{', StringComparison.Ordinal));
        Assert.Empty(used.Where(k => !keys.Contains(k)).ToList());
    }

    [Fact]
    public void Every_word_of_the_interface_reads_at_grade_8_or_below()
    {
        var hard = Files("*.resx").SelectMany(f => XDocument.Load(f).Root!.Elements("data").Select(d => (File: Path.GetFileName(f), Key: d.Attribute("name")!.Value, Text: Gap().Replace(d.Element("value")!.Value, "5"))))
            // What stands between semicolons is a box each.
            .Where(t => ReadingGrade.Of(t.Text.Replace(";", ".", StringComparison.Ordinal)).IsHard).Select(t => $"{t.File} {t.Key}: {t.Text}");
        Assert.All(hard, Assert.Fail);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_sentence_stands_in_the_markup(string page)
    {
        var markup = File.ReadAllText(Path.Combine(Source, page)).Split("\n@code", 2)[0];
        var text = string.Join('\n', markup.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('<') || !Code().IsMatch(line)));
        text = Tag().Replace(Call().Replace(text, " "), " ");
        Assert.DoesNotMatch("[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", text);
        foreach (Match attribute in Attribute().Matches(markup)) Assert.False(attribute.Groups[1].Value.Contains(' ', StringComparison.Ordinal), attribute.Value);
    }

    private static IEnumerable<string> Keys(string file) => XDocument.Load(file).Root!.Elements("data").Select(d => d.Attribute("name")!.Value);

    private static IEnumerable<string> Files(params string[] patterns) => patterns.SelectMany(p => Directory.EnumerateFiles(Source, p, SearchOption.AllDirectories))
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex("\"([a-zA-Z][\\w.-]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("\\$\"([a-zA-Z-]+\\.[^\"\\n]*|[^\"\\n]*\\.[a-z-]+)\"")]
    private static partial Regex Interpolated();

    [GeneratedRegex("\\{[^}]*\\}")]
    private static partial Regex Hole();

    [GeneratedRegex("(?:Words|Shared|Options|After|words|join)\\[\"([^\"]+)\"")]
    private static partial Regex Used();

    [GeneratedRegex("^(@\\w|@\\(|[{}]|var |else|if |case |break|foreach|\\.\\. )|[;{]$")]
    private static partial Regex Code();

    [GeneratedRegex("@[\\w.!]+(\\[[^\\]]*\\]|\\([^()]*(\\([^()]*\\)[^()]*)*\\))*")]
    private static partial Regex Call();

    [GeneratedRegex("<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    /// <summary>Where a number or a name goes into a sentence.</summary>
    [GeneratedRegex("\\{\\d[^}]*\\}")]
    private static partial Regex Gap();

    [GeneratedRegex("(?:aria-label|alt|placeholder)=\"([^@\"]+)\"")]
    private static partial Regex Attribute();
}
