using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.CheckIn;

/// <summary>Reads what was filled in on the pages of a check-in.</summary>
internal static class CheckInForm
{
    /// <summary>What is felt, each once: what was ticked, then what was written.</summary>
    public static ImmutableArray<string> Complaints(VisitForm form) => [.. form.Lines("sign").Concat(form.Lines("symptoms")).Distinct(StringComparer.OrdinalIgnoreCase).Take(Core.Contract.Limits.ListLength)];

    /// <summary>The whole report.</summary>
    public static CheckInReport Report(VisitForm form, KnowledgeBase knowledge) => new()
    {
        Complaints = [.. Complaints(form).Select((words, at) => new ComplaintOfBody(words)
        {
            Intensity = Number(form[$"intensity.{at}"]) is { } much and >= 0 and <= 10 ? Answer<int>.Known((int)much) : default,
            Hours = Hours(form, at) is { } hours and >= 0 and <= 8760 ? Answer<double>.Known(hours) : default,
            Impact = One<Impact>(form[$"impact.{at}"]), StillThere = YesNo(form[$"still.{at}"]),
        })],
        Course = One<Course>(form["course"]) is { IsKnown: true } course ? course.Value : null,
        Care = One<CareSought>(form["care"]),
        Benefit = YesNo(form["benefit"]),
        BenefitWords = form["benefitWords"] is { Length: > 0 and <= 2000 } words ? words : null,
        Answers = [.. form.Answers.Where(a => QuestionId.Of(a.Key).IsAskable(knowledge)).Select(a => new DirectAnswer(a.Key, a.Value switch { "yes" => true, "no" => false, _ => null }))],
    };

    /// <summary>Hours that a complaint lasted; null where nothing, or no number, was written.</summary>
    public static double? Hours(VisitForm form, int at) => Number(form[$"hours.{at}"]) * (form[$"unit.{at}"] == "days" ? 24 : 1);

    private static double? Number(string text) => VisitForm.Parse(text);

    private static Answer<bool> YesNo(string text) => text switch { "yes" => Answer<bool>.Known(true), "no" => Answer<bool>.Known(false), "unknown" => Answer<bool>.Unknown, _ => default };

    private static Answer<T> One<T>(string text)
        where T : struct, Enum => text.Length > 0 && !char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? Answer<T>.Known(value) : default;
}
