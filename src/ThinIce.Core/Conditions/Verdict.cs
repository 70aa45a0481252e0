namespace ThinIce.Core.Conditions;

/// <summary>
/// What a condition comes to when facts may be missing. Not a probability. Four readings of the same condition:
/// as things stand with every gap read as "no" (<see cref="AsNo"/>); in the best-informed world that is still possible
/// (<see cref="Can"/>); in every one (<see cref="Must"/>); and with those gaps read as "yes" that the person's own words
/// point to (<see cref="AsPointed"/>). Always Must ⇒ AsNo ⇒ Can.
/// </summary>
/// <remarks>
/// Reading a gap as "no" on both sides of a "none of" is what makes an unknown never reassure more than a "no": an excuse
/// counts only when it is known. Three-valued logic after Kleene; the two outer readings are its upper and lower bound.
/// </remarks>
public readonly record struct Verdict
{
    private const byte AsNoBit = 1, CanBit = 2, MustBit = 4, PointedBit = 8;
    private readonly byte _bits;

    private Verdict(int bits) => _bits = (byte)bits;

    /// <summary>Holds with every gap read as "no".</summary>
    public bool AsNo => (_bits & AsNoBit) != 0;

    /// <summary>Holds if the gaps are filled in some way.</summary>
    public bool Can => (_bits & CanBit) != 0;

    /// <summary>Holds however the gaps are filled.</summary>
    public bool Must => (_bits & MustBit) != 0;

    /// <summary>Holds when gaps that the words point to are read as "yes" and the rest as "no".</summary>
    public bool AsPointed => (_bits & PointedBit) != 0;

    /// <summary>Whether a missing fact leaves it open.</summary>
    public bool IsOpen => Can && !Must;

    /// <summary>Holds.</summary>
    public static Verdict True { get; } = new(AsNoBit | CanBit | MustBit | PointedBit);

    /// <summary>Does not hold.</summary>
    public static Verdict False { get; } = new(0);

    /// <summary>Nothing is known about it.</summary>
    public static Verdict Unknown { get; } = new(CanBit);

    /// <summary>
    /// The words point to it and leave it open: when, whose, which side, for certain? Also a gap in the plan of the session,
    /// which is the therapist's to fill: advice may be given as if the open part were so.
    /// </summary>
    public static Verdict Pointed { get; } = new(CanBit | PointedBit);

    /// <summary>True or false.</summary>
    public static Verdict Of(bool value) => value ? True : False;

    /// <summary>Both.</summary>
    public Verdict And(Verdict other) => new(_bits & other._bits);

    /// <summary>Either.</summary>
    public Verdict Or(Verdict other) => new(_bits | other._bits);

    /// <summary>Not: what was only possible is no longer certain, and a gap is no excuse.</summary>
    public Verdict Not() => new(
        (AsNo ? 0 : AsNoBit | PointedBit) | (Must ? 0 : CanBit) | (Can ? 0 : MustBit));

    /// <summary>At least so many of the counts given.</summary>
    internal static Verdict AtLeast(int needed, int asNo, int can, int must, int pointed) => new(
        (asNo >= needed ? AsNoBit : 0) | (can >= needed ? CanBit : 0) | (must >= needed ? MustBit : 0) | (pointed >= needed ? PointedBit : 0));
}
