using System.Collections.Immutable;
using System.Text.Json;
using ThinIce.Core.Aftercare;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;

namespace ThinIce.Core.Contract;

/// <summary>The reply to one object of the input: an answer, or what is wrong with it.</summary>
/// <param name="Id">The object's id as far as it could be read.</param>
/// <param name="Answer">The answer; null when there are problems.</param>
/// <param name="Problems">What is wrong.</param>
public sealed record Reply<T>(string Id, T? Answer, ImmutableArray<Problem> Problems)
    where T : class;

/// <summary>Answers the objects of an input one by one, so that command line and web give the same replies. Safe for use by many threads.</summary>
public sealed class Answerer
{
    private readonly ScreeningEngine _screening;
    private readonly TriageEngine _triage;

    /// <summary>Compiles the rules once.</summary>
    public Answerer(KnowledgeBase knowledge) => (Knowledge, _screening, _triage) = (knowledge, new(knowledge), new(knowledge));

    /// <summary>The knowledge that answers.</summary>
    public KnowledgeBase Knowledge { get; }

    /// <summary>Answers an intake.</summary>
    public Reply<ScreeningAnswer> Screen(JsonItem item) => Reply(item, IntakeReader.ReadIntake, (Intake intake) => _screening.Screen(intake));

    /// <summary>Answers an intake that was read elsewhere.</summary>
    public ScreeningAnswer Screen(Intake intake) => _screening.Screen(intake);

    /// <summary>Answers an aftercare report.</summary>
    public Reply<TriageAnswer> Triage(JsonItem item) => Reply(item, IntakeReader.ReadAftercare, (AftercareReport report) => _triage.Triage(report));

    /// <summary>Writes a reply to an intake.</summary>
    public static void Write(Utf8JsonWriter json, Reply<ScreeningAnswer> reply)
    {
        if (reply.Answer is { } answer) AnswerWriter.Write(json, answer);
        else AnswerWriter.Write(json, reply.Id, reply.Problems);
    }

    /// <summary>Writes a reply to a report.</summary>
    public static void Write(Utf8JsonWriter json, Reply<TriageAnswer> reply)
    {
        if (reply.Answer is { } answer) AnswerWriter.Write(json, answer);
        else AnswerWriter.Write(json, reply.Id, reply.Problems);
    }

    private static Reply<TAnswer> Reply<TInput, TAnswer>(JsonItem item, Func<JsonElement, ReadResult<TInput>> read, Func<TInput, TAnswer> answer)
        where TInput : class
        where TAnswer : class
    {
        if (item.Problem is { } problem) return new(item.Element.ValueKind == JsonValueKind.Object ? read(item.Element).Id : "", null, [problem]);
        var result = read(item.Element);
        return result.Value is { } input ? new(result.Id, answer(input), []) : new(result.Id, null, result.Problems);
    }
}
