using System.Collections.Immutable;
using ThinIce.Core.Contract;

namespace ThinIce.Registry;

/// <summary>What an act came to: its value, or why it was refused. A refusal has left no trace in the registry. Not an exception: those are for broken invariants.</summary>
/// <typeparam name="T">What it hands back.</typeparam>
public readonly record struct Outcome<T>
{
    private readonly T? _value;
    private readonly ImmutableArray<Problem> _problems;

    private Outcome(T? value, ImmutableArray<Problem> problems) => (_value, _problems) = (value, problems);

    /// <summary>Whether it was done.</summary>
    public bool IsDone => _problems.IsDefaultOrEmpty;

    /// <summary>The value. Throws <see cref="InvalidOperationException"/> when it was refused.</summary>
    public T Value => IsDone ? _value! : throw new InvalidOperationException($"Refused: {string.Join(", ", _problems.Select(p => $"{p.Code} {p.Path}"))}");

    /// <summary>Why it was refused; empty when it was done.</summary>
    public ImmutableArray<Problem> Problems => _problems.IsDefault ? [] : _problems;

    /// <summary>Refused, for these reasons; at least one.</summary>
    public static Outcome<T> Refused(IEnumerable<Problem> problems) =>
        problems.ToImmutableArray() is { Length: > 0 } list ? new(default, list) : throw new ArgumentException("A refusal needs a reason.", nameof(problems));

    /// <summary>Done.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, []);

    /// <summary>Refused.</summary>
    public static implicit operator Outcome<T>(Problem problem) => new(default, [problem]);
}

/// <summary>Nothing to hand back.</summary>
public readonly record struct Done;

/// <summary>The refusals that occur in many places. None repeats what somebody wrote.</summary>
internal static class Refusal
{
    public static Problem NotFound(string field) => new(Problems.NotFound, "There is nothing of this id here. It may belong to another clinic, or have been erased.", field);

    public static Problem NotAllowed(string what = "") => new(Problems.NotAllowed, "Your role does not allow this. Ask the clinic's administrator.", what);

    public static Problem Missing(string field, string way) => new(Problems.Missing, way, field);

    public static Problem OutOfRange(string field, string range) => new(Problems.OutOfRange, $"Outside of what is possible: {range}.", field);

    public static Problem Unknown(string field, string takes) => new(Problems.UnknownValue, $"Not a value it takes. It takes {takes}.", field);

    public static Problem WrongState(string field, string way) => new(Problems.WrongState, way, field);

    public static Problem Erased(string field) => new(Problems.Erased, "This person's record was erased. Nothing can be added to it.", field);
}
