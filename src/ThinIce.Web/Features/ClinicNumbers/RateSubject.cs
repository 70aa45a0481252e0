using System.Collections.Immutable;
using Microsoft.Extensions.Localization;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;
using ThinIce.Registry;
using ThinIce.Web.Features.Link;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>What sort of thing a rate counts.</summary>
public enum SubjectKind : byte
{
    /// <summary>Anything at all.</summary>
    Anything,

    /// <summary>Something that is a line of the check-list.</summary>
    Symptom,

    /// <summary>A harm that what was told can point to. Nobody has looked: it is no diagnosis.</summary>
    Harm,
}

/// <summary>What a rate counts after a visit.</summary>
/// <param name="Id">Name in addresses and files.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">Name in words.</param>
/// <param name="IsToldIn">Whether an answer tells of it.</param>
public sealed record RateSubject(string Id, SubjectKind Kind, string Name, Func<SurveyedAnswer, bool> IsToldIn)
{
    /// <summary>Whether it was there before, by the ids told before; null where the same question was not asked before.</summary>
    public Func<ImmutableArray<string>, bool>? IsBefore { get; init; }

    /// <summary>Regions after whose treatment it is asked; empty where it is always asked.</summary>
    public ImmutableArray<string> OnlyAfter { get; init; } = [];

    /// <summary>Whether it is asked where these regions were treated: those of <see cref="OnlyAfter"/>, their parts and wholes.</summary>
    public Func<ImmutableArray<string>, bool> IsShownFor { get; init; } = _ => true;

    /// <summary>Whether it can only be known where it was asked what was there before.</summary>
    public bool NeedsBefore { get; init; }

    /// <summary>Whether a visit was asked about it.</summary>
    public bool IsAskedAfter(SettledVisit visit) => IsShownFor(visit.Visit.Plan.Regions) && (!NeedsBefore || visit.IsBeforeKnown);

    /// <summary>Whether it was told after a visit.</summary>
    public bool IsToldAfter(SettledVisit visit) => visit.Answers.Any(IsToldIn);
}

/// <summary>All that is asked about: anything at all, each line of the check-list, and the harms that were pointed to.</summary>
public sealed class RateSubjects
{
    private readonly KnowledgeBase _knowledge;
    private readonly Recogniser _recogniser;
    private readonly IStringLocalizer<ClinicNumberWords> _words;

    /// <summary>Made of the knowledge, which has the check-list's lines.</summary>
    public RateSubjects(Answerer answerer, IStringLocalizer<ClinicNumberWords> words) =>
        (_knowledge, _recogniser, _words) = (answerer.Knowledge, new(answerer.Knowledge), words);

    /// <summary>The subjects, in the order in which they are shown.</summary>
    /// <param name="harms">Ids of the harms that were pointed to.</param>
    public ImmutableArray<RateSubject> Of(IEnumerable<string> harms) => [.. Anything(), .. Symptoms(), .. harms.Distinct().Where(_knowledge.Harms.ContainsKey).Order(StringComparer.Ordinal).Select(Harm)];

    private IEnumerable<RateSubject> Anything() =>
    [
        new("any", SubjectKind.Anything, _words["subject.any"], a => a.Complaints.Length > 0) { IsBefore = before => before.Length > 0 },
        new("new", SubjectKind.Anything, _words["subject.new"], a => a.Complaints.Any(c => c.IsNewOrWorse)) { NeedsBefore = true },
        new("emergency", SubjectKind.Anything, _words["subject.emergency"], a => a.Urgency == ContractNames.Of(Urgency.Emergency)),
    ];

    /// <summary>Each line of the check-list by what it means: lines that mean the same are one subject, asked wherever one of them is.</summary>
    private IEnumerable<RateSubject> Symptoms()
    {
        return from line in _knowledge.CheckList
               let concepts = Concepts(line.Words.In("en"))
               where concepts.Length > 0
               group line by string.Join('+', concepts) into same
               select Symptom([.. same.Key.Split('+')], [.. same]);
    }

    private RateSubject Symptom(ImmutableArray<string> concepts, ImmutableArray<CheckListLine> lines)
    {
        var (words, isAlways) = (lines[0].Words.In("en"), lines.Any(l => l.Regions.IsEmpty));
        return new($"symptom.{string.Join('+', concepts)}", SubjectKind.Symptom, $"{char.ToUpperInvariant(words[0])}{words[1..]}", a => a.Complaints.Any(c => Means(c.Concepts, concepts)))
        {
            OnlyAfter = isAlways ? [] : [.. lines.SelectMany(l => l.Regions).Select(r => r.Value)],
            IsShownFor = regions => isAlways || lines.Any(l => SignChoice.IsShown(_knowledge, l, regions)),
            IsBefore = isAlways ? before => Means(before, concepts) : null,
        };
    }

    private RateSubject Harm(string id) => new($"harm.{id}", SubjectKind.Harm, _knowledge.Harms[id].Name.In("en"), a => a.Suspected.Contains(id));

    /// <summary>What a line means, regions aside: the place of a complaint is not what is felt.</summary>
    private ImmutableArray<string> Concepts(string line)
    {
        var told = new Intake { Client = Client.Empty with { Lists = Client.Empty.Lists.SetItem((int)ClientField.Symptoms, Answer<ImmutableArray<string>>.Known([line])) } };
        var facts = _recogniser.Read(told).Case.Facts.Where(f => f.Presence == Presence.Present && _knowledge.Vocabulary.KindOf(f.Concept) != ConceptKind.Region);
        return [.. facts.Select(f => _knowledge.Vocabulary.Concepts[f.Concept].Id.Value).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether something told is each of the concepts, or a kind of it.</summary>
    private bool Means(ImmutableArray<string> told, ImmutableArray<string> concepts) => concepts.All(c => told.Any(t => IsA(t, c)));

    private bool IsA(string told, string concept)
    {
        var (a, b) = (_knowledge.Vocabulary.IndexOf(new(told)), _knowledge.Vocabulary.IndexOf(new(concept)));
        return told == concept || (a >= 0 && b >= 0 && _knowledge.Vocabulary.IsA(a, b));
    }
}
