using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Words;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Unit;

/// <summary>What the recogniser makes of how people write. Concepts are named by their words, not by id.</summary>
public sealed class RecogniserTests
{
    private static readonly KnowledgeBase Knowledge = Repository.Compiled;
    private static readonly Recogniser Recogniser = new(Knowledge);

    [Theory]
    [InlineData("warfarin")]
    [InlineData("Coumadin 5 mg once daily")]
    [InlineData("I take warfarin")]
    [InlineData("WARFARIN!!")]
    [InlineData("wafarin")]
    [InlineData("warfarrin")]
    [InlineData("warfarin for my heart since last year")]
    public void A_medicine_is_found_under_its_names_and_near_misspellings(string words)
    {
        var fact = Assert.Single(Read(ClientField.Medicines, words).Case.Facts);
        Assert.Equal("warfarin", Name(fact));
        Assert.Equal((Presence.Present, Whose.Own, Currency.Current), (fact.Presence, fact.Whose, fact.Currency));
    }

    [Theory]
    [InlineData("home machine said 212/121 twice today", 212.0)]
    [InlineData("BP 118/70 on Monday", 118.0)]
    [InlineData("126/78", 126.0)]
    [InlineData("pain 9/10 since 25/12", null)]
    [InlineData("vision 20/20", null)]
    public void Two_numbers_with_a_slash_are_a_blood_pressure_and_scores_and_dates_are_not(string words, double? upper)
    {
        var readings = Read(ClientField.Symptoms, words).Case.Facts.Where(f => Name(f) == "blood pressure reading").Select(f => f.Value);
        Assert.Equal(upper is { } value ? [value] : [], readings);
    }

    [Theory]
    [InlineData("38.9 this morning and aching all over", 38.9)]
    [InlineData("101.5F last night", 101.5)]
    [InlineData("back pain, 38.2 yesterday", 38.2)]
    [InlineData("37.1 this morning", null)]
    [InlineData("39 yesterday", null)]
    [InlineData("38.5 kg lighter", null)]
    [InlineData("40.2 miles run on Sunday", null)]
    [InlineData("bmi 38.5", null)]
    public void A_bare_number_that_begins_a_symptom_is_a_temperature_where_it_can_be_nothing_else(string words, double? degrees)
    {
        var readings = Read(ClientField.Symptoms, words).Case.Facts.Where(f => Name(f) == "temperature reading").Select(f => f.Value);
        Assert.Equal(degrees is { } value ? [value] : [], readings);
        Assert.DoesNotContain(Read(ClientField.Conditions, words).Case.Facts, f => Name(f) == "temperature reading");
    }

    [Theory]
    [InlineData("my period was 9 days late", "late period", 9.0)]
    [InlineData("period was five weeks late", "late period", 35.0)]
    [InlineData("period is late", "late period", null)]
    public void A_length_of_time_may_stand_inside_a_phrase_and_still_counts(string words, string name, double? days)
    {
        var fact = Assert.Single(Read(ClientField.Symptoms, words).Case.Facts);
        Assert.Equal((name, days), (Name(fact), fact.DaysAgo?.Low));
    }

    [Theory]
    [InlineData("calf is very swollen on the left", "calf swollen on the left", Side.Left)]
    [InlineData("the foot was badly numb since Monday", "foot badly numb since Monday", Side.Unstated)]
    [InlineData("heart racing", "heart is so racing", Side.Unstated)]
    public void Small_words_and_a_degree_inside_a_phrase_change_nothing_but_the_degree(string words, string same, Side side)
    {
        var (one, other) = (Read(ClientField.Symptoms, words).Case.Facts, Read(ClientField.Symptoms, same).Case.Facts);
        Assert.Equal(other.Select(Name).Distinct().Order(), one.Select(Name).Distinct().Order());
        Assert.Contains(one, f => f.Side == side);
    }

    [Fact]
    public void A_misspelling_is_shown_with_what_it_was_read_as() =>
        Assert.Equal(new("wafarin", "warfarin"), Assert.Single(Read(ClientField.Medicines, "wafarin").ReadAs));

