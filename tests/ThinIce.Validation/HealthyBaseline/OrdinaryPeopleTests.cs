using ThinIce.Knowledge;
using ThinIce.Knowledge.Cases;
using ThinIce.Knowledge.Pages;
using ThinIce.TestSupport;

namespace ThinIce.Validation.HealthyBaseline;

/// <summary>The figures that the panel of ordinary people has to keep.</summary>
public sealed class OrdinaryPeopleTests
{
    private static readonly List<KnowledgeError> Errors = [];
    private static readonly Panel Panel = Panel.Read(Repository.Knowledge, Repository.Compiled, Errors);
    private static readonly List<PersonResult> Results = [.. Panel.People.Select(new PanelRunner(Repository.Compiled).Run)];

    [Fact]
    public void There_are_at_least_300_people_and_their_files_have_no_errors()
    {
        Assert.Empty(Errors);
        Assert.True(Results.Count >= 300, $"{Results.Count} people");
    }

    [Fact]
    public void The_panel_is_made_up_like_the_people_who_come()
    {
        var runner = new PanelRunner(Repository.Compiled);
        Assert.True(Panel.Shares.Length >= 5);
        Assert.All(Panel.Shares, share => Assert.True(runner.ShareOf(share, Panel.People) >= share.AtLeast, share.Name));
    }

    [Fact]
    public void Nobody_is_deferred_referred_or_worse_without_a_listed_reason() =>
        Assert.Empty(Results.Where(r => r.IsOverAlert).Select(r => $"{r.Person.Name}: {r.Answer}"));

    [Fact]
    public void Nine_in_ten_have_at_most_two_elements_changed() => Assert.True(PanelPages.AdaptationsAt(Results, 0.9) <= 2);
}
