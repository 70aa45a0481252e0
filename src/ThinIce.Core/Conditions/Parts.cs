namespace ThinIce.Core.Conditions;

/// <summary>What conditions and formulas are made of. Definitions and measures are named, not entered.</summary>
public static class Parts
{
    /// <summary>The condition and every condition inside it.</summary>
    public static IEnumerable<Condition> Of(Condition condition) => condition switch
    {
        AllOf all => all.Of.SelectMany(Of).Prepend(condition),
        AnyOf any => any.Of.SelectMany(Of).Prepend(condition),
        NoneOf none => none.Of.SelectMany(Of).Prepend(condition),
        AtLeast some => some.Of.SelectMany(Of).Prepend(condition),
        _ => [condition],
    };

    /// <summary>Every condition that a formula turns on.</summary>
    public static IEnumerable<Condition> Of(Formula formula) => formula switch
    {
        SumOf sum => sum.Of.SelectMany(Of),
        ProductOf product => product.Of.SelectMany(Of),
        WholePart whole => Of(whole.Of),
        IfHolds either => Of(either.Condition),
        _ => [],
    };
}
