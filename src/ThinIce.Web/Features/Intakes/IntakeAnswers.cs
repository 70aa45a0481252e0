using Microsoft.Extensions.Localization;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.Intakes;

/// <summary>Writes what a page sent into what was said before. Sent twice, it gives the same.</summary>
internal sealed class IntakeAnswers(Answerer answerer, IStringLocalizer<AnswerWords> join)
{
    /// <summary>The form after a page, and what on it has to be mended.</summary>
    public (VisitForm Form, Mistake? Mistake) Take(VisitForm form, IntakeStep at, VisitForm sent) => at switch
    {
        IntakeStep.Start => Start(form, sent),
        IntakeStep.Since => (form.With("since", "without"), null),
        IntakeStep.Changed => (Changed(form, sent), null),
        IntakeStep.Feel => (IntakeForm.WithAsked(form.With("sign", sent["sign"]).With("symptoms", sent["symptoms"]).With("felt", "yes"), "field:symptoms"), null),
        IntakeStep.Ask => Ask(form, sent),
        IntakeStep.Wish => (form.With("wish", sent["go"] is "light" or "moderate" or "strong" ? sent["go"] : "").With("wished", "yes"), null),
        _ => (form, null),
    };

    private static (VisitForm, Mistake?) Start(VisitForm form, VisitForm sent)
    {
        form = form.With("who", sent["who"]).With("consent", sent["consent"]);
        var wrong = form["who"] is not ("me" or "minor" or "guardian") ? new Mistake("who", "start.who-wrong") : form["consent"] is not ("yes" or "no") ? new Mistake("consent", "start.consent-wrong") : null;
        return (form, wrong);
    }

    /// <summary>What was said last time, as it was left or changed. An emptied box says that there is nothing.</summary>
    private static VisitForm Changed(VisitForm form, VisitForm sent)
    {
        foreach (var list in IntakeForm.Lists) form = List(form, list, sent[list]);
        return IntakeForm.WithAsked(form.With("since", "shown"), IntakeForm.Lists.Select(l => $"field:{l}"));
    }

    private (VisitForm, Mistake?) Ask(VisitForm form, VisitForm sent)
    {
        var (id, go) = (sent["asks"], sent["go"]);
        if (go == "finish") return (form.With("finished", "yes"), null);
        var question = QuestionId.Of(id);
        if (id.Length == 0) return (form, null);
        var asked = IntakeForm.WithAsked(form, id);
        if (question.Kind is "field" or "misread" && ClientFields.TryParse(question.About, out var field)) return Field(asked, field, go, sent);
        if (go is "unknown" or "declined" || (go is "yes" or "no" && question.IsAskable(answerer.Knowledge))) return (asked.With(VisitForm.QuestionPrefix + id, go), null);
        if (sent[VisitForm.QuestionPrefix + id] is { Length: > 0 } state) return (asked.With(VisitForm.QuestionPrefix + id, state), null);
        if (sent[VisitForm.WordsPrefix + id] is not { Length: > 0 } words) return (form, new("question", "notice.wrong"));
        var inPlace = new InPlace(answerer.Knowledge, join, f => IntakeReader.ReadIntake(VisitJson.Intake(f, answerer.Knowledge)).Value is { } said ? answerer.Read(said) : null);
        return (inPlace.Apply(asked.With(VisitForm.WordsPrefix + id, words)), null);
    }

    private static (VisitForm, Mistake?) Field(VisitForm form, ClientField field, string go, VisitForm sent)
    {
        var name = field.Name();
        var isMissing = go is "unknown" or "declined";
        if ((int)field < ClientFields.ListCount)
        {
            if (isMissing) return (form.With(name, "").With($"{name}-none", "").With($"state.{name}", go), null);
            if (go != "none" && sent[name].Length == 0) return (form, new(name, "notice.wrong"));
            return (List(form, name, go == "none" ? "" : sent[name]), null);
        }

        form = form.With($"{VisitForm.QuestionPrefix}field:{name}", isMissing ? go : "");
        if (isMissing) return (form, null);
        return field switch
        {
            ClientField.Sex => (form.With("sex", go is "female" or "male" ? go : ""), null),
            ClientField.PregnancyWeeks when go == "no" => (form.With("pregnant", "no").With("pregnancyWeeks", ""), null),
            ClientField.PregnancyWeeks => (form.With("pregnant", "yes").With("pregnancyWeeks", sent[name]), null),
            _ when sent[name].Length == 0 => (form, new(name, "notice.wrong")),
            _ => (form.With(name, sent[name]), null),
        };
    }

    private static VisitForm List(VisitForm form, string list, string words) =>
        form.With(list, words).With($"{list}-none", words.Length > 0 ? "" : "none").With($"state.{list}", "");
}
