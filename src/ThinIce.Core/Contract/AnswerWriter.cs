using System.Collections.Immutable;
using System.Text.Json;
using ThinIce.Core.Screening;

namespace ThinIce.Core.Contract;

/// <summary>Writes answers and errors as the contract's JSON.</summary>
public static class AnswerWriter
{
    /// <summary>Writes the answer to an intake.</summary>
    public static void Write(Utf8JsonWriter json, ScreeningAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteString("decision", ContractNames.Of(answer.Decision));
        json.WriteString("within", ContractNames.Of(answer.Within));
        json.WriteBoolean("undetermined", answer.Undetermined);
        Findings(json, answer.Findings);
        json.WriteStartArray("adaptations");
        foreach (var adaptation in answer.Adaptations)
        {
            json.WriteStartObject();
            json.WriteString("element", ContractNames.Of(adaptation.Element));
            json.WriteString("advice", adaptation.Advice);
            json.WriteString("rule", adaptation.Rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Strings(json, "harms", answer.Harms);
        Questions(json, answer.Questions, answer.MoreQuestions);
        Gaps(json, answer.NotUnderstood, answer.NoRule, answer.ReadAs, answer.Unknown, answer.NotRead);
        Foot(json, answer.Help, answer.Notice, answer.Knowledge, answer.ReviewedByClinician);
        json.WriteEndObject();
    }

    /// <summary>Writes the answer to an aftercare report.</summary>
    public static void Write(Utf8JsonWriter json, TriageAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteString("urgency", ContractNames.Of(answer.Urgency));
        json.WriteBoolean("undetermined", answer.Undetermined);
        Strings(json, "suspected", answer.Suspected);
        Strings(json, "newOrWorse", answer.NewOrWorse);
        Strings(json, "because", answer.Because);
        json.WriteString("advice", answer.Advice);
        Findings(json, answer.Findings);
        Questions(json, answer.Questions, answer.MoreQuestions);
        Strings(json, "references", answer.References);
        Gaps(json, answer.NotUnderstood, answer.NoRule, answer.ReadAs, answer.Unknown, answer.NotRead);
        Foot(json, answer.Help, answer.Notice, answer.Knowledge, answer.ReviewedByClinician);
        json.WriteEndObject();
    }

    /// <summary>Writes what is wrong with an object: the first problem as <c>error</c>, all of them as <c>errors</c>.</summary>
    public static void Write(Utf8JsonWriter json, string id, ImmutableArray<Problem> problems)
    {
        json.WriteStartObject();
        json.WriteString("id", id.Length > 0 ? id : null);
        json.WritePropertyName("error");
        Write(json, problems[0]);
        if (problems.Length > 1)
        {
            json.WriteStartArray("errors");
            foreach (var problem in problems) Write(json, problem);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("code", problem.Code);
        json.WriteString("message", problem.Message);
        json.WriteString("path", problem.Path);
        json.WriteEndObject();
    }

    private static void Findings(Utf8JsonWriter json, ImmutableArray<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule);
            json.WriteString("kind", ContractNames.Of(finding.Kind));
            json.WriteString("status", ContractNames.Of(finding.Status));
            json.WriteBoolean("counts", finding.Counts);
            Strings(json, "because", finding.Because);
            Strings(json, "harms", finding.Harms);
            json.WriteString("why", finding.Why);
            json.WriteString("forTherapist", finding.ForTherapist);
            Strings(json, "references", finding.References);
            json.WriteStartArray("evidence");
            foreach (var evidence in finding.Evidence)
            {
                json.WriteStartObject();
                json.WriteString("reference", evidence.Reference?.Value);
                json.WriteString("says", evidence.Says);
                json.WriteString("supports", ContractNames.Of(evidence.Supports));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Questions(Utf8JsonWriter json, ImmutableArray<Question> questions, int more)
    {
        json.WriteStartArray("questions");
        foreach (var question in questions)
        {
            json.WriteStartObject();
            json.WriteString("id", question.Id);
            json.WriteString("ask", question.Ask);
            json.WriteString("field", question.Field);
            json.WriteString("changes", question.Changes);
            json.WriteBoolean("yesNo", question.YesNo);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("moreQuestions", more);
    }

    private static void Gaps(
        Utf8JsonWriter json, ImmutableArray<string> notUnderstood, ImmutableArray<string> noRule, ImmutableArray<ReadAs> readAs,
        ImmutableArray<OpenField> unknown, ImmutableArray<string> notRead)
    {
        Strings(json, "notUnderstood", notUnderstood);
        Strings(json, "noRule", noRule);
        json.WriteStartArray("readAs");
        foreach (var read in readAs)
        {
            json.WriteStartObject();
            json.WriteString("words", read.Words);
            json.WriteString("as", read.As);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unknown");
        foreach (var field in unknown)
        {
            json.WriteStartObject();
            json.WriteString("field", field.Field);
            json.WriteString("state", ContractNames.Of(field.State));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Strings(json, "notRead", notRead);
    }

    private static void Foot(Utf8JsonWriter json, Help help, string notice, string knowledge, bool reviewed)
    {
        json.WriteStartObject("help");
        json.WriteString("emergency", help.Emergency);
        json.WriteString("advice", help.Advice);
        json.WriteString("inWords", help.InWords);
        json.WriteEndObject();
        json.WriteString("notice", notice);
        json.WriteString("knowledge", knowledge);
        json.WriteBoolean("reviewedByClinician", reviewed);
    }

    private static void Strings(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
