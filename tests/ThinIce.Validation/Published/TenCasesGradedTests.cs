using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;
using ThinIce.TestSupport;
using static ThinIce.Core.AdverseEvents.SeriousnessCriterion;

namespace ThinIce.Validation.Published;

/// <summary>
/// Ten published cases, graded by hand from what was read of each report (abstracts, November 2026). What a report does not say stays
/// unknown, also where it can be guessed. Every report is by doctors and in print, so reporter, kind of report and free text are known of
/// all; the dose is known only with pressure, minutes and region together.
/// </summary>
public sealed class TenCasesGradedTests
{
    private static readonly Severity Scales = new(Repository.Compiled.Parameters.Durations!);

    private sealed record Case(string Id, EventFacts Facts, ReportDimensions Report, string? Carnes, string? Ctcae, string? FourWords, bool? Serious, double Completeness);

    private static Answer<T> Is<T>(T value) => Answer<T>.Known(value);

    private static ReportDimensions Report(OnsetKnown onset, bool reason = false, bool outcome = false, bool dose = false, bool country = false) =>
        new() { Onset = onset, ReasonForVisit = reason, Outcome = outcome, Dose = dose, Country = country, Sex = true, Age = AgeKnown.Yes, Reporter = true, ReportType = true, Comments = true };

    private static readonly Case[] All =
    [
        // Torn vertebral artery, "following the procedure": no interval. Was in hospital and went home without a deficit: admitted, so serious and
        // at least CTCAE 3; whether life was in danger is not said. How strong and how long is not said: no Carnes. 0.5 (onset) · 0.7 (reason) · 0.9 (dose).
        new("vad-neck-massage-vietnam-2024", new EventFacts { Outcome = Is(EventOutcome.Recovered) }.With(Hospitalisation, true),
            Report(OnsetKnown.No, outcome: true, country: true), null, "grade-3", null, true, 0.315),

        // "Massive" pulmonary embolism two hours after an hour's massage of a leg that had hurt for five months. Massive means that the
        // circulation fails: life was in danger then. Outcome not said: 4 or 5. 0.7 (outcome) · 0.9 (dose: no pressure).
        new("pe-leg-massage-indonesia", new EventFacts { Onset = Is(TimeToOnset.Hours(2)) }.With(LifeThreatening, true),
            Report(OnsetKnown.Exactly, reason: true, country: true), null, "grade-4", "catastrophic", true, 0.63),

        // Blood beside the cord three days after, operated on as an emergency: CTCAE 4 by "urgent treatment". Not said that life was in danger, nor
        // what became of him, so the four words have nothing. 0.7 (reason) · 0.7 (outcome) · 0.9 (dose) · 0.9 (country).
        new("seh-friend-thai-massage-20m-2019", new EventFacts { Onset = Is(TimeToOnset.Hours(72)), Care = Is(CareReceived.UrgentTreatment) }.With(Hospitalisation, true),
            Report(OnsetKnown.Exactly), null, "grade-4", null, true, 0.3969),

        // She died: CTCAE 5, catastrophic. When the bleeding began is not said. 0.5 (onset) · 0.7 (reason) · 0.9 (dose) · 0.9 (country).
        new("splenic-rupture-tba-massage-twin-pregnancy", new EventFacts { Outcome = Is(EventOutcome.Fatal) },
            Report(OnsetKnown.No, outcome: true), null, "grade-5", "catastrophic", true, 0.2835),

        // Paralysed in all limbs, from the session on; an operation and three years of rehabilitation. Severe and for years: Carnes major. Disabling and an
        // operation: CTCAE 3 at least; danger to life not said. Lasting disability: catastrophic. 0.7 (reason) · 0.9 (dose) · 0.9 (country).
        new("sci-opll-neck-massage-43m-2012", new EventFacts
        {
            Intensity = Is(Intensity.Severe), DurationHours = Is(3 * 365 * 24.0), Onset = Is(TimeToOnset.Hours(0)), Care = Is(CareReceived.InvasiveTreatment), Outcome = Is(EventOutcome.RecoveredWithSequelae),
        }.With(Disability, true), Report(OnsetKnown.Exactly, outcome: true), "major", "grade-3", "catastrophic", true, 0.567),

        // Radial nerve: hand useless, near-total recovery at six months. For half a year is significant: disability. "Acute" is an onset to a month or
        // less. How strong is not said, so no Carnes. 0.9 (onset) · 0.7 (reason) · 0.9 (dose: no minutes) · 0.9 (country).
        new("radial-nerve-spiral-groove-58f-2017", new EventFacts { DurationHours = Is(182 * 24.0), Outcome = Is(EventOutcome.Recovering) }.With(Disability, true),
            Report(OnsetKnown.WithinAMonth, outcome: true), null, "grade-3", "catastrophic", true, 0.5103),

        // Severe shoulder pain and a paralysed arm, growing over two days, a year to recover: severe for weeks, Carnes major. The onset is between 0 and 48 hours.
        // She came because of an old injury. 0.9 (onset) · 0.9 (dose: no minutes) · 0.9 (country).
        new("brachial-plexus-58f-2015", new EventFacts
        {
            Intensity = Is(Intensity.Severe), DurationHours = Is(365 * 24.0), Onset = Is(TimeToOnset.Between(0, 48)), Outcome = Is(EventOutcome.Recovering),
        }.With(Disability, true), Report(OnsetKnown.WithinAMonth, reason: true, outcome: true), "major", "grade-3", "catastrophic", true, 0.729),

        // Nerve palsy after six friction massages for tennis elbow, watched, gone after two months. A palsy is medically important: serious. Nothing on how
        // strong it was or what it kept her from, and watching is no sign of a grade: CTCAE not known. 0.5 (onset) · 0.9 (dose) · 0.9 (country).
        new("posterior-interosseous-friction-massage-2010", new EventFacts { DurationHours = Is(61 * 24.0), Care = Is(CareReceived.Consulted), Outcome = Is(EventOutcome.Recovered) }.With(MedicallyImportant, true),
            Report(OnsetKnown.No, reason: true, outcome: true), null, null, null, true, 0.405),

        // Positional vertigo, "intense", 12 hours after the last use; a manoeuvre, gone. Severe is CTCAE 3 whatever the treatment, at least. None of the six
        // criteria is spoken of, except that she lived: not known whether serious. 0.7 (reason) · 0.9 (dose) · 0.9 (country).
        new("bppv-massage-gun-31f-2024", new EventFacts { Intensity = Is(Intensity.Severe), Onset = Is(TimeToOnset.Hours(12)), Care = Is(CareReceived.LocalTreatment), Outcome = Is(EventOutcome.Recovered) },
            Report(OnsetKnown.Exactly, outcome: true), null, "grade-3", "severe", null, 0.567),

        // A clot in a vein of the neck "in the context of a year of massages", without complaints but a swelling: mild, and an onset known to a year only. Nobody says how
        // it ended or how long it lasted. 0.7 (onset) · 0.7 (reason) · 0.7 (outcome) · 0.9 (dose) · 0.9 (country).
        new("ejv-thrombosis-deep-neck-massage-85m", new EventFacts { Intensity = Is(Intensity.Mild), Onset = Is(TimeToOnset.Between(0, 365 * 24)) },
            Report(OnsetKnown.WithinMoreThanAMonth), null, "grade-1", "mild", null, 0.27783),
    ];

