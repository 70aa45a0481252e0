using System.Collections.Immutable;
using CsCheck;
using ThinIce.Core.Clinical;
using ThinIce.Core.Words;
using Xunit;

namespace ThinIce.Tests.Property;

/// <summary>The table of phrases beside its plain twin, a list of phrases gone through from the beginning.</summary>
public sealed class PhrasePropertyTests
{
    private static readonly string[] Words = ["kap", "lom", "tir", "wen", "zuq"];

    private static readonly Gen<string[]> Phrase = Gen.OneOf(Words).Array[1, 4];

    [Fact]
    public void A_table_leads_where_the_list_of_phrases_leads() => Gen.Select(Phrase.Array[0, 12], Phrase).Holds((phrases, said) =>
    {
        var table = PhraseTable.Of([.. phrases.Select(Concept)], new("en"));
        var node = 0;
        for (var length = 1; length <= said.Length; length++)
        {
            var start = string.Join(' ', said[..length]);
            node = table.Next(node, table.Words.IndexOf(said[length - 1]));
            if (!phrases.Any(p => $"{string.Join(' ', p)} ".StartsWith($"{start} ", StringComparison.Ordinal))) return node == -1;
            var meant = Enumerable.Range(0, phrases.Length).Where(i => string.Join(' ', phrases[i]) == start);
            if (node < 0 || !Meanings(table, node).SequenceEqual(meant)) return false;
        }

        return true;
    });

    [Fact]
    public void A_cue_and_words_of_one_field_keep_what_they_are()
    {
        var concept = new Concept(new("almond"), ConceptKind.Allergy, LocalText.None) { WordsInField = ["almond"] };
        var table = PhraseTable.Of([concept], new("en") { Cues = [new("no", CueKind.Deny), new("not any", CueKind.Deny)] });

        Assert.Equal([new(0, true, -1), new(-1, false, 0), new(-1, false, 1)], table.Meanings.ToArray());
    }

    private static Concept Concept(string[] phrase, int at) => new(new($"c{at}"), ConceptKind.Condition, LocalText.None) { Words = [string.Join(' ', phrase)] };

    private static ImmutableArray<int> Meanings(PhraseTable table, int node) =>
        [.. Enumerable.Range(table.MeaningsFrom[node], table.MeaningsFrom[node + 1] - table.MeaningsFrom[node]).Select(i => table.Meanings[i].Concept)];
}
