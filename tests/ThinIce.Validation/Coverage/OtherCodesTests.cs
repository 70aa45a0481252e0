using System.Text.RegularExpressions;
using ThinIce.Core;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Coverage;

/// <summary>Codes of other vocabularies that the knowledge names.</summary>
public sealed partial class OtherCodesTests
{
    // R51 headache, R55 syncope and collapse, R20.2 paraesthesia of skin: WHO, ICD-10 version 2016, chapter XVIII.
    [Theory]
    [InlineData("headache", "R51")]
    [InlineData("collapse", "R55")]
    [InlineData("tingling", "R20.2")]
    public void A_symptom_has_the_code_that_the_tabular_list_gives_it(string id, string code) => Assert.Equal([code], Knowledge.Icd10Of(id));

    [Fact]
    public void Whatever_has_none_or_is_not_known_has_none()
    {
        Assert.Empty(Knowledge.Icd10Of("crack-heard"));
        Assert.Empty(Knowledge.Icd10Of("nothing-of-that-name"));
    }

    [Fact]
    public void Every_code_of_ICD_10_looks_like_one()
    {
        var all = Knowledge.Harms.SelectMany(h => h.Icd10).Concat(Knowledge.Vocabulary.Concepts.SelectMany(c => c.Codes).Where(c => c.System == "icd10").Select(c => c.Value)).ToList();
        Assert.InRange(all.Count, 150, 10_000);
        Assert.All(all, c => Assert.Matches(Form(), c));
    }

    private static KnowledgeBase Knowledge => Repository.Compiled;

    [GeneratedRegex(@"^[A-Z]\d\d(\.\d)?$")]
    private static partial Regex Form();
}