    [Theory]
    [InlineData("no blood thinners", Presence.Denied)]
    [InlineData("not on any blood thinner", Presence.Denied)]
    [InlineData("never taken blood thinners", Presence.Denied)]
    [InlineData("maybe a blood thinner", Presence.Open)]
    [InlineData("blood thinner, not sure which", Presence.Open)]
    [InlineData("no diabetes but a blood thinner", Presence.Present)]
    [InlineData("no diabetes; blood thinner", Presence.Present)]
    [InlineData("no diabetes, blood thinner daily", Presence.Present)]
    [InlineData("no asthma, diabetes or blood thinner", Presence.Denied)]
    public void A_denial_reaches_as_far_as_its_sentence_says(string words, Presence presence) =>
        Assert.Equal(presence, Assert.Single(Read(ClientField.Conditions, words).Case.Facts, f => Name(f).StartsWith("blood thinner", StringComparison.Ordinal)).Presence);

    [Theory]
    [InlineData(ClientField.Conditions, "mother had a blood clot in her leg", Whose.Other)]
    [InlineData(ClientField.Conditions, "blood clot in my father", Whose.Other)]
    [InlineData(ClientField.Conditions, "family history of blood clots", Whose.Other)]
    [InlineData(ClientField.Conditions, "my mother is well, I had a blood clot", Whose.Own)]
    [InlineData(ClientField.Conditions, "my mum, who had a blood clot", Whose.Other)]
    [InlineData(ClientField.Medicines, "aunt on warfarin", Whose.Unclear)]
    public void Other_people_are_kept_apart(ClientField field, string words, Whose whose) =>
        Assert.Equal(whose, Assert.Single(Read(field, words).Case.Facts).Whose);

    [Theory]
    [InlineData("blood clot two weeks ago", 14)]
    [InlineData("blood clot 2weeks ago", 14)]
    [InlineData("3 months ago: blood clot", 91.3)]
    [InlineData("blood clot, ten days ago", 10)]
    [InlineData("blood clot a year ago", 365.25)]
    public void How_long_ago_is_read_in_words_and_numbers(string words, double days)
    {
        var fact = Assert.Single(Read(ClientField.Conditions, words).Case.Facts);
        Assert.Equal(days, fact.DaysAgo!.Value.Low, 0.1);
        Assert.Equal(Currency.Past, fact.Currency);
    }

    [Theory]
    [InlineData("no problems with my blood thinner", Presence.Present)]
    [InlineData("never had asthma because of a blood thinner", Presence.Present)]
    [InlineData("no asthma and a blood thinner", Presence.Open)]
    [InlineData("blood thinner: no", Presence.Denied)]
    [InlineData("blood thinner - none", Presence.Denied)]
    [InlineData("never been on a blood thinner", Presence.Denied)]
    public void A_denial_ends_where_something_else_begins(string words, Presence presence) =>
        Assert.Equal(presence, Assert.Single(Read(ClientField.Conditions, words).Case.Facts, f => Name(f).StartsWith("blood thinner", StringComparison.Ordinal)).Presence);

    [Theory]
    [InlineData("blood clot 10 years ago and another one 2 weeks ago", 14)]
    [InlineData("blood clot 5 years ago but a new one yesterday", 1)]
    [InlineData("mum had a blood clot, so did I two weeks ago", 14)]
    public void A_second_event_keeps_its_own_time(string words, double days) =>
        Assert.Contains(Read(ClientField.Conditions, words).Case.Facts, f => f is { Whose: Whose.Own, Presence: Presence.Present, DaysAgo: { } ago } && Math.Abs(ago.Low - days) < 0.1);

    [Theory]
    [InlineData("took my warfarin this morning", Currency.Current)]
    [InlineData("took warfarin for months", Currency.Past)]
    [InlineData("stopped warfarin last year", Currency.Past)]
    [InlineData("I am 70 years old and on warfarin", Currency.Current)]
    public void Only_what_was_stopped_is_over(string words, Currency currency) =>
        Assert.Equal(currency, Assert.Single(Read(ClientField.Medicines, words).Case.Facts).Currency);

