using System.Collections.Immutable;
using System.Text.Json;
using ThinIce.Core.Aftercare;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

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
    private readonly Lazy<ScreeningEngine> _screening;
    private readonly Lazy<TriageEngine> _triage;
    private readonly Recogniser _recogniser;
    private readonly Func<DateOnly>? _today;

    /// <summary>The rules are compiled once, each set when it is first wanted; both share one recogniser.</summary>
    /// <param name="knowledge">The knowledge that answers.</param>
    /// <param name="today">The day it is, so that "in 2019" and "in August" are understood as times; null where that is not wanted.</param>
    public Answerer(KnowledgeBase knowledge, Func<DateOnly>? today = null)
    {
        (Knowledge, _today, _recogniser) = (knowledge, today, new(knowledge));
        _screening = new(() => new(knowledge, _recogniser));
        _triage = new(() => new(knowledge, _recogniser));
    }

    /// <summary>The knowledge that answers.</summary>
    public KnowledgeBase Knowledge { get; }

    /// <summary>Answers an intake.</summary>
    public Reply<ScreeningAnswer> Screen(JsonItem item) => Reply(item, IntakeReader.ReadIntake, (Intake intake) => Screen(intake));

    /// <summary>Answers an intake that was read elsewhere.</summary>
    public ScreeningAnswer Screen(Intake intake) => _screening.Value.Screen(intake with { On = _today?.Invoke() });

    /// <summary>Answers an aftercare report.</summary>
    public Reply<TriageAnswer> Triage(JsonItem item) => Reply(item, IntakeReader.ReadAftercare, (AftercareReport report) => Triage(report));

    /// <summary>Answers an aftercare report that was read elsewhere.</summary>
    public TriageAnswer Triage(AftercareReport report) => _triage.Value.Triage(Dated(report));

    /// <summary>What the words of an intake were read as, without an answer.</summary>
    public Reading Read(Intake intake) => _recogniser.Read(intake with { On = _today?.Invoke() });

    /// <summary>What the words of a report were read as, without an answer.</summary>
    public Reading Read(AftercareReport report) => _recogniser.Read(Dated(report));

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

    private AftercareReport Dated(AftercareReport report) => report with { Intake = report.Intake with { On = _today?.Invoke() } };

    private static Reply<TAnswer> Reply<TInput, TAnswer>(JsonItem item, Func<JsonElement, ReadResult<TInput>> read, Func<TInput, TAnswer> answer)
        where TInput : class
        where TAnswer : class
    {
        if (item.Problem is { } problem) return new(item.Element.ValueKind == JsonValueKind.Object ? read(item.Element).Id : "", null, [problem]);
        var result = read(item.Element);
        return result.Value is { } input ? new(result.Id, answer(input), []) : new(result.Id, null, result.Problems);
    }
}
