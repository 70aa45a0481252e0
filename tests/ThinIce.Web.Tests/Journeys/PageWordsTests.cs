using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>
/// The rendered pages read at grade 8 at most. See <see cref="RenderedWords"/> for what is measured.
/// </summary>
public sealed class PageWordsTests(Site site)
{
    private static readonly string[] Addresses =
        ["/", "/check", "/after", "/harms", "/choose", "/stop-card", "/drill", "/drill/play?deal=5&many=18", "/drill/play?deal=5&many=18&choice=0", "/drill/play?deal=5&many=6&answers=012301", "/how-it-works", "/whats-new", "/sources", "/sources?find=zzz", "/surveys", "/surveys?asked=2000&had=700", "/surveys?asked=many", "/rates"];

    public static TheoryData<string> Pages => [.. Addresses];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_reads_at_grade_8_or_below(string address)
    {
        RenderedWords.AssertReadable(address, await site.Http.GetStringAsync(address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_page_of_a_harm_reads_at_grade_8_or_below()
    {
        foreach (var harm in Repository.Compiled.Harms)
            RenderedWords.AssertReadable(harm.Id.Value, await site.Http.GetStringAsync($"/harms/{harm.Id.Value}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Only_the_words_of_the_page_are_measured() =>
        Assert.Equal(["One", "Two words", "Three"], RenderedWords.Blocks("<header>No</header><main><h1>One</h1><p>Two\n <b>words</b> <cite><a>Title of a source</a></cite></p><div data-reader=\"professional\"><p>Not this.</p></div><svg><path/></svg><p>Three</p></main>"));
}
