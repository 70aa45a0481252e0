using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

namespace ThinIce.Core;

/// <summary>
/// Everything the clinicians wrote, compiled and frozen: what the engines reason with. Made by ThinIce.Knowledge from the
/// YAML in <c>knowledge/</c>. Immutable; one is shared by all requests.
/// </summary>
public sealed record KnowledgeBase
{
    /// <summary>Version that every answer carries: a number and a fingerprint of the content.</summary>
    public required string Version { get; init; }

    /// <summary>Concepts.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>Shared conditions, by id.</summary>
    public required Catalogue<Definition> Definitions { get; init; }

    /// <summary>Shared numbers, by id.</summary>
    public required Catalogue<Measure> Measures { get; init; }

    /// <summary>Rules about planned massages, in a fixed order. Retired ones are not here.</summary>
    public required Entries<ScreeningRule> Rules { get; init; }

    /// <summary>Rules about what comes after, in a fixed order. Retired ones are not here.</summary>
    public required Entries<AftercareRule> Aftercare { get; init; }

    /// <summary>Harms, by id.</summary>
    public required Catalogue<Harm> Harms { get; init; }

    /// <summary>Sources, by id.</summary>
    public required Catalogue<Reference> References { get; init; }

    /// <summary>Published cases of harm, by id.</summary>
    public required Catalogue<PublishedCase> Published { get; init; }

    /// <summary>Pages of advice, by id.</summary>
    public Catalogue<GuidancePage> Guidance { get; init; } = new([], p => p.Id);

    /// <summary>The check-list of what a body can feel, by id; in the order in which it is shown. None in knowledge kept from before there was such.</summary>
    public Catalogue<CheckListLine> CheckList { get; init; } = new([], l => l.Id);

    /// <summary>Published rates, by id.</summary>
    public Catalogue<PublishedRate> Rates { get; init; } = new([], r => r.Id);

    /// <summary>Published figures that are no rates, by id.</summary>
    public Catalogue<RateLeftOut> RatesLeftOut { get; init; } = new([], r => r.Id);

    /// <summary>Practice cases, by id.</summary>
    public Catalogue<DrillCase> Drill { get; init; } = new([], d => d.Id);

    /// <summary>History of the knowledge, newest first.</summary>
    public Entries<HistoryEntry> History { get; init; } = [];

    /// <summary>Countries, by two-letter code.</summary>
    public required Catalogue<Place> Places { get; init; }

    /// <summary>Sentences of the answers and pages, by key.</summary>
    public required Catalogue<KeyedText> Texts { get; init; }

    /// <summary>How each language says no, ago, left, mother … by language code.</summary>
    public required Catalogue<Language> Languages { get; init; }

    /// <summary>The phrases of each language, made ready to be found; by language code.</summary>
    public required Catalogue<PhraseTable> Phrases { get; init; }

    /// <summary>How narratives are coded: one entry, read when it is first used; none in knowledge kept from before there was such.</summary>
    public Entries<Narratives.NarrativeKnowledge> Narratives { get; init; } = [];

    /// <summary>Published scales of events and reports, by id; none in knowledge kept from before there were such.</summary>
    public Catalogue<AdverseEvents.ScaleText> Scales { get; init; } = new([], s => s.Id);

    /// <summary>How cases are looked after: one entry; none in knowledge kept from before there was such.</summary>
    public Entries<Cases.CaseGuide> Cases { get; init; } = [];

    /// <summary>Numbers that belong to no single rule.</summary>
    public required Parameters Parameters { get; init; }

    /// <summary>Clinicians who reviewed rules. Empty until there are some.</summary>
    public required ImmutableArray<Reviewer> Reviewers { get; init; }

    /// <summary>Whether a named clinician has reviewed every rule. False with one rule unreviewed.</summary>
    public bool ReviewedByClinician { get; init; }

    /// <summary>A sentence by key. Throws <see cref="KeyNotFoundException"/> on a key that is not there: a broken build, not a bad input.</summary>
    public string Text(string key, string language = "en") => Texts[key].Text.In(language);

