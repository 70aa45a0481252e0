using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Screening;

namespace ThinIce.Knowledge.Mapping;

/// <summary>
/// Checks on the written rules, not on samples, that with technique and region fixed a lighter or shorter session is never
/// answered more strictly: pressure and minutes may only be asked for as "at least", and under "none" only as "at most".
/// Rules marked <c>worse-when-light</c> are excepted.
/// </summary>
internal sealed class Monotony(ImmutableArray<Definition> definitions, ImmutableArray<Measure> measures)
{
    public static void Check(ImmutableArray<ScreeningRule> rules, ImmutableArray<Definition> definitions, ImmutableArray<Measure> measures, List<KnowledgeError> errors)
    {
        var check = new Monotony(definitions, measures);
        foreach (var rule in rules.Where(r => !r.WorseWhenLight))
        {
            var parts = rule.Adapt.Select(a => a.When).OfType<Condition>().Append(rule.When).All(c => check.Rises(c, true))
                && rule.Adapt.Select(a => a.Unless).OfType<Condition>().All(c => check.Rises(c, false));
            if (!parts)
            {
                errors.Add(new("K033", new(rule.File, 1),
                    "Less pressure or fewer minutes could make this stricter. Ask for pressure and minutes as '>=' ('<=' under none and unless), or mark the rule worse-when-light: true."));
            }
        }
    }

    private bool Rises(Condition condition, bool up) => condition switch
    {
        AllOf all => all.Of.All(c => Rises(c, up)),
        AnyOf any => any.Of.All(c => Rises(c, up)),
        AtLeast some => some.Of.All(c => Rises(c, up)),
        NoneOf none => none.Of.All(c => Rises(c, !up)),
        IsDefined defined => definitions.FirstOrDefault(d => d.Id == defined.Definition) is not { } definition || Rises(definition.When, up),
        PressureIs pressure => up ? pressure.AtMost == PressureLevel.Strong : pressure.AtLeast == PressureLevel.Light,
        NumberIs { Field: NumberField.Minutes } minutes => Side(minutes.Comparison, up),
        MeasureIs measure => measures.FirstOrDefault(m => m.Id == measure.Measure) is not { } made || Grows(made.Formula) switch
        {
            Growth.None => true,
            Growth.Up => Side(measure.Comparison, up),
            _ => false,
        },
        _ => true,
    };

    private static bool Side(Comparison comparison, bool up) => up ? comparison.IsRising : double.IsNegativeInfinity(comparison.Low);

    private enum Growth { None, Up, Mixed }

    /// <summary>How a formula answers to more pressure or time. Factors are taken to be at least 0; a negative number beside pressure is refused.</summary>
    private Growth Grows(Formula formula) => formula switch
    {
        FieldValue { Field: NumberField.Minutes } => Growth.Up,
        ByPressure table => table.Light <= table.Moderate && table.Moderate <= table.Strong && table.Light >= 0 ? Growth.Up : Growth.Mixed,
        ByBand { Field: NumberField.Minutes } bands => bands.Bands.Zip(bands.Bands.Skip(1)).All(p => p.First.Value <= p.Second.Value) ? Growth.Up : Growth.Mixed,
        SumOf sum => Join(sum.Of.Select(Grows)),
        ProductOf product => product.Of.Any(IsNegative) && product.Of.Any(f => Grows(f) != Growth.None) ? Growth.Mixed : Join(product.Of.Select(Grows)),
        WholePart whole => Grows(whole.Of),
        IfHolds either => Rises(either.Condition, true) && Rises(either.Condition, false) ? Growth.None
            : Rises(either.Condition, true) && either.Then >= either.Otherwise ? Growth.Up : Growth.Mixed,
        _ => Growth.None,
    };

    private static bool IsNegative(Formula formula) => formula switch
    {
        Constant constant => constant.Value < 0,
        ByBand bands => bands.Bands.Any(b => b.Value < 0),
        IfHolds either => either.Then < 0 || either.Otherwise < 0,
        SumOf sum => sum.Of.Any(IsNegative),
        _ => false,
    };

    private static Growth Join(IEnumerable<Growth> parts) => parts.DefaultIfEmpty(Growth.None).Max();
}

/// <summary>Finds definitions and measures that are made of themselves: they could never be worked out.</summary>
internal static class Loops
{
    /// <summary>Reports the loops; true when there are none.</summary>
    public static bool Check(ImmutableArray<Definition> definitions, ImmutableArray<Measure> measures, List<KnowledgeError> errors)
    {
        var before = errors.Count;
        var uses = definitions.ToDictionary(d => d.Id.Value, d => Named(Parts.Of(d.When)).ToList(), StringComparer.Ordinal);
        foreach (var measure in measures) uses[$"measure {measure.Id}"] = [.. Named(Parts.Of(measure.Formula))];
        foreach (var start in uses.Keys)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var left = new Stack<string>(uses[start]);
            while (left.TryPop(out var next))
            {
                if (next == start)
                {
                    errors.Add(new("K025", new(start.StartsWith("measure ", StringComparison.Ordinal) ? "measures" : "definitions", 0), $"'{start}' is made of itself."));
                    break;
                }

                if (!seen.Add(next) || !uses.TryGetValue(next, out var inner)) continue;
                foreach (var id in inner) left.Push(id);
            }
        }

        return errors.Count == before;
    }

    private static IEnumerable<string> Named(IEnumerable<Condition> parts)
    {
        foreach (var part in parts)
        {
            if (part is IsDefined defined) yield return defined.Definition.Value;
            if (part is MeasureIs measure) yield return $"measure {measure.Measure}";
        }
    }
}
