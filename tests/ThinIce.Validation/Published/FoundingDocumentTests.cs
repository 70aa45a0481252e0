using ThinIce.TestSupport;

namespace ThinIce.Validation.Published;

/// <summary>
/// The founding document (Ingraham, What Could Possibly Go Wrong With Massage?) has 16 notes: twelve cite a paper, four (2, 5, 10, 16)
/// are remarks. Each paper has to be among the sources, and each heading in the catalogue.
/// </summary>
public sealed class FoundingDocumentTests
{
    // Number of the note, and the beginning of the title that it prints.
    [Theory]
    [InlineData(1, "Side-effects of massage therapy: a cross-sectional study of 100 clients")]
    [InlineData(3, "The safety of massage therapy")]
    [InlineData(4, "The safety of massage therapy: an update of a systematic review")]
    [InlineData(6, "Central sensitization: implications for the diagnosis and treatment of pain")]
    [InlineData(7, "Fever with acute renal failure due to body massage-induced rhabdomyolysis")]
    [InlineData(8, "Acute Radial Neuropathy at the Spiral Groove Following Massage")]
    [InlineData(9, "Spinal accessory neuropathy associated with deep tissue massage")]
    [InlineData(11, "Carotid dissection associated with a handheld electric massager")]
    [InlineData(12, "An unusual complication: prolonged myopathy due to an alternative medical therapy with heat and massage")]
    [InlineData(13, "Massive pulmonary emboli after legs massage")]
    [InlineData(14, "Pulmonary embolus originating below knee")]
    [InlineData(15, "Renal artery embolization after back massage in a patient with aortic occlusion")]
    public void Each_paper_it_cites_is_a_source_named_on_the_head_page(int note, string title) =>
        Assert.True(Repository.Compiled.Guidance["harms"].References.Any(id => Repository.Compiled.References[id.Value].Title.StartsWith(title, StringComparison.OrdinalIgnoreCase)), $"note {note}");

    [Fact]
    public void Each_heading_of_a_harm_is_explained_on_the_head_page() =>
        Assert.Subset(Repository.Compiled.Guidance["harms"].Sections.Select(s => s.Id).ToHashSet(), Repository.Compiled.Harms.Select(h => h.Heading).ToHashSet());
}