    // On 25 November 2026. Days are counted by hand: from 1 January 2019 it is 2,885 days, from its 31 December 2,521.
    [Theory]
    [InlineData("blood clot in 2019", 2521, 2886)]
    [InlineData("blood clot in August", 86, 117)]
    [InlineData("blood clot in march 2025", 604, 635)]
    [InlineData("blood clot, 5 may", 178, 209)]
    [InlineData("blood clot since december", 329, 360)]
    [InlineData("blood clot in november", 0, 25)]
    public void Years_and_months_are_times_when_the_day_of_the_intake_is_known(string words, double low, double high)
    {
        var intake = Dated(words);
        var span = Assert.Single(Recogniser.Read(intake).Case.Facts).DaysAgo!.Value;
        Assert.Equal((low, high), (span.Low, span.High));
        Assert.Null(Assert.Single(Recogniser.Read(intake with { On = null }).Case.Facts).DaysAgo);
    }

    [Fact]
    public void What_may_have_been_a_clot_is_no_clot_in_May()
    {
        var fact = Assert.Single(Recogniser.Read(Dated("may have had a blood clot")).Case.Facts);
        Assert.Equal((Presence.Open, null), (fact.Presence, fact.DaysAgo));
    }

    private static Intake Dated(string words)
    {
        var lists = new Answer<ImmutableArray<string>>[ClientFields.ListCount];
        lists[(int)ClientField.Conditions] = Answer<ImmutableArray<string>>.Known([words]);
        return new() { Client = new() { Lists = [.. lists] }, On = new(2026, 11, 25) };
    }

    [Fact]
    public void Words_beside_understood_ones_are_handed_on() =>
        Assert.Equal("flobby", Assert.Single(Read(ClientField.Symptoms, "flobby chest pain").NotUnderstood));

    [Fact]
    public void A_pain_that_goes_on_for_months_is_not_over()
    {
        var fact = Assert.Single(Read(ClientField.Symptoms, "left leg pain for five months").Case.Facts);
        Assert.Equal((Side.Left, Currency.Current), (fact.Side, fact.Currency));
        Assert.Equal(152.2, fact.DaysAgo!.Value.Low, 0.1);
    }

    [Theory]
    [InlineData("face gone droopy", Currency.Current)]
    [InlineData("hand has gone a bit numb", Currency.Current)]
    [InlineData("numbness has gone", Currency.Healed)]
    [InlineData("numbness gone and no more trouble", Currency.Healed)]
    public void A_sign_that_has_gone_is_over_and_a_face_gone_droopy_is_not(string words, Currency currency) =>
        Assert.Equal(currency, Read(ClientField.Symptoms, words).Case.Facts.First(f => f.Presence == Presence.Present).Currency);

    [Theory]
    [InlineData("pulled calf, fully healed", Currency.Healed)]
    [InlineData("pulled calf two years ago, fully healed", Currency.Healed)]
    [InlineData("pulled calf", Currency.Current)]
    public void Healed_is_heard_after_a_comma(string words, Currency currency) =>
        Assert.Equal(currency, Assert.Single(Read(ClientField.Conditions, words).Case.Facts).Currency);

    [Theory]
    [InlineData("both ankles a bit puffy", Side.Both, Degree.Mild)]
    [InlineData("left and right leg swollen", Side.Both, Degree.Unstated)]
    [InlineData("right calf badly swollen, very bad", Side.Right, Degree.Severe)]
    [InlineData("one leg swollen", Side.One, Degree.Unstated)]
    public void Side_and_degree_are_read(string words, Side side, Degree degree)
    {
        var fact = Read(ClientField.Symptoms, words).Case.Facts[0];
        Assert.Equal((side, degree), (fact.Side, fact.Degree));
    }

    [Fact]
    public void Where_and_which_side_go_on_within_the_sentence() =>
        Assert.All(Read(ClientField.Symptoms, "my right calf is painful and warm").Case.Facts, f =>
        {
            Assert.Equal(Side.Right, f.Side);
            Assert.NotEqual(0UL, f.Regions);
        });

