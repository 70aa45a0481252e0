using Microsoft.Extensions.Localization;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Contract;
using ThinIce.Registry.Cases;

namespace ThinIce.Web.Features.Cases;

/// <summary>What is worked out of an event, in words: for the case file and for the report.</summary>
internal sealed class CaseText(IStringLocalizer<CaseWords> words, Answerer answerer)
{
    /// <summary>Name of a scale.</summary>
    public string Scale(string scale) => answerer.Knowledge.Scales.TryGetValue(scale, out var text) ? text.Name.In("en") : scale;

    /// <summary>A grade, or why there is none.</summary>
    public string Of(Grade grade) => grade.State switch
    {
        GradeState.Defined => Word(grade.Category!),
        GradeState.AtLeast => words["grade.at-least", Word(grade.Category!)],
        GradeState.NotClassified => words["grade.not-classified"],
        _ => words["grade.not-known", string.Join(", ", grade.Missing.Select(Fact))],
    };

    /// <summary>The criteria of seriousness that are met, or what is still open.</summary>
    public string Serious(Seriousness seriousness) => seriousness switch
    {
        { IsSerious: { IsKnown: true, Value: true } } s => words["serious.yes", string.Join(", ", s.Met.Select(Criterion))],
        { IsSerious.IsKnown: true } => words["serious.no"],
        var s => words["serious.open", string.Join(", ", s.Open.Select(Criterion))],
    };

    /// <summary>A category of cause.</summary>
    public string Category(string category) => words[$"category.{category}"] is { ResourceNotFound: false } known ? known.Value : category;

    private string Criterion(SeriousnessCriterion criterion) => words[$"criterion.{FactsJson.Name(criterion)}"];

    private string Fact(string id) => new[] { $"fact.{id}", $"criterion.{id}" }.Select(k => words[k]).FirstOrDefault(w => !w.ResourceNotFound)?.Value ?? id;

    private static string Word(string category) => category.Replace('-', ' ');
}
