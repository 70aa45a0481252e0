using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Clinical;
using ThinIce.TestSupport;
using static ThinIce.Core.AdverseEvents.NaranjoAnswer;

namespace ThinIce.Validation.Published;

/// <summary>The scales against what is printed about them. Where no printed example was found, the test says that it is by hand.</summary>
public sealed class ScaleTests
{
    private static readonly Severity Scales = new(Repository.Compiled.Parameters.Durations!);

    private static EventFacts Event(Intensity intensity, double hours) => new() { Intensity = Answer<Intensity>.Known(intensity), DurationHours = Answer<double>.Known(hours) };

    // Carnes and others 2010: the grid in the companion abstract. short = hours, medium = days, long = weeks.
    [Theory]
    [InlineData(Intensity.Mild, 5, "mild")]
    [InlineData(Intensity.Moderate, 72, "moderate")]
    [InlineData(Intensity.Severe, 72, "major")]
    [InlineData(Intensity.Mild, 500, "moderate")]
    [InlineData(Intensity.Moderate, 500, "major")]
    [InlineData(Intensity.Severe, 500, "major")]
    public void Six_cells_of_the_grid_of_Carnes_have_a_grade(Intensity intensity, double hours, string grade) =>
        Assert.Equal((grade, GradeState.Defined), (Scales.Carnes(Event(intensity, hours)).Category, Scales.Carnes(Event(intensity, hours)).State));

    [Theory]
    [InlineData(Intensity.Moderate, 5)]
    [InlineData(Intensity.Severe, 5)]
    [InlineData(Intensity.Mild, 72)]
    public void Three_cells_have_none_and_none_is_made_up(Intensity intensity, double hours) => Assert.Equal((null, GradeState.NotClassified), (Scales.Carnes(Event(intensity, hours)).Category, Scales.Carnes(Event(intensity, hours)).State));

    [Fact]
    public void Without_its_facts_a_scale_says_which_are_missing()
    {
        Assert.Equal(["intensity", "duration"], Scales.Carnes(new()).Missing);
        Assert.All(Scales.All(new()), g => Assert.Equal(GradeState.NotKnown, g.State));
    }

    // CTCAE 5.0, general guideline: a semicolon means "or".
    [Fact]
    public void Ctcae_takes_the_highest_grade_one_of_whose_signs_is_there()
    {
        var mild = new EventFacts { Intensity = Answer<Intensity>.Known(Intensity.Mild), Outcome = Answer<EventOutcome>.Known(EventOutcome.Recovered), Care = Answer<CareReceived>.Known(CareReceived.None), Impact = Answer<ImpactOnLife>.Known(ImpactOnLife.None) };
        mild = Enum.GetValues<SeriousnessCriterion>().Aggregate(mild, (e, c) => e.With(c, false));
        Assert.Equal(("grade-1", GradeState.Defined), (Severity.Ctcae(mild).Category, Severity.Ctcae(mild).State));
        Assert.Equal("grade-2", Severity.Ctcae(mild with { Impact = Answer<ImpactOnLife>.Known(ImpactOnLife.UsualActivities) }).Category);
        Assert.Equal("grade-3", Severity.Ctcae(mild with { Impact = Answer<ImpactOnLife>.Known(ImpactOnLife.SelfCare) }).Category);
        Assert.Equal("grade-3", Severity.Ctcae(mild.With(SeriousnessCriterion.Hospitalisation, true)).Category);
        Assert.Equal("grade-4", Severity.Ctcae(mild with { Care = Answer<CareReceived>.Known(CareReceived.UrgentTreatment) }).Category);
        Assert.Equal("grade-5", Severity.Ctcae(mild with { Outcome = Answer<EventOutcome>.Known(EventOutcome.Fatal) }).Category);
    }

    [Fact]
    public void A_grade_that_a_missing_fact_could_raise_is_at_least_that()
    {
        var grade = Severity.Ctcae(Event(Intensity.Moderate, 5));
        Assert.Equal(("grade-2", GradeState.AtLeast), (grade.Category, grade.State));
        Assert.Contains("hospitalisation", grade.Missing);
    }

    [Fact]
    public void Serious_is_not_severe()
    {
        var severe = Enum.GetValues<SeriousnessCriterion>().Aggregate(Event(Intensity.Severe, 5) with { Outcome = Answer<EventOutcome>.Known(EventOutcome.Recovered) }, (e, c) => e.With(c, false));
        Assert.False(Seriousness.Of(severe).IsSerious.Value);
        Assert.Equal("severe", Severity.SafetyNet(severe).Category);
        var mildStroke = Event(Intensity.Mild, 5).With(SeriousnessCriterion.MedicallyImportant, true);
        Assert.True(Seriousness.Of(mildStroke).IsSerious.Value);
        Assert.Equal("serious", Scales.Paanalahti(mildStroke).Category);
    }

