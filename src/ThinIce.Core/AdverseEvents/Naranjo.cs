using System.Collections.Immutable;

namespace ThinIce.Core.AdverseEvents;

/// <summary>An answer to one of Naranjo's questions.</summary>
public enum NaranjoAnswer : byte
{
    /// <summary>Not known: scores 0.</summary>
    Unknown,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>No.</summary>
    No,

    /// <summary>Cannot be asked of touch: scores 0, and lowers what can be reached.</summary>
    CannotApply,
}

/// <summary>Naranjo's four words.</summary>
public enum NaranjoCategory : byte
{
    /// <summary>0 or less.</summary>
    Doubtful,

    /// <summary>1 to 4.</summary>
    Possible,

    /// <summary>5 to 8.</summary>
    Probable,

    /// <summary>9 or more.</summary>
    Definite,
}

/// <summary>
/// Naranjo's score (Clin Pharmacol Ther 1981;30:239-45). It was made for medicines: of touch, a placebo (6) and a level in the blood (7) cannot
/// be asked, so that 11 is the most that can be reached, and 9 without another massage that brought it back. Shown for comparison with
/// the literature; not the method of this registry. Its questions are worded anew in <c>knowledge/scales/</c>.
/// </summary>
/// <param name="Score">From −4 to 13.</param>
/// <param name="Category">In words.</param>
/// <param name="Highest">The highest score that could have been reached with the questions that can be asked.</param>
/// <param name="Unanswered">Numbers of questions without an answer.</param>
/// <param name="Inapplicable">Numbers of questions that cannot be asked.</param>
public sealed record Naranjo(int Score, NaranjoCategory Category, int Highest, ImmutableArray<int> Unanswered, ImmutableArray<int> Inapplicable)
{
    /// <summary>How many questions there are.</summary>
    public const int Questions = 10;

    /// <summary>Questions that cannot be asked of touch, by number.</summary>
    public static ImmutableArray<int> NotOfTouch { get; } = [6, 7];

    private static readonly ImmutableArray<(int Yes, int No)> Points = [(1, 0), (2, -1), (1, 0), (2, -1), (-1, 2), (-1, 1), (1, 0), (1, 0), (1, 0), (1, 0)];

    /// <summary>Of ten answers in the order of the questions. Throws <see cref="ArgumentException"/> on another number of them.</summary>
    public static Naranjo Of(params IReadOnlyList<NaranjoAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count != Questions) throw new ArgumentException($"{Questions} answers, one for each question.", nameof(answers));
        var score = answers.Select((a, i) => a switch { NaranjoAnswer.Yes => Points[i].Yes, NaranjoAnswer.No => Points[i].No, _ => 0 }).Sum();
        var highest = answers.Select((a, i) => a == NaranjoAnswer.CannotApply ? 0 : Math.Max(Points[i].Yes, Points[i].No)).Sum();
        return new(score, CategoryOf(score), highest, At(answers, NaranjoAnswer.Unknown), At(answers, NaranjoAnswer.CannotApply));
    }

    /// <summary>Of a massage: questions 6 and 7 are set to "cannot apply", whatever was answered.</summary>
    public static Naranjo OfTouch(params IReadOnlyList<NaranjoAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return Of([.. answers.Select((a, i) => NotOfTouch.Contains(i + 1) ? NaranjoAnswer.CannotApply : a)]);
    }

    /// <summary>The word for a score.</summary>
    public static NaranjoCategory CategoryOf(int score) => score switch { >= 9 => NaranjoCategory.Definite, >= 5 => NaranjoCategory.Probable, >= 1 => NaranjoCategory.Possible, _ => NaranjoCategory.Doubtful };

    private static ImmutableArray<int> At(IReadOnlyList<NaranjoAnswer> answers, NaranjoAnswer wanted) => [.. Enumerable.Range(1, Questions).Where(n => answers[n - 1] == wanted)];
}
