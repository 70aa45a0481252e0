namespace ThinIce.Numbers.Signals;

/// <summary>What a person decided about a pair, so that it stays on record who, when and why.</summary>
public sealed record PersonsDecision
{
    /// <summary>Made of a person, a day and a reason.</summary>
    /// <exception cref="ArgumentException">When person or reason is missing: a decision that nobody made is none.</exception>
    public PersonsDecision(string by, DateOnly on, string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        (By, On, Why) = (by, on, why);
    }

    /// <summary>Who decided: a name or a role, never empty.</summary>
    public string By { get; }

    /// <summary>The day.</summary>
    public DateOnly On { get; }

    /// <summary>The reason in words, never empty.</summary>
    public string Why { get; }
}

/// <summary>
/// The first stage, and the only one a computer may reach: a pair is reported more often than the others. Not a risk, not a cause, and
/// no reason to act by itself. It becomes a <see cref="Signal"/> only when a person decides so.
/// </summary>
/// <param name="Exposure">The exposure.</param>
/// <param name="Event">The event.</param>
/// <param name="Score">Its figures at that time.</param>
/// <param name="Meets">The thresholds it meets, at least one.</param>
/// <param name="CountedOn">The day of the counts.</param>
public sealed record SignalOfDisproportionateReporting(string Exposure, string Event, PairScore Score, System.Collections.Immutable.ImmutableArray<string> Meets, DateOnly CountedOn)
{
    /// <summary>The pairs of a table that meet any of the thresholds.</summary>
    public static IEnumerable<SignalOfDisproportionateReporting> In(SignalScores scores, IReadOnlyList<ScreeningThreshold> thresholds, DateOnly countedOn)
    {
        foreach (var pair in scores.Order)
        {
            var (score, table) = (scores[pair], scores.Counts[pair]);
            System.Collections.Immutable.ImmutableArray<string> met = [.. thresholds.Where(t => t.IsMetBy(score, table)).Select(t => t.Id)];
            var (exposure, @event) = scores.Counts.Names(pair);
            if (met.Length > 0) yield return new(exposure, @event, score, met, countedOn);
        }
    }

    /// <summary>A person read the cases and thinks the pair worth looking into.</summary>
    public Signal Consider(PersonsDecision decision) => new(this, decision);
}

/// <summary>The second stage: a person thinks the pair worth looking into. Still not validated, still not a risk.</summary>
public sealed record Signal
{
    internal Signal(SignalOfDisproportionateReporting from, PersonsDecision considered) =>
        (From, Considered) = (from, considered ?? throw new ArgumentNullException(nameof(considered)));

    /// <summary>What it came from.</summary>
    public SignalOfDisproportionateReporting From { get; }

    /// <summary>Who thought it worth looking into, when and why.</summary>
    public PersonsDecision Considered { get; }

    /// <summary>A person looked into it and found it good enough to act on or to watch.</summary>
    /// <param name="decision">Who, when and why.</param>
    /// <exception cref="ArgumentException">When the day lies before that of the first decision.</exception>
    public ValidatedSignal Validate(PersonsDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.On < Considered.On) throw new ArgumentException("A signal cannot be validated before it was considered.", nameof(decision));
        return new(this, decision);
    }

    /// <summary>A person looked into it and put it aside, with the reason. It can be considered anew.</summary>
    public RefutedSignal Refute(PersonsDecision decision) => new(this, decision ?? throw new ArgumentNullException(nameof(decision)));
}

/// <summary>The third stage: people looked into the signal and found it good enough to act on or to watch.</summary>
public sealed record ValidatedSignal
{
    internal ValidatedSignal(Signal from, PersonsDecision validated) => (From, Validated) = (from, validated);

    /// <summary>The signal.</summary>
    public Signal From { get; }

    /// <summary>Who validated it, when and why.</summary>
    public PersonsDecision Validated { get; }
}

/// <summary>A signal that people looked into and put aside. Kept, with the reason.</summary>
public sealed record RefutedSignal
{
    internal RefutedSignal(Signal from, PersonsDecision refuted) => (From, Refuted) = (from, refuted);

    /// <summary>The signal.</summary>
    public Signal From { get; }

    /// <summary>Who put it aside, when and why.</summary>
    public PersonsDecision Refuted { get; }
}