    public static TheoryData<string> Ids => [.. All.Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Severity_seriousness_and_completeness_are_those_worked_out_by_hand(string id)
    {
        var hand = All.Single(c => c.Id == id);
        Assert.True(Repository.Compiled.Published.ContainsKey(id));
        Assert.Equal(hand.Carnes, Scales.Carnes(hand.Facts).Category);
        Assert.Equal(hand.Ctcae, Severity.Ctcae(hand.Facts).Category);
        Assert.Equal(hand.FourWords, Severity.FourWords(hand.Facts).Category);
        var serious = Seriousness.Of(hand.Facts).IsSerious;
        Assert.Equal(hand.Serious, serious.IsKnown ? serious.Value : null);
        Assert.Equal(hand.Completeness, Completeness.Of(hand.Report).Score, 10);
    }

    [Fact]
    public void The_onset_that_is_told_is_as_exact_as_its_penalty_says() =>
        Assert.All(All.Where(c => c.Facts.Onset.IsKnown), c => Assert.Equal(c.Report.Onset, ReportDimensions.Precision(c.Facts.Onset)));

    // A woman with pain in one leg for months asks for a leg massage: the rules name a clot in the lung before anything happens; a burn of the eye they do not.
    [Fact]
    public void A_harm_is_expected_when_the_rules_named_it_for_this_person_and_massage()
    {
        var knowledge = Repository.Compiled;
        var read = new Core.Words.Recogniser(knowledge).Read(new Intake
        {
            Client = Client.Empty with { Lists = Client.Empty.Lists.SetItem((int)ClientField.Symptoms, Answer<System.Collections.Immutable.ImmutableArray<string>>.Known(["left calf swollen, warm and painful"])) },
            Session = new() { Technique = "leg massage", Regions = ["calf"] },
        });
        var engine = new ScreeningEngine(knowledge);
        var clot = Expectedness.Of(knowledge, engine, read.Case, new("pulmonary-embolism"));
        Assert.Equal(Expected.Named, clot.Expected);
        Assert.NotEmpty(clot.Rules);
        Assert.Equal(knowledge.Version, clot.KnowledgeVersion);
        Assert.Equal(Expected.InCatalogueOnly, Expectedness.Of(knowledge, engine, read.Case, new("eye-injury")).Expected);
        Assert.Equal(Expected.NotKnown, Expectedness.Of(knowledge, engine, read.Case, new("hiccups")).Expected);
    }
}
