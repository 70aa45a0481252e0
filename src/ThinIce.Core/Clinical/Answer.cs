namespace ThinIce.Core.Clinical;

/// <summary>How a question stands: answered, or in which way it was not.</summary>
public enum AnswerState : byte
{
    /// <summary>Nobody asked, or nothing was written. The default, so that silence is never mistaken for "no".</summary>
    NotAsked,

    /// <summary>Asked and answered; an empty list means "asked, none".</summary>
    Known,

    /// <summary>Asked; the person would rather not say.</summary>
    Declined,

    /// <summary>Asked; the person does not know.</summary>
    Unknown,
}

/// <summary>
/// One answer together with whether there is one. It is not a nullable: "not asked", "would rather not say" and
/// "does not know" stay apart all the way to the page.
/// </summary>
/// <typeparam name="T">What is answered when it is answered.</typeparam>
public readonly record struct Answer<T>
{
    private readonly T? _value;

    private Answer(AnswerState state, T? value) => (State, _value) = (state, value);

    /// <summary>How the question stands.</summary>
    public AnswerState State { get; }

    /// <summary>Whether there is an answer.</summary>
    public bool IsKnown => State == AnswerState.Known;

    /// <summary>The answer. Throws <see cref="InvalidOperationException"/> unless <see cref="IsKnown"/>.</summary>
    public T Value => IsKnown ? _value! : throw new InvalidOperationException("There is no answer to read.");

    /// <summary>The answer, or <paramref name="fallback"/> where there is none.</summary>
    public T Or(T fallback) => IsKnown ? _value! : fallback;

    /// <summary>Asked and answered.</summary>
    public static Answer<T> Known(T value) => new(AnswerState.Known, value);

    /// <summary>Not asked.</summary>
    public static Answer<T> NotAsked => default;

    /// <summary>Asked; would rather not say.</summary>
    public static Answer<T> Declined => new(AnswerState.Declined, default);

    /// <summary>Asked; does not know.</summary>
    public static Answer<T> Unknown => new(AnswerState.Unknown, default);

    /// <summary>No answer, for the reason given. <see cref="AnswerState.Known"/> is refused.</summary>
    public static Answer<T> Missing(AnswerState state) => state == AnswerState.Known
        ? throw new ArgumentException("A known answer needs a value.", nameof(state))
        : new(state, default);
}