    /// <summary>
    /// Codes of ICD-10 (WHO) for the id of a harm, or of a symptom or condition, the nearest first; none where it has none or is not known. Each was looked up in the tabular list of 2016 (in French, as
    /// the npm package icd10 1.0.1 has it).
    /// </summary>
    public ImmutableArray<string> Icd10Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (Harms.TryGetValue(id, out var harm)) return harm.Icd10;
        return Vocabulary.IndexOf(new ConceptId(id)) is >= 0 and var at ? [.. Vocabulary.Concepts[at].Codes.Where(c => c.System == "icd10").Select(c => c.Value)] : [];
    }
}

/// <summary>A sentence of the answers and pages.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Text">The words.</param>
public sealed record KeyedText(string Key, LocalText Text);

/// <summary>A condition that several rules share.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Name">What it is called in a sentence.</param>
/// <param name="When">When it holds.</param>
public sealed record Definition(DefinitionId Id, LocalText Name, Condition When)
{
    /// <summary>One question that settles it; null when its parts are to be asked for.</summary>
    public LocalText? Ask { get; init; }

    /// <summary>The client field the question belongs to.</summary>
    public ClientField AskIn { get; init; }
}

/// <summary>What a bare number with a decimal stands for: "38.9 this morning".</summary>
/// <param name="Concept">A concept that takes a value.</param>
/// <param name="Ranges">Values that are read so; others stay a number that nothing is made of.</param>
/// <param name="Units">Words right behind the number that belong to it.</param>
/// <param name="NotBefore">Words behind it that make it a number of something else. Before a word that is not known at all it is not read so either.</param>
public sealed record BareReading(ConceptId Concept, ImmutableArray<Span> Ranges, ImmutableArray<string> Units, ImmutableArray<string> NotBefore);

/// <summary>A kind of harm: its page in the catalogue.</summary>
/// <param name="Id">Id of the contract.</param>
/// <param name="Name">Plain name.</param>
/// <param name="Gravity">1 (a nuisance) to 5 (can kill). Only orders harms; convention, not a measured severity.</param>
public sealed record Harm(HarmId Id, LocalText Name, int Gravity)
{
    /// <summary>The heading of the founding document it belongs to, as a key of the texts; "beyond" where it has none there.</summary>
    public string Heading { get; init; } = "";

    /// <summary>
    /// Codes of ICD-10 (WHO) that it is reported under, the nearest first; empty where none says it. They say what it is, never how grave or by what.
    /// </summary>
    public ImmutableArray<string> Icd10 { get; init; } = [];

    /// <summary>How massage can bring it about, or that this is only supposed.</summary>
    public LocalText How { get; init; } = LocalText.None;

    /// <summary>Who is more at risk.</summary>
    public LocalText AtRisk { get; init; } = LocalText.None;

    /// <summary>What it is.</summary>
    public LocalText What { get; init; } = LocalText.None;

    /// <summary>First signs.</summary>
    public LocalText FirstSigns { get; init; } = LocalText.None;

    /// <summary>What to do.</summary>
    public LocalText WhatToDo { get; init; } = LocalText.None;

    /// <summary>How often, with its limits, or that nobody knows.</summary>
    public LocalText HowOften { get; init; } = LocalText.None;

    /// <summary>Sources.</summary>
    public ImmutableArray<ReferenceId> References { get; init; } = [];

    /// <summary>Regions of the body where it is felt or happens, for the picture; empty where no single place can be shown.</summary>
    public ImmutableArray<ConceptId> Where { get; init; } = [];

    /// <summary>Published figures. Empty for most: nobody has counted.</summary>
    public ImmutableArray<Rate> Rates { get; init; } = [];
}

/// <summary>Whether a published harm could have been foreseen from what an intake asks.</summary>
public enum Foreseeable : byte
{
    /// <summary>No: nothing known before pointed to it.</summary>
    No,

    /// <summary>Partly: something known before made it more likely.</summary>
    Partly,

    /// <summary>Yes.</summary>
    Yes,
}

