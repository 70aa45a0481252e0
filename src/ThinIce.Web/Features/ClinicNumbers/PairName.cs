using Microsoft.Extensions.Localization;
using ThinIce.Core;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>Names of exposures and events in words.</summary>
internal static class PairName
{
    public static string Of(ClinicPair pair, KnowledgeBase knowledge, IStringLocalizer words) =>
        words["pair", One(pair.Exposure, knowledge, words), One(pair.Event, knowledge, words)].Value is { Length: > 0 } name ? $"{char.ToUpperInvariant(name[0])}{name[1..]}" : "";

    public static string Address(ClinicPair pair) => $"/figures/signals/pair?exposure={Uri.EscapeDataString(pair.Exposure)}&event={Uri.EscapeDataString(pair.Event)}";

    private static string One(string name, KnowledgeBase knowledge, IStringLocalizer words)
    {
        var (kind, id) = name.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? (name[..at], name[(at + 1)..]) : ("other", name);
        var called = kind switch
        {
            "harm" => knowledge.Harms.TryGetValue(id, out var harm) ? harm.Name.In("en") : id,
            "pressure" => words[$"pressure.{id}"].Value,
            _ => knowledge.Vocabulary.NameOf(id, "en"),
        };
        return words[$"pair.{kind}", called];
    }
}