    [Fact]
    public void One_criterion_makes_a_case_serious_and_only_six_noes_make_it_not()
    {
        Assert.False(Seriousness.Of(new EventFacts().With(SeriousnessCriterion.Death, false)).IsSerious.IsKnown);
        Assert.True(Seriousness.OfCase([new EventFacts(), new EventFacts().With(SeriousnessCriterion.Hospitalisation, true)]).Value);
    }

    // PMC6136411, table 1 (a case report; "This suspected ADR is rated as probable"): 0 +2 +1 0 +2 0 0 0 0 +1.
    [Fact]
    public void Naranjo_as_printed_in_a_case_rated_probable()
    {
        var score = Naranjo.Of(Unknown, Yes, Yes, Unknown, No, Unknown, Unknown, Unknown, Unknown, Yes);
        Assert.Equal((6, NaranjoCategory.Probable), (score.Score, score.Category));
    }

    // Korean J Clin Pharm 2019;29:56-60, table 1: yes, yes, yes, unknown x5, no, unknown; total +4, possible.
    [Fact]
    public void Naranjo_as_printed_in_a_case_rated_possible()
    {
        var score = Naranjo.Of(Yes, Yes, Yes, Unknown, Unknown, Unknown, Unknown, Unknown, No, Unknown);
        Assert.Equal((4, NaranjoCategory.Possible), (score.Score, score.Category));
        Assert.Equal([4, 5, 6, 7, 8, 10], score.Unanswered);
    }

    // World J Clin Cases 2024;12:1371-1377, table 1: +1 +2 0 0 -1 0 0 0 0 +1.
    [Fact]
    public void Naranjo_with_another_cause_as_printed() => Assert.Equal(3, Naranjo.Of(Yes, Yes, Unknown, Unknown, Yes, Unknown, Unknown, Unknown, Unknown, Yes).Score);

    // PMC5774610, table 2: the scores themselves, and so the range.
    [Fact]
    public void Naranjo_reaches_from_minus_4_to_13_and_of_touch_to_11_or_9()
    {
        Assert.Equal(13, Naranjo.Of(Yes, Yes, Yes, Yes, No, No, Yes, Yes, Yes, Yes).Score);
        Assert.Equal(-4, Naranjo.Of(No, No, No, No, Yes, Yes, No, No, No, No).Score);
        var touch = Naranjo.OfTouch(Yes, Yes, Yes, Yes, No, No, Yes, Yes, Yes, Yes);
        Assert.Equal((11, 11), (touch.Score, touch.Highest));
        Assert.Equal([6, 7], touch.Inapplicable);
        Assert.Equal(9, Naranjo.OfTouch(Yes, Yes, Yes, Unknown, No, No, Yes, Yes, Yes, Yes).Score);
        Assert.Throws<ArgumentException>(() => Naranjo.Of(Yes));
    }

    private static readonly ReportDimensions Whole = new()
    {
        Onset = OnsetKnown.Exactly, ReasonForVisit = true, Outcome = true, Sex = true, Age = AgeKnown.Yes, Dose = true, Country = true, Reporter = true, ReportType = true, Comments = true,
    };

    // Bergvall and others 2014 (PMC6447519), table 2: "Absence of information on either (1) time-to-onset or (2) both patient age and sex each decrease the score by 50 % or more".
    [Fact]
    public void Vigigrade_halves_without_onset_and_without_both_age_and_sex()
    {
        Assert.Equal(1, Completeness.Of(Whole).Score);
        Assert.Equal(0.5, Completeness.Of(Whole with { Onset = OnsetKnown.No }).Score);
        Assert.Equal(0.49, Completeness.Of(Whole with { Age = AgeKnown.No, Sex = false }).Score, 12);
    }

    // The same, abstract: well documented is above 0.8, so that two small things may be missing (0.81) and one large one may not (0.7). By hand for the rest.
    [Fact]
    public void Vigigrade_calls_a_report_well_documented_above_four_fifths()
    {
        Assert.True(Completeness.Of(Whole with { Dose = false, Country = false }).IsWellDocumented);
        Assert.False(Completeness.Of(Whole with { Outcome = false }).IsWellDocumented);
        Assert.Equal(0.7, Completeness.Of(Whole with { Onset = OnsetKnown.WithinMoreThanAMonth }).Score, 12);
        Assert.Equal(0.9, Completeness.Of(Whole with { Onset = OnsetKnown.WithinAMonth }).Score, 12);
        Assert.Equal(0.9, Completeness.Of(Whole with { Age = AgeKnown.GroupOnly }).Score, 12);
        // Everything missing: 0.5 · 0.7⁴ · 0.9⁵.
        Assert.Equal(0.5 * Math.Pow(0.7, 4) * Math.Pow(0.9, 5), Completeness.Of(new()).Score, 12);
    }