    [Theory]
    [InlineData("flobby wuzzle")]
    [InlineData("زكام شديد")]
    [InlineData("my left calf")]
    [InlineData("xylorimba 20mg")]
    [InlineData("aunt blorptitis")]
    public void Words_that_mean_nothing_here_are_handed_on_and_open_the_field(string words)
    {
        var reading = Read(ClientField.Symptoms, words);
        Assert.NotEmpty(reading.NotUnderstood);
        Assert.True(reading.Case.IsMisread(ClientField.Symptoms));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("n/a")]
    [InlineData("Nothing.")]
    [InlineData("no")]
    public void None_is_an_answer(string words)
    {
        var reading = Read(ClientField.Medicines, words);
        Assert.Empty(reading.NotUnderstood);
        Assert.Empty(reading.Case.Facts);
        Assert.False(reading.Case.IsMisread(ClientField.Medicines));
    }

    [Fact]
    public void Part_of_an_item_that_means_nothing_is_handed_on_beside_the_part_that_does()
    {
        var reading = Read(ClientField.Symptoms, "chest pain, flobby wuzzle");
        Assert.Single(reading.Case.Facts);
        Assert.Equal("flobby wuzzle", Assert.Single(reading.NotUnderstood));
    }

    [Theory]
    [InlineData("aunt on warfarin, deep tissue, back")]
    [InlineData("my aunt takes warfarin. deep tissue on her back")]
    public void In_one_line_the_relative_named_first_is_the_person_on_the_table(string line)
    {
        var reading = Recogniser.Read(new Intake { InOneLine = line });
        var fact = Assert.Single(reading.Case.Facts);
        Assert.Equal((Whose.Own, "warfarin"), (fact.Whose, Name(fact)));
        Assert.Equal(Sex.Female, reading.Case.Sex);
        Assert.Equal(PressureLevel.Strong, reading.Case.Session.Pressure);
        Assert.True(reading.Case.Session.Regions.IsKnown);
    }

    [Fact]
    public void In_one_line_age_minutes_and_weeks_are_read()
    {
        var old = Recogniser.Read(new Intake { InOneLine = "88 year old man, strong massage, whole body, 2 hours" }).Case;
        Assert.Equal((88, 120, PressureLevel.Strong, Sex.Male), (old.Age!.Value, old.Session.Minutes!.Value, old.Session.Pressure!.Value, old.Sex!.Value));
        var pregnant = Recogniser.Read(new Intake { InOneLine = "34 weeks pregnant, belly massage" }).Case;
        Assert.Equal(34, pregnant.PregnancyWeeks!.Value.Low, 0.01);
    }

    [Fact]
    public void The_pressure_of_a_technique_is_used_when_none_is_named_and_not_otherwise()
    {
        Assert.Equal(PressureLevel.Strong, Session(new() { Technique = "deep tissue" }).Pressure);
        Assert.Equal(PressureLevel.Light, Session(new() { Technique = "deep tissue", Pressure = PressureLevel.Light }).Pressure);
        Assert.Null(Session(new() { Technique = "reflexology" }).Pressure);
    }

    [Fact]
    public void A_device_that_is_not_understood_leaves_the_devices_open()
    {
        Assert.False(Session(new() { Devices = ["zapomatic 3000"] }).Devices.IsKnown);
        Assert.True(Session(new() { Devices = [] }).Devices.IsKnown);
    }

    [Fact]
    public void Adversarial_words_cost_no_more_than_their_length()
    {
        // Counted in facts and words, not in seconds: a long item of half-matches ends, and nothing is lost of it.
        var words = string.Join(' ', Enumerable.Repeat("blood no not blood clot in", 70));
        var reading = Read(ClientField.Conditions, words);
        Assert.Equal(70, reading.Case.Facts.Length);
    }

    private static CodedSession Session(PlannedSession planned) => Recogniser.Read(new Intake { Session = planned }).Case.Session;

    private static string Name(Fact fact) => Knowledge.Vocabulary.Concepts[fact.Concept].Name.In("en");

    private static Reading Read(ClientField field, string words)
    {
        var lists = new Answer<ImmutableArray<string>>[ClientFields.ListCount];
        lists[(int)field] = Answer<ImmutableArray<string>>.Known([words]);
        return Recogniser.Read(new Intake { Client = new() { Lists = [.. lists] } });
    }
}
