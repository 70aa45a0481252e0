using ThinIce.Knowledge;
using ThinIce.Knowledge.Cases;
using ThinIce.Knowledge.Pages;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Published;

/// <summary>
/// The published cases that the rules were written from. One is not warned of: a clot of two years ago and a moderate massage,
/// which the open panel lets go ahead.
/// </summary>
public sealed class CaseChallengeTests
{
    private static readonly List<KnowledgeError> Errors = [];
    private static readonly List<ChallengeResult> Results =
        [.. Challenge.Read(Repository.Knowledge, Repository.Compiled, Errors).Select(new ChallengeRunner(Repository.Compiled).Run)];

    [Fact]
    public void The_files_have_no_errors() => Assert.Empty(Errors);

    [Fact]
    public void First_signs_and_foreseeable_cases_do_not_fall_behind()
    {
        var (warned, foreseeable, twins, triaged, signs) = PanelPages.Count(Repository.Compiled, Results);
        Assert.True(foreseeable >= 18 && warned >= 17, $"{warned} of {foreseeable} warned");
        Assert.True(twins == 0, $"{twins} twins warned");
        Assert.True(signs >= 35 && triaged == signs, $"{triaged} of {signs} signs triaged");
    }
}
