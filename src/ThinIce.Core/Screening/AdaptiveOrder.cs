using ThinIce.Core.Clinical;

namespace ThinIce.Core.Screening;

/// <summary>The next thing to ask somebody.</summary>
/// <param name="Field">A whole field of the person, such as all medicines; null where a single question is asked.</param>
/// <param name="Question">The question whose answer could change most; where a whole field is asked, the one that waits for it, null for what everybody is asked.</param>
public sealed record NextQuestion(ClientField? Field, Question? Question)
{
    /// <summary>Stable id: <c>field:medicines</c> for a whole field, the question's own otherwise.</summary>
    public string Id => Field is { } whole ? $"field:{whole.Name()}" : Question!.Id;
}

/// <summary>
/// The order of an adaptive intake: always the question whose answer could change most, and where the field that would hold
/// the answer was not asked yet, that whole field, because one answer settles all that waits for it. Ends when nothing that is
/// missing could change the decision, or nothing is left that a client can be asked: what belongs to the plan is the therapist's
/// to say. Age, symptoms, health problems, medicines, recent events and earlier bad reactions are asked of everybody: people write what
/// matters into whichever of these boxes they see first. Nobody is asked more who certainly has to get help now.
/// </summary>
public static class AdaptiveOrder
{
    private static readonly ClientField[] OfEverybody = [ClientField.Symptoms, ClientField.Age, ClientField.Conditions, ClientField.Medicines, ClientField.Procedures, ClientField.PastReactions];

    /// <summary>What to ask next; null when the intake is done.</summary>
    /// <param name="answer">The answer to what was said so far.</param>
    /// <param name="asked">Ids of what was asked already, whatever came of it.</param>
    public static NextQuestion? Next(ScreeningAnswer answer, IReadOnlySet<string> asked)
    {
        if (answer is { Decision: Decision.Emergency, Undetermined: false }) return null;
        var next = answer.Undetermined ? MostToChange(answer, asked) : null;
        if (next is { Field: not null }) return next;
        foreach (var field in OfEverybody)
            if (IsOpen(answer, field) && !asked.Contains($"field:{field.Name()}")) return new(field, null);
        return next;
    }

    private static NextQuestion? MostToChange(ScreeningAnswer answer, IReadOnlySet<string> asked)
    {
        foreach (var question in answer.Questions)
        {
            var isOfPerson = ClientFields.TryParse(question.Field, out var field);
            if (isOfPerson && IsOpen(answer, field) && new NextQuestion(field, question) is var whole && !asked.Contains(whole.Id)) return whole;
            // A question about the plan (technique, pressure, minutes …) is not the client's.
            if (isOfPerson && !question.Id.StartsWith("field:", StringComparison.Ordinal) && !asked.Contains(question.Id)) return new(null, question);
        }

        return null;
    }

    private static bool IsOpen(ScreeningAnswer answer, ClientField field)
    {
        foreach (var open in answer.Unknown)
            if (open.State == AnswerState.NotAsked && open.Field == field.Name()) return true;
        return field == ClientField.WeightKg;
    }
}
