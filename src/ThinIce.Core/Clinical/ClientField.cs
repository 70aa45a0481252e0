using System.Collections.Immutable;

namespace ThinIce.Core.Clinical;

/// <summary>The client fields of the contract, in its order.</summary>
public enum ClientField : byte
{
    /// <summary>client.conditions</summary>
    Conditions,

    /// <summary>client.medicines</summary>
    Medicines,

    /// <summary>client.procedures</summary>
    Procedures,

    /// <summary>client.symptoms</summary>
    Symptoms,

    /// <summary>client.allergies</summary>
    Allergies,

    /// <summary>client.pastReactions</summary>
    PastReactions,

    /// <summary>client.age</summary>
    Age,

    /// <summary>client.sex</summary>
    Sex,

    /// <summary>client.pregnancyWeeks</summary>
    PregnancyWeeks,

    /// <summary>client.weightKg</summary>
    WeightKg,
}

/// <summary>Names and groups of the client fields.</summary>
public static class ClientFields
{
    private static readonly ImmutableArray<string> Names =
        ["conditions", "medicines", "procedures", "symptoms", "allergies", "pastReactions", "age", "sex", "pregnancyWeeks", "weightKg"];

    /// <summary>How many client fields there are.</summary>
    public const int Count = 10;

    /// <summary>How many of them, the first ones, are lists of words.</summary>
    public const int ListCount = 6;

    /// <summary>The name the contract gives the field.</summary>
    public static string Name(this ClientField field) => Names[(int)field];

    /// <summary>The field of that name; false where the contract has none.</summary>
    public static bool TryParse(string name, out ClientField field)
    {
        var at = Names.IndexOf(name);
        field = at < 0 ? default : (ClientField)at;
        return at >= 0;
    }
}
