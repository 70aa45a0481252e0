using System.Collections.Immutable;
using System.Globalization;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;

namespace ThinIce.Registry.Cases;

/// <summary>
/// Made-up reports of published cases, each told twice as two people would: sentences left out and turned round, an age a year off, a first sign a day
/// off, gaps. A registry with few cases borrows from them what agrees by chance and what does not. They are no cases, and are shown nowhere.
/// </summary>
internal static class ToldTwice
{
    /// <summary>Pairs in the order of <see cref="CaseWork.LinkFields"/>; the same each time for one knowledge.</summary>
    public static ImmutableArray<(ImmutableArray<string> One, ImmutableArray<string> Other)> Of(CaseCoding coding)
    {
        var random = new Random(20261126);
        string[] providers = [.. coding.Base.Vocabulary.Concepts.Where(c => c.Kind == ConceptKind.Provider).Select(c => c.Id.Value)];
        return [.. coding.Base.Published.Select(p => p.Story.In("en")).Where(s => s.Length > 0).Select(story => Pair(coding, story, providers, random))];
    }

    private static (ImmutableArray<string> One, ImmutableArray<string> Other) Pair(CaseCoding coding, string story, string[] providers, Random random)
    {
        var (age, day, minutes, sex) = (random.Next(20, 86), new DateTime(2020, 1, 1).AddDays(random.Next(2000)), random.Next(3, 19) * 5, random.Next(3) == 0 ? "male" : "female");
        var (sign, provider) = (day.AddDays(random.Next(4)), providers.Length == 0 ? "" : providers[random.Next(providers.Length)]);
        var sentences = story.Split(". ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var again = sentences.Length < 2 ? sentences : [.. sentences.Where((_, at) => at != random.Next(sentences.Length))];
        random.Shuffle(again);
        return (Values(age, sex, day, sign, minutes, story), Values(age + (random.Next(5) == 0 ? 1 : 0), sex, day, sign.AddDays(random.Next(4) == 0 ? 1 : 0), minutes, string.Join(". ", again)));

        ImmutableArray<string> Values(int years, string of, DateTime massage, DateTime begun, int length, string words)
        {
            var read = coding.Read(words, null, []).Codes;
            string Gap(string value, double share) => random.NextDouble() < share ? "" : value;
            static string Bar(IEnumerable<Core.Narratives.SuggestedCode> codes) => string.Join('|', codes.Select(c => c.Id).Distinct().Order(StringComparer.Ordinal));
            return
            [
                Gap(CsvCell.Number(years)!, 0.15), Gap(of, 0.1), Gap(massage.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 0.2), Gap(begun.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 0.3),
                Bar(read.Harms), Bar(read.Symptoms), Bar(read.Regions), Bar(read.Techniques), Bar(read.Devices), Gap(provider, 0.4), Gap(CsvCell.Number(length)!, 0.5), "", words,
            ];
        }
    }
}