    // Criteria as printed in PMC6039921, box 2. No worked example was found in print; the rows are the criteria themselves, by hand.
    [Theory]
    [InlineData(DataForJudging.Enough, TimeFit.Fits, OtherCause.RuledOut, AfterStopping.Settled, true, WhoUmcCategory.Certain)]
    [InlineData(DataForJudging.Enough, TimeFit.Fits, OtherCause.Unlikely, AfterStopping.Settled, false, WhoUmcCategory.Probable)]
    [InlineData(DataForJudging.Enough, TimeFit.Fits, OtherCause.Could, AfterStopping.Settled, false, WhoUmcCategory.Possible)]
    [InlineData(DataForJudging.Enough, TimeFit.Fits, OtherCause.Unlikely, AfterStopping.NothingToSee, false, WhoUmcCategory.Possible)]
    [InlineData(DataForJudging.Enough, TimeFit.Fits, OtherCause.Unlikely, AfterStopping.NothingToSee, true, WhoUmcCategory.Probable)]
    [InlineData(DataForJudging.Enough, TimeFit.Improbable, OtherCause.Could, AfterStopping.NothingToSee, false, WhoUmcCategory.Unlikely)]
    [InlineData(DataForJudging.Enough, TimeFit.Improbable, OtherCause.RuledOut, AfterStopping.NothingToSee, false, WhoUmcCategory.Conditional)]
    [InlineData(DataForJudging.MoreCanBeHad, TimeFit.Fits, OtherCause.RuledOut, AfterStopping.Settled, true, WhoUmcCategory.Conditional)]
    [InlineData(DataForJudging.NoMoreCanBeHad, TimeFit.Fits, OtherCause.RuledOut, AfterStopping.Settled, true, WhoUmcCategory.Unassessable)]
    public void Who_umc_follows_its_printed_criteria(DataForJudging data, TimeFit time, OtherCause other, AfterStopping stopping, bool specific, WhoUmcCategory category)
    {
        var result = WhoUmc.Of(new(data, time, other, stopping, specific));
        Assert.Equal(category, result.Category);
        Assert.Equal("data", result.Path[0]);
    }

    [Fact]
    public void What_did_not_come_back_with_another_massage_is_not_certain() =>
        Assert.Equal(WhoUmcCategory.Probable, WhoUmc.Of(new(DataForJudging.Enough, TimeFit.Fits, OtherCause.RuledOut, AfterStopping.Settled, true, CameBack: false)).Category);

    [Fact]
    public void A_case_needs_four_things() => Assert.Equal(["person", "event"], MinimumCriteria.Of(reporter: true, person: false, suspected: true, happened: false).Missing);

    [Fact]
    public void An_onset_before_the_massage_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => TimeToOnset.Between(-3, 2));

    [Fact]
    public void Every_grade_and_every_criterion_has_its_words_in_the_knowledge()
    {
        var scales = Repository.Compiled.Scales;
        string[] Items(string id) => [.. scales[id].Items.Select(i => i.Id)];
        Assert.Equal(["major", "moderate", "mild"], Items(Severity.CarnesScale));
        Assert.Equal(5, Items(Severity.PaanalahtiScale).Length);
        Assert.Equal(Enumerable.Range(1, 5).Select(g => $"grade-{g}"), Items(Severity.CtcaeScale));
        Assert.Equal(["mild", "moderate", "severe", "serious"], Items(Severity.SafetyNetScale));
        Assert.Equal(["mild", "moderate", "severe", "catastrophic"], Items(Severity.FourWordsScale));
        Assert.Equal(Enum.GetValues<SeriousnessCriterion>().Length, scales["ich-e2a"].Items.Length);
        Assert.Equal(Completeness.Of(new()).Penalties.Select(p => p.Dimension), Items("vigigrade"));
        Assert.Equal(Naranjo.Questions, scales["naranjo"].Items.Length);
        Assert.Equal(13, scales["care-2013"].Items.Length);
        Assert.Subset(Items("who-umc").ToHashSet(), Enum.GetNames<WhoUmcCategory>().Select(n => n.ToLowerInvariant()).ToHashSet());
        Assert.Equal(MinimumCriteria.Of(false, false, false, false).Missing, Items("minimum-criteria"));
    }
}
