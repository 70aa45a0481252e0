using System.Globalization;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge.Pages;

/// <summary>Says in a few lines how words were read, for those who write the vocabulary.</summary>
public static class WordsRead
{
    /// <summary>A line for each thing found in words of one list of the client, and for what nothing was made of.</summary>
    /// <param name="knowledge">The knowledge, for the names of what was found.</param>
    /// <param name="recogniser">Its recogniser, made once for many words.</param>
    /// <param name="field">The list that the words stand in, as the contract calls it.</param>
    /// <param name="words">What somebody wrote.</param>
    /// <param name="today">The day it is, so that "in August" is a time.</param>
    public static IEnumerable<string> Of(KnowledgeBase knowledge, Recogniser recogniser, string field, string words, DateOnly? today = null)
    {
        if (!ClientFields.TryParse(field, out var list)) throw new ArgumentException("Not a list of the client.", nameof(field));
        var lists = Enumerable.Range(0, ClientFields.ListCount)
            .Select(f => Answer<System.Collections.Immutable.ImmutableArray<string>>.Known(f == (int)list ? [words] : [])).ToArray();
        var reading = recogniser.Read(new Intake { Client = new Client { Lists = [.. lists] }, On = today });
        foreach (var fact in reading.Case.Facts) yield return Line(knowledge, fact);
        foreach (var read in reading.ReadAs) yield return $"read as         {read.Words} -> {read.As}";
        foreach (var left in reading.NotUnderstood) yield return $"not understood  {left}";
    }

    private static string Line(KnowledgeBase knowledge, Fact fact)
    {
        var parts = new List<string> { knowledge.Vocabulary.Concepts[fact.Concept].Id.Value };
        if (fact.Presence != Presence.Present) parts.Add(fact.Presence == Presence.Denied ? "denied" : "left open");
        if (fact.Whose != Whose.Own) parts.Add(fact.Whose == Whose.Other ? "somebody else's" : "whose?");
        if (fact.Currency != Currency.Current) parts.Add(fact.Currency == Currency.Past ? "past" : "healed");
        if (fact.DaysAgo is { } days) parts.Add($"{Number(days.Low)} to {Number(days.High)} days ago");
        if (fact.Side != Side.Unstated) parts.Add($"side {fact.Side.ToString().ToLowerInvariant()}");
        if (fact.Degree != Degree.Unstated) parts.Add(fact.Degree.ToString().ToLowerInvariant());
        if (fact.Value is { } value) parts.Add($"value {Number(value)}");
        if (fact.Regions != 0) parts.Add($"at {string.Join(", ", knowledge.Vocabulary.Concepts.Where(c => c.Kind == ConceptKind.Region && Covers(knowledge, c, fact.Regions)).Select(c => c.Id.Value))}");
        return string.Join("; ", parts);
    }

    private static bool Covers(KnowledgeBase knowledge, Concept region, ulong bits) =>
        knowledge.Vocabulary.ExtentOf(knowledge.Vocabulary.IndexOf(region.Id)) is var extent && (extent & bits) == extent;

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
