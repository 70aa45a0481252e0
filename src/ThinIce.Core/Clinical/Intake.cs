using System.Collections.Immutable;

namespace ThinIce.Core.Clinical;

/// <summary>The person, in their own words. Not coded: see <see cref="CodedCase"/>.</summary>
public sealed record Client
{
    /// <summary>Nothing asked.</summary>
    public static Client Empty { get; } = new();

    /// <summary>Years; 0 for an infant; 0 to 130.</summary>
    public Answer<double> Age { get; init; }

    /// <summary>Sex.</summary>
    public Answer<Sex> Sex { get; init; }

    /// <summary>Completed weeks; 0 means asked and not pregnant; 0 to 45.</summary>
    public Answer<double> PregnancyWeeks { get; init; }

    /// <summary>Kilograms.</summary>
    public Answer<double> WeightKg { get; init; }

    /// <summary>The six lists of plain words, in the order of <see cref="ClientField"/>.</summary>
    public ImmutableArray<Answer<ImmutableArray<string>>> Lists { get; init; } = [.. new Answer<ImmutableArray<string>>[ClientFields.ListCount]];

    /// <summary>Answers to ThinIce's own questions, by the question's id.</summary>
    public ImmutableArray<DirectAnswer> Direct { get; init; } = [];

    /// <summary>One list of plain words.</summary>
    public Answer<ImmutableArray<string>> Words(ClientField field) => Lists[(int)field];
}

/// <summary>The answer to a question that ThinIce asked: what was asked about, and yes (true), no (false) or does not know (null).</summary>
public sealed record DirectAnswer(string Question, bool? Yes);

/// <summary>The massage that is planned, or that took place. Null means not said.</summary>
public sealed record PlannedSession
{
    /// <summary>Nothing said.</summary>
    public static PlannedSession Empty { get; } = new();

    /// <summary>The technique in plain words.</summary>
    public string? Technique { get; init; }

    /// <summary>The regions in plain words.</summary>
    public ImmutableArray<string>? Regions { get; init; }

    /// <summary>How hard.</summary>
    public PressureLevel? Pressure { get; init; }

    /// <summary>How long, in minutes; above 0, at most 1,440.</summary>
    public double? Minutes { get; init; }

    /// <summary>Devices in plain words; empty means none, and so does null: a plan that names no device has none.</summary>
    public ImmutableArray<string>? Devices { get; init; }

    /// <summary>Whether heat is used.</summary>
    public bool? Heat { get; init; }

    /// <summary>How the person lies or sits, in plain words.</summary>
    public string? Position { get; init; }

    /// <summary>Oils and creams in plain words; empty means none.</summary>
    public ImmutableArray<string>? Products { get; init; }

    /// <summary>Who gives it, as the contract names them.</summary>
    public string? Provider { get; init; }

    /// <summary>How many sessions went before this one.</summary>
    public int? PriorSessions { get; init; }
}

/// <summary>One intake of format <c>thinice/intake/1</c>, read but not yet understood.</summary>
public sealed record Intake
{
    /// <summary>The caller's own name for it; may be empty. Never a person's name.</summary>
    public string Id { get; init; } = "";

    /// <summary>The person.</summary>
    public Client Client { get; init; } = Client.Empty;

    /// <summary>The planned massage.</summary>
    public PlannedSession Session { get; init; } = PlannedSession.Empty;

    /// <summary>Country code, or null.</summary>
    public string? Place { get; init; }

    /// <summary>The whole thing said in one line, or null: "aunt on warfarin, deep tissue, back".</summary>
    public string? InOneLine { get; init; }

    /// <summary>The day it was made, so that "in 2019" and "in August" are times; null where nobody said. Core knows no clock: the caller says.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Paths of fields that ThinIce does not know and did not read.</summary>
    public ImmutableArray<string> NotRead { get; init; } = [];
}

/// <summary>One report of format <c>thinice/aftercare/1</c>, read but not yet understood.</summary>
public sealed record AftercareReport
{
    /// <summary>Id, client, session and place, as in an intake. The client's symptoms are those of now.</summary>
    public required Intake Intake { get; init; }

    /// <summary>Hours since the session; null where not said.</summary>
    public double? HoursAfter { get; init; }

    /// <summary>What was there before the session, in plain words.</summary>
    public Answer<ImmutableArray<string>> Before { get; init; }

    /// <summary>Better, same, worse; null where not said.</summary>
    public Course? Course { get; init; }

    /// <summary>Care sought already, in plain words; null where not said. Shown, never judged.</summary>
    public string? CareSought { get; init; }
}