/// <summary>A case of harm after massage that somebody published. Told in our own words. Selected by publication: no rate can be made of them.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Title">Title of the report.</param>
/// <param name="Authors">Authors, and where it appeared.</param>
/// <param name="Year">Year; null where none is known.</param>
/// <param name="Source">Address or identifier.</param>
/// <param name="Grade">A (report or abstract read) to E (known by title only, unverified).</param>
public sealed record PublishedCase(string Id, string Title, string Authors, int? Year, string Source, string Grade)
{
    /// <summary>Harms, the main one first.</summary>
    public ImmutableArray<HarmId> Harms { get; init; } = [];

    /// <summary>What happened, in about two sentences.</summary>
    public LocalText Story { get; init; } = LocalText.None;

    /// <summary>The first sign, and when it came.</summary>
    public LocalText FirstSign { get; init; } = LocalText.None;

    /// <summary>Whether it could have been foreseen.</summary>
    public Foreseeable Foreseeable { get; init; }

    /// <summary>Why, or why not.</summary>
    public LocalText Why { get; init; } = LocalText.None;

    /// <summary>How it was checked.</summary>
    public string Verified { get; init; } = "";
}

/// <summary>A source.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Title">Title.</param>
/// <param name="Authors">Organisation or authors.</param>
/// <param name="Year">Year; null where none is printed.</param>
/// <param name="Url">Address.</param>
/// <param name="Verified">How it was checked: "excerpt read", "seed", "unverified".</param>
public sealed record Reference(ReferenceId Id, string Title, string Authors, int? Year, string Url, string Verified)
{
    /// <summary>Facts, in our own words.</summary>
    public ImmutableArray<string> Says { get; init; } = [];

    /// <summary>What to keep in mind.</summary>
    public string Caveat { get; init; } = "";
}

/// <summary>A country: whom to call.</summary>
/// <param name="Code">ISO 3166 two-letter code.</param>
/// <param name="Name">Name.</param>
/// <param name="Emergency">Emergency number.</param>
public sealed record Place(string Code, LocalText Name, string Emergency)
{
    /// <summary>Advice line in words, such as "NHS 111"; empty where we are not sure of one.</summary>
    public string Advice { get; init; } = "";

    /// <summary>Who listens to somebody who was touched against their will; empty where we have read of none.</summary>
    public ImmutableArray<Signpost> Support { get; init; } = [];
}

/// <summary>Somebody to turn to.</summary>
/// <param name="Name">Name.</param>
/// <param name="How">Telephone number or address on the web, as it is printed; with what has to be known about it.</param>
/// <param name="Read">Address of the page on which we read it.</param>
public sealed record Signpost(LocalText Name, LocalText How, string Read);

/// <summary>A clinician who reviewed rules.</summary>
public sealed record Reviewer(string Id, string Name, string Registration, string On);

/// <summary>Numbers that belong to no single rule; each is in <c>knowledge/parameters/</c> with its source.</summary>
public sealed record Parameters
{
    /// <summary>A symptom said to be over still counts when it was there less than so many days ago.</summary>
    public double RecentSymptomDays { get; init; }

    /// <summary>A symptom said to be over no longer matters when it was there at least so many days ago; in between it is asked about.</summary>
    public double OldSymptomDays { get; init; }

    /// <summary>Plausible range of each number while it is missing, in the order of <see cref="NumberField"/>.</summary>
    public required ImmutableArray<Span> Ranges { get; init; }

    /// <summary>When a pregnancy that nobody asked about is possible at all.</summary>
    public required Condition PregnancyPossible { get; init; }

    /// <summary>The concept that words for being pregnant code to.</summary>
    public required ConceptId Pregnancy { get; init; }

    /// <summary>The class of things that are welcome after a massage and never an alarm.</summary>
    public required ConceptId Benefit { get; init; }

    /// <summary>What a number is a reading of that begins a symptom without saying; null where none is.</summary>
    public BareReading? BareReading { get; init; }

    /// <summary>What the age of somebody's baby says of them: a birth so long ago; null in knowledge kept from before it was said.</summary>
    public ConceptId? Birth { get; init; }

    /// <summary>Where lengths of time are cut by scales that say "hours", "days", "weeks"; null in knowledge kept from before it was said.</summary>
    public AdverseEvents.DurationBounds? Durations { get; init; }

    /// <summary>The plausible range of a number.</summary>
    public Span RangeOf(NumberField field) => Ranges[(int)field];
}
