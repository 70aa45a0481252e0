using System.Globalization;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>A comparison with a fixed number, such as <c>>=65</c> or <c>12..28</c>. The unit is the quantity's own; times are in days.</summary>
/// <param name="Low">Lower bound.</param>
/// <param name="LowIncluded">Whether the lower bound itself passes.</param>
/// <param name="High">Upper bound.</param>
/// <param name="HighIncluded">Whether the upper bound itself passes.</param>
public sealed record Comparison(double Low, bool LowIncluded, double High, bool HighIncluded)
{
    /// <summary>Whether the number passes.</summary>
    public bool Passes(double value) =>
        (LowIncluded ? value >= Low : value > Low) && (HighIncluded ? value <= High : value < High);

    /// <summary>What is known when the number is only known to lie in <paramref name="span"/>.</summary>
    public Verdict Over(Span span)
    {
        if (span.IsExact) return Verdict.Of(Passes(span.Low));
        if (Passes(span.Low) && Passes(span.High)) return Verdict.True;
        var above = span.High < Low || (span.High == Low && !LowIncluded);
        var below = span.Low > High || (span.Low == High && !HighIncluded);
        return above || below ? Verdict.False : Verdict.Unknown;
    }

    /// <summary>Whether a larger number can never turn a pass into a fail.</summary>
    public bool IsRising => double.IsPositiveInfinity(High);

    /// <summary>
    /// Reads <c>&gt;=65</c>, <c>&gt;65</c>, <c>&lt;=65</c>, <c>&lt;65</c>, <c>65</c> or <c>12..28</c> (both ends included);
    /// with <paramref name="unitInDays"/> each number may carry a unit. False when it is none of these.
    /// </summary>
    public static bool TryParse(string text, Func<string, double?>? unitInDays, out Comparison comparison)
    {
        comparison = new(double.NegativeInfinity, false, double.PositiveInfinity, false);
        text = text.Trim();
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots > 0)
        {
            if (!Number(text[..dots], unitInDays, out var from) || !Number(text[(dots + 2)..], unitInDays, out var to)) return false;
            comparison = new(from, true, to, true);
            return from <= to;
        }

        var op = text.StartsWith(">=", StringComparison.Ordinal) || text.StartsWith("<=", StringComparison.Ordinal) ? text[..2]
            : text.StartsWith('>') || text.StartsWith('<') ? text[..1] : "";
        if (!Number(text[op.Length..], unitInDays, out var number)) return false;
        comparison = op switch
        {
            ">=" => comparison with { Low = number, LowIncluded = true },
            ">" => comparison with { Low = number },
            "<=" => comparison with { High = number, HighIncluded = true },
            "<" => comparison with { High = number },
            _ => new(number, true, number, true),
        };
        return true;
    }

    private static bool Number(string text, Func<string, double?>? unitInDays, out double value)
    {
        text = text.Trim();
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] is '.' or '-')) digits++;
        if (!double.TryParse(text[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return false;
        if (digits == text.Length) return unitInDays is null;
        if (unitInDays?.Invoke(text[digits..].Trim()) is not { } days) return false;
        value *= days;
        return true;
    }
}
