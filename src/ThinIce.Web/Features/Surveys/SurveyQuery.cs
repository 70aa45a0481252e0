using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.Surveys;

/// <summary>What somebody typed about a survey, as typed, and as numbers where it can be read. Nothing of it is about a person.</summary>
/// <param name="Asked">How many people were asked.</param>
/// <param name="Had">How many of them had the harm.</param>
/// <param name="OneIn">The harm thought of comes to one in so many.</param>
public sealed record SurveyQuery(string Asked, string Had, string OneIn)
{
    /// <summary>More people than have ever been asked, and fewer than there are.</summary>
    public const long Most = 1_000_000_000;

    private const int LongestText = 24;

    /// <summary>What is wrong, each beside its field.</summary>
    public ImmutableArray<Mistake> Mistakes { get; private init; } = [];

    /// <summary>The survey; null while something has to be mended.</summary>
    public Survey? Survey { get; private init; }

    /// <summary>Reads the address; what is not there is the founding document's question: 100 people, none harmed, a harm of one in 1,000.</summary>
    public static SurveyQuery From(IQueryCollection query) => Of(Text(query, "asked", "100"), Text(query, "had", "0"), Text(query, "onein", "1000"));

    /// <summary>Reads what was typed.</summary>
    public static SurveyQuery Of(string asked, string had, string oneIn)
    {
        var mistakes = ImmutableArray.CreateBuilder<Mistake>();
        var numbers = (Asked: Number(asked, "asked", 1, mistakes), Had: Number(had, "had", 0, mistakes), OneIn: Number(oneIn, "onein", 2, mistakes));
        if (numbers is { Asked: { } all, Had: { } some } && some > all) mistakes.Add(new("had", "mistake.survey.more"));
        return new(asked, had, oneIn)
        {
            Mistakes = mistakes.ToImmutable(),
            Survey = mistakes.Count == 0 ? new Survey(numbers.Asked!.Value, numbers.Had!.Value, numbers.OneIn!.Value) : null,
        };
    }

    private static string Text(IQueryCollection query, string name, string otherwise) =>
        query.TryGetValue(name, out var values) && values.ToString().Trim() is var text ? text[..Math.Min(text.Length, LongestText)] : otherwise;

    /// <summary>A whole number as people write it: 1000, 1,000 or 1 000.</summary>
    private static long? Number(string text, string field, long least, ImmutableArray<Mistake>.Builder mistakes)
    {
        var figures = string.Concat(text.Where(c => c is not (',' or ' ' or '\u00a0' or '\u202f' or '\'')));
        if (figures.Length == 0 || !figures.All(char.IsAsciiDigit)) mistakes.Add(new(field, "mistake.survey.whole"));
        else if (!long.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Most) mistakes.Add(new(field, "mistake.survey.large"));
        else if (number < least) mistakes.Add(new(field, $"mistake.survey.{field}"));
        else return number;
        return null;
    }
}
