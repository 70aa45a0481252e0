using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.Cases;

/// <summary>What an officer filled in about an event, as the registry takes it. What is not a value of its list counts as not said.</summary>
internal static class CaseForm
{
    /// <summary>Name of the field of a criterion of seriousness.</summary>
    public static string Field(SeriousnessCriterion criterion) => $"c-{FactsJson.Name(criterion)}";

    /// <summary>Facts of the event.</summary>
    public static EventFacts Facts(VisitForm form)
    {
        var facts = new EventFacts
        {
            Intensity = FactsJson.Answered<Intensity>(form["intensity"]), Impact = FactsJson.Answered<ImpactOnLife>(form["impact"]), Before = FactsJson.Answered<BeforeMassage>(form["before"]), Course = FactsJson.Answered<Course>(form["course"]), Care = FactsJson.Answered<CareReceived>(form["care"]),
            Outcome = FactsJson.Answered<EventOutcome>(form["outcome"]), DurationHours = Hours(form["duration"]) is { } hours ? Answer<double>.Known(hours) : default,
            Onset = Hours(form["onset"]) is { } onset ? Answer<TimeToOnset>.Known(TimeToOnset.Hours(onset)) : default,
        };
        foreach (var criterion in Enum.GetValues<SeriousnessCriterion>())
            if (form[Field(criterion)] is "yes" or "no") facts = facts.With(criterion, form[Field(criterion)] == "yes");
            else if (form[Field(criterion)] == "unknown") facts = facts with { Criteria = facts.Criteria.SetItem(criterion, Answer<bool>.Unknown) };
        return facts;
    }

    /// <summary>Fields of hours with something in them that is no number of hours.</summary>
    public static ImmutableArray<Problem> Unread(VisitForm form) =>
        [.. new[] { "duration", "onset" }.Where(f => form[f].Length > 0 && Hours(form[f]) is null).Select(f => new Problem(Problems.OutOfRange, "Hours are a number of 0 or more.", f))];

    /// <summary>A judgement by WHO-UMC; null where a question has no answer.</summary>
    public static NewJudgement? WhoUmc(VisitForm form)
    {
        if (FactsJson.Parse<DataForJudging>(form["data"]) is not { } data) return null;
        if (data == DataForJudging.Enough && (FactsJson.Parse<TimeFit>(form["time"]) is null || FactsJson.Parse<OtherCause>(form["other"]) is null || FactsJson.Parse<AfterStopping>(form["stopping"]) is null)) return null;
        var answers = new WhoUmcAnswers(data, FactsJson.Parse<TimeFit>(form["time"]) ?? default, FactsJson.Parse<OtherCause>(form["other"]) ?? default, FactsJson.Parse<AfterStopping>(form["stopping"]) ?? default, form["specific"] == "yes");
        var told = new JsonObject { ["data"] = FactsJson.Name(answers.Data), ["time"] = FactsJson.Name(answers.Time), ["other"] = FactsJson.Name(answers.Other), ["stopping"] = FactsJson.Name(answers.Stopping), ["specific"] = answers.IsSpecific };
        return new(CausalityMethod.WhoUmc, FactsJson.Name(Core.AdverseEvents.WhoUmc.Of(answers).Category), told.ToJsonString(), form["reason"]);
    }

    /// <summary>A judgement by Naranjo's score. A question without an answer counts as not known.</summary>
    public static NewJudgement Naranjo(VisitForm form)
    {
        var answers = Enumerable.Range(1, Core.AdverseEvents.Naranjo.Questions).Select(n => FactsJson.Parse<NaranjoAnswer>(form[$"q{n}"]) ?? NaranjoAnswer.Unknown).ToList();
        var score = Core.AdverseEvents.Naranjo.OfTouch(answers);
        var told = new JsonObject { ["score"] = score.Score, ["highest"] = score.Highest, ["answers"] = new JsonArray([.. answers.Select(a => (JsonNode)FactsJson.Name(a))]) };
        return new(CausalityMethod.Naranjo, FactsJson.Name(score.Category), told.ToJsonString(), form["reason"]);
    }

    private static double? Hours(string text) => VisitForm.Parse(text) is >= 0 and <= 1_000_000 and var hours ? hours : null;
}
