using System.Text;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge.Pages;

/// <summary>Lists and shows entries of the knowledge in plain text.</summary>
public static class Describe
{
    private static readonly Dictionary<string, Func<KnowledgeBase, IEnumerable<(string Id, string Line)>>> Listing = new()
    {
        ["rules"] = k => k.Rules.Select(r => (r.Id.Value, $"{ContractNames.Of(r.Decision),-9}  {ContractNames.Of(r.Kind),-16}  {Status(r)}")),
        ["aftercare"] = k => k.Aftercare.Select(r => (r.Id.Value, $"{ContractNames.Of(r.Urgency),-9}  {ContractNames.Of(r.Kind),-16}  {Status(r)}")),
        ["concepts"] = k => k.Vocabulary.Concepts.Select(c => (c.Id.Value, $"{c.Kind.ToString().ToLowerInvariant(),-10}  {c.Name.In("en")}")),
        ["harms"] = k => k.Harms.Select(h => (h.Id.Value, h.Name.In("en"))),
        ["published"] = k => k.Published.Select(c => (c.Id, $"{c.Grade}  {c.Title}")),
        ["references"] = k => k.References.Select(r => (r.Id.Value, $"{r.Title} ({r.Verified})")),
        ["definitions"] = k => k.Definitions.Select(d => (d.Id.Value, d.Name.In("en"))),
        ["measures"] = k => k.Measures.Select(m => (m.Id.Value, $"{m.Name.In("en")}, {m.Unit}")),
        ["places"] = k => k.Places.Select(p => (p.Code, $"{p.Name.In("en")}: emergency {p.Emergency}{(p.Advice.Length > 0 ? $", advice {p.Advice}" : "")}")),
    };

    /// <summary>What can be listed.</summary>
    public static IEnumerable<string> Kinds => Listing.Keys;

    /// <summary>A line for each entry of a kind.</summary>
    public static IEnumerable<string> List(KnowledgeBase knowledge, string kind) => Listing[kind](knowledge).Select(e => $"{e.Id,-36}  {e.Line}");

    /// <summary>The id nearest to one that is not there; null where none is near.</summary>
    public static string? Nearest(KnowledgeBase knowledge, string id)
    {
        var near = Listing.Values.SelectMany(list => list(knowledge)).Select(e => e.Id).MinBy(known => Nearness.Distance(known, id));
        return near is not null && Nearness.Distance(near, id) <= 4 ? near : null;
    }

    /// <summary>Everything about one entry; null where there is none of that id.</summary>
    public static string? Show(KnowledgeBase knowledge, string id)
    {
        if (knowledge.Rules.FirstOrDefault(r => r.Id.Value == id) is { } rule) return Rule(knowledge, rule, Screening(knowledge, rule));
        if (knowledge.Aftercare.FirstOrDefault(r => r.Id.Value == id) is { } after) return Rule(knowledge, after, [("Says", ContractNames.Of(after.Urgency))]);
        if (knowledge.Harms.TryGetValue(id, out var harm)) return Harm(knowledge, harm);
        if (knowledge.Published.TryGetValue(id, out var published)) return Case(published);
        if (knowledge.References.TryGetValue(id, out var reference)) return Source(reference);
        if (knowledge.Definitions.TryGetValue(id, out var definition)) return Lines([("Definition", definition.Name.In("en")), ("When", new ConditionWords(knowledge).Of(definition.When)), ("Asks", definition.Ask?.In("en") ?? "")]);
        if (knowledge.Measures.TryGetValue(id, out var measure)) return Lines([("Measure", measure.Name.In("en")), ("Unit", measure.Unit), ("Sources", string.Join(", ", measure.References))]);
        if (knowledge.Places.TryGetValue(id, out var place)) return Lines([("Place", place.Name.In("en")), ("Emergency", place.Emergency), ("Advice", place.Advice)]);
        var concept = knowledge.Vocabulary.IndexOf(new(id));
        return concept < 0 ? null : Entry(knowledge, knowledge.Vocabulary.Concepts[concept]);
    }

