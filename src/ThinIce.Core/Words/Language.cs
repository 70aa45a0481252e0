using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Words;

/// <summary>What a small word or phrase does to the words around it.</summary>
public enum CueKind : byte
{
    /// <summary>Denies what follows: no, without, denies.</summary>
    Deny,

    /// <summary>Denies what precedes: ruled out.</summary>
    DenyBefore,

    /// <summary>Ends a denial: but, except.</summary>
    Stop,

    /// <summary>Joins: and, with.</summary>
    Join,

    /// <summary>Joins, and carries a denial along a list of commas: or, nor.</summary>
    Or,

    /// <summary>Joins and ends a denial: because, with; grouped under "after" for what comes after an event.</summary>
    Link,

    /// <summary>Turns a denial into something that happened then: until.</summary>
    Until,

    /// <summary>Goes on to this day: started, still.</summary>
    Still,

    /// <summary>The same thing once more: another, again.</summary>
    Again,

    /// <summary>After a relative who only tells of it: noticed, says.</summary>
    Reports,

    /// <summary>Somebody else: mother, family history of.</summary>
    Other,

    /// <summary>The person: I, my.</summary>
    Own,

    /// <summary>Over or stopped.</summary>
    Past,

    /// <summary>After a relative: tells the relative's own story, "had", "died of".</summary>
    Had,

    /// <summary>Healed.</summary>
    Healed,

    /// <summary>"Gone": healed, unless a sign follows at once: "headache gone", but "gone numb".</summary>
    Gone,

    /// <summary>Perhaps.</summary>
    Open,

    /// <summary>Worse than it was.</summary>
    Worse,

    /// <summary>How bad.</summary>
    Degree,

    /// <summary>Which side.</summary>
    Side,

    /// <summary>How long ago, as a fixed phrase: yesterday, last week.</summary>
    When,

    /// <summary>After a length of time: ago.</summary>
    Ago,

    /// <summary>Before a length of time that goes on: for, since.</summary>
    For,

    /// <summary>Nothing at all: none, n/a.</summary>
    None,

    /// <summary>How hard.</summary>
    Pressure,

    /// <summary>After a length of time that is an age: old.</summary>
    AgeAfter,

    /// <summary>Before a number that is an age: aged.</summary>
    AgeBefore,

    /// <summary>Words before the age at which something was: "at 6", "when I was ten". Only in lists, where the age now is known.</summary>
    AgeAt,

    /// <summary>A baby whose age says how long ago the birth was: "baby is 10 days old", "my 3 week old baby".</summary>
    Baby,

    /// <summary>Before the name of a month that is another word too: "in May".</summary>
    MonthBefore,

    /// <summary>Female or male, where a whole intake is said in one line.</summary>
    Sex,
}

/// <summary>A phrase and what it does.</summary>
/// <param name="Phrase">The phrase.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Value">The degree, side, pressure or sex, as its enumeration's number; for <see cref="CueKind.Other"/> the relative's sex or 0.</param>
/// <param name="Days">For <see cref="CueKind.When"/>: how long ago, in days.</param>
public sealed record Cue(string Phrase, CueKind Kind, int Value = 0, Span? Days = null);

/// <summary>A word for a number, or for a unit of time in days.</summary>
/// <param name="Word">The word.</param>
/// <param name="Value">What it is worth.</param>
public sealed record NamedNumber(string Word, double Value);

/// <summary>Another way of writing a word, or a part of one.</summary>
/// <param name="Variant">The other way: one word or several.</param>
/// <param name="Word">The word it stands for.</param>
public sealed record SameWord(string Variant, string Word);

/// <summary>How a language says no, ago, left, mother: data from <c>knowledge/language/</c>.</summary>
/// <param name="Code">Two-letter code.</param>
public sealed record Language(string Code)
{
    /// <summary>Cues.</summary>
    public ImmutableArray<Cue> Cues { get; init; } = [];

    /// <summary>Words that carry no clinical meaning by themselves.</summary>
    public ImmutableArray<string> Fillers { get; init; } = [];

    /// <summary>Number words.</summary>
    public ImmutableArray<NamedNumber> Numbers { get; init; } = [];

    /// <summary>Number words that count only beside "ago" or "for": a, an.</summary>
    public ImmutableArray<string> WeakNumbers { get; init; } = [];

    /// <summary>Units of time, in days.</summary>
    public ImmutableArray<NamedNumber> Units { get; init; } = [];

    /// <summary>Names of months, with their numbers.</summary>
    public ImmutableArray<NamedNumber> Months { get; init; } = [];

    /// <summary>Those that are other words too, and count only beside a day, a year or a word such as "in": may, march.</summary>
    public ImmutableArray<string> WeakMonths { get; init; } = [];

    /// <summary>How many a unit said in the plural without a number may be: "for weeks".</summary>
    public Span UnitAlone { get; init; } = Span.Exactly(1);

    /// <summary>Words and phrases that stand for one word wherever they are: "urinate" for "pee".</summary>
    public ImmutableArray<SameWord> Forms { get; init; } = [];

    /// <summary>Parts of longer words that are spelled in two ways: "ae" and "e".</summary>
    public ImmutableArray<SameWord> Spellings { get; init; } = [];

    /// <summary>Words that may be left out inside a phrase: the, my.</summary>
    public ImmutableArray<string> Skipped { get; init; } = [];
}
