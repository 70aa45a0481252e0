using ThinIce.Core.Clinical;

namespace ThinIce.Core.Words;

/// <summary>A fact in the making.</summary>
internal sealed class Draft(int concept, ClientField field, Presence presence, bool other)
{
    public int Concept { get; } = concept;
    public ClientField Field { get; } = field;
    public Presence Presence { get; set; } = presence;
    public bool Other { get; set; } = other;
    public int Group { get; set; }
    public int From { get; init; }
    public int To { get; init; }
    public int SegmentStart { get; set; }
    public int SegmentEnd { get; set; }
    public Currency Currency { get; set; }
    public Span? Days { get; set; }
    public bool Over { get; set; }
    public bool AfterEvent { get; set; }
    public bool Worse { get; set; }
    public double? Value { get; set; }
    public Side Side { get; set; }
    public Degree Degree { get; set; }
    public ulong Regions { get; set; }
}

/// <summary>A stretch of words between breaks, and what its small words say.</summary>
internal sealed class Segment
{
    public List<Draft> Drafts { get; } = [];
    public List<SessionWords> RegionConcepts { get; } = [];
    public int Start { get; private set; } = -1;
    public int End { get; set; }
    public List<int> Unread { get; } = [];
    public int Relations { get; set; }
    public int SessionMatches { get; set; }
    public int Pressures { get; set; }
    public bool OnlyRelation { get; init; }
    public bool AfterStop { get; init; }
    public Span? Days { get; private set; }
    public bool Over { get; private set; }
    public double? Value { get; set; }
    public bool Ongoing { get; set; }
    public bool Again { get; set; }
    public bool Own { get; set; }
    public bool AfterEvent { get; set; }
    public int Denials { get; set; }
    public Currency Currency { get; set; }
    public bool Open { get; set; }
    public bool Worse { get; set; }
    public Degree Degree { get; set; }
    public Side Side { get; private set; }
    public ulong Regions { get; set; }
    public Side ImpliedSide { get; set; }

    public void Begin(int start) => Start = Start < 0 ? start : Start;

    public void Time(Span days, bool over) => (Days, Over) = (Days ?? days, Over || over);

    public void AddSide(Side side) => Side = (Side, side) switch
    {
        (_, Side.Unstated) => Side,
        (Side.Unstated, _) => side,
        (Side.Left, Side.Right) or (Side.Right, Side.Left) => Side.Both,
        (Side.One, Side.Left or Side.Right) => side,
        _ => Side,
    };
}