    private static IEnumerable<(string, string)> Screening(KnowledgeBase knowledge, ScreeningRule rule)
    {
        yield return ("Says", $"{ContractNames.Of(rule.Decision)}{(rule.Within == Within.None ? "" : $", within {ContractNames.Of(rule.Within)}")}");
        var words = new ConditionWords(knowledge);
        foreach (var change in rule.Adapt)
        {
            var when = change.When is { } w ? $" [when {words.Of(w)}]" : "";
            var unless = change.Unless is { } u ? $" [unless {words.Of(u)}]" : "";
            yield return ("Changes", $"{ContractNames.Of(change.Element)}: {change.Advice.In("en")}{when}{unless}");
        }
    }

    private static string Rule(KnowledgeBase knowledge, Rule rule, IEnumerable<(string, string)> says) => Lines(
    [
        ("Rule", rule.Id.Value), ("File", rule.File), ("Kind", ContractNames.Of(rule.Kind)), ("Status", Status(rule)),
        ("When", new ConditionWords(knowledge).Of(rule.When)),
        ("If open", rule.IfUnknown == IfUnknown.Ask ? "ask" : "act as if present, and ask"),
        .. says,
        ("Why", rule.ForClient.In("en")), ("Therapist", rule.ForTherapist.In("en")),
        ("Harms", string.Join(", ", rule.Harms)), ("Misuse", rule.Misuse),
        .. rule.OverAlerts.Select(o => ("Over-alert", o)),
        .. rule.Evidence.Select(e => ("Evidence", $"{ContractNames.Of(e.Supports)}: {e.Says} {(e.Reference is { } r ? $"[{r}: {knowledge.References[r.Value].Url}]" : "[no source]")}")),
    ]);

    private static string Harm(KnowledgeBase knowledge, Harm harm) => Lines(
    [
        ("Harm", harm.Name.In("en")), ("Heading", harm.Heading), ("ICD-10", string.Join(", ", harm.Icd10)), ("What", harm.What.In("en")), ("How", harm.How.In("en")), ("At risk", harm.AtRisk.In("en")), ("First signs", harm.FirstSigns.In("en")),
        ("What to do", harm.WhatToDo.In("en")), ("How often", harm.HowOften.In("en")),
        ("Cases", string.Join(", ", knowledge.Published.Where(c => c.Harms.Contains(harm.Id)).Select(c => c.Id))), ("Sources", string.Join(", ", harm.References)),
    ]);

    private static string Case(PublishedCase one) => Lines(
    [
        ("Case", one.Title), ("By", one.Authors), ("Year", one.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not printed"), ("Address", one.Source),
        ("Grade", $"{one.Grade}, {one.Verified}"), ("Story", one.Story.In("en")), ("First sign", one.FirstSign.In("en")),
        ("Foreseeable", one.Foreseeable.ToString().ToLowerInvariant()), ("Why", one.Why.In("en")), ("Harms", string.Join(", ", one.Harms)),
    ]);

    private static string Source(Reference reference) => Lines(
    [
        ("Source", reference.Title), ("By", reference.Authors), ("Year", reference.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not printed"),
        ("Address", reference.Url), ("Checked", reference.Verified), .. reference.Says.Select(s => ("Says", s)), ("Caveat", reference.Caveat),
    ]);

    private static string Entry(KnowledgeBase knowledge, Concept concept) => Lines(
    [
        ("Concept", concept.Name.In("en")), ("Kind", concept.Kind.ToString().ToLowerInvariant()), ("Is a", string.Join(", ", concept.IsA)),
        ("Holds", string.Join(", ", knowledge.Vocabulary.Concepts.Where(c => c.IsA.Contains(concept.Id)).Select(c => c.Id))),
        ("Words", string.Join(", ", concept.Words.Concat(concept.WordsInField))), ("Asks", concept.Ask?.In("en") ?? ""),
        ("Codes", string.Join(", ", concept.Codes.Select(c => $"{c.System} {c.Value}"))),
    ]);

    private static string Status(Rule rule) => rule.ReviewedBy is { } by ? $"{rule.Status.ToString().ToLowerInvariant()}, reviewed by {by}" : $"{rule.Status.ToString().ToLowerInvariant()}, not reviewed by a clinician";

    private static string Lines(IEnumerable<(string Label, string Words)> rows)
    {
        var text = new StringBuilder();
        foreach (var (label, words) in rows.Where(r => r.Words.Length > 0)) text.Append(label.PadRight(12)).AppendLine(words);
        return text.ToString().TrimEnd();
    }
}
