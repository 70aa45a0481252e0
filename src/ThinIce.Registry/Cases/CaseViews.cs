using System.Collections.Immutable;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Narratives;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Cases;

/// <summary>One case on the board. It names nobody.</summary>
/// <param name="Row">The case.</param>
/// <param name="Names">Plain names of its harms, or of its symptoms where no harm is coded.</param>
/// <param name="IsOverdue">Whether its time is up and nobody has assessed it.</param>
public sealed record CaseLine(CaseRecord Row, ImmutableArray<string> Names, bool IsOverdue);

/// <summary>The board of cases, in the order of work.</summary>
/// <param name="Lines">Cases, first the one to be assessed first; assessed and closed ones after them, the newest first.</param>
/// <param name="Withheld">How many open cases this reader is not shown, because they name the reader or are about a massage that the reader gave.</param>
/// <param name="Unread">How many of those nobody else may read either.</param>
/// <param name="Officers">Officers and deputies, to be given a case.</param>
/// <param name="ADay">Cases that the officers say they can assess a day; 0 not said.</param>
/// <param name="LateSerious">Serious or perhaps serious cases that would be late at that pace.</param>
/// <param name="LateOther">Others that would.</param>
public sealed record CaseBoard(ImmutableArray<CaseLine> Lines, int Withheld, int Unread, ImmutableArray<StaffName> Officers, double ADay, int LateSerious, int LateOther);

/// <summary>One adverse event of a case, with what is worked out of its facts.</summary>
/// <param name="Row">The event.</param>
/// <param name="Name">Plain name of its code; null while it is not coded.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="Grades">A grade on each published scale, or why there is none.</param>
/// <param name="Seriousness">The six criteria.</param>
/// <param name="Expected">How far the knowledge named it; null where it is no harm of the catalogue.</param>
/// <param name="Judgements">Judgements of its cause that this reader may see: all, or before the reader has judged only that there are some.</param>
/// <param name="Hidden">How many judgements by others are kept from the reader, who has not judged yet.</param>
/// <param name="Raters">How many judged it.</param>
/// <param name="Category">What the raters came to: the consensus, or the one category that all of them gave; null while they differ or nobody judged.</param>
/// <param name="Term">Term of a licensed vocabulary, where the installation has a map of one.</param>
public sealed record CaseEventView(CaseEvent Row, string? Name, EventFacts Facts, ImmutableArray<Grade> Grades, Seriousness Seriousness, Expectedness? Expected,
    ImmutableArray<JudgementView> Judgements, int Hidden, int Raters, string? Category, string? Term);

/// <summary>A judgement of cause with its reason.</summary>
/// <param name="Row">The judgement.</param>
/// <param name="Reason">Why, in the rater's words; null where none was given.</param>
public sealed record JudgementView(CaseAssessment Row, string? Reason);

/// <summary>A code of a case with its plain name.</summary>
/// <param name="Row">The code.</param>
/// <param name="Name">Plain name.</param>
/// <param name="Said">The reporter's words it was read in; null where a person chose it.</param>
public sealed record CaseCodeView(CaseCode Row, string Name, string? Said)
{
    /// <summary>Where in the words it was read.</summary>
    public ImmutableArray<TextSpan> Spans => CaseCoding.Spans(Row.Spans);
}

/// <summary>One moment of a case.</summary>
/// <param name="At">When; a day at midnight UTC where only the day is known.</param>
/// <param name="Precision">How exactly; null where the moment is known.</param>
/// <param name="What">Id of what happened: massage, event, received, follow-up, note, to-reporter, assessed, released, closed, due.</param>
public sealed record CaseMoment(DateTimeOffset At, DatePrecision? Precision, string What);

/// <summary>A case file.</summary>
/// <param name="Row">The case.</param>
/// <param name="Words">What was reported; null after erasure.</param>
/// <param name="Contact">How to reach the reporter.</param>
/// <param name="Reason">Why the person came.</param>
/// <param name="Minimum">Which of the four minimum criteria are missing.</param>
/// <param name="Completeness">vigiGrade's completeness with what lowers it.</param>
/// <param name="Onset">Time to onset.</param>
/// <param name="Contradictions">What contradicts itself.</param>
/// <param name="Events">Events that count.</param>
/// <param name="Codes">Codes, suggested and chosen.</param>
/// <param name="Notes">What was added.</param>
/// <param name="Timeline">Its moments in order.</param>
/// <param name="IsConflicted">Whether the reader may not assess it.</param>
/// <param name="Officers">Officers and deputies who may look after it.</param>
/// <param name="Staff">Names of the staff.</param>
/// <param name="Draft">Draft of the answer: as saved, or as the knowledge words it; null while the cause is not judged.</param>
/// <param name="Answer">The released answer.</param>
/// <param name="Into">Number of the case it is put under; null none.</param>
/// <param name="Merged">Cases that are put under it.</param>
public sealed record CaseView(CaseRecord Row, string? Words, string? Contact, string? Reason, MinimumCriteria Minimum, Completeness Completeness, Answer<TimeToOnset> Onset, ImmutableArray<string> Contradictions,
    ImmutableArray<CaseEventView> Events, ImmutableArray<CaseCodeView> Codes, ImmutableArray<NoteView> Notes, ImmutableArray<CaseMoment> Timeline, bool IsConflicted, ImmutableArray<StaffName> Officers,
    ImmutableArray<StaffName> Staff, string? Draft, string? Answer, int? Into, ImmutableArray<CaseRecord> Merged);

/// <summary>A judgement to be kept.</summary>
/// <param name="Method">How.</param>
/// <param name="Category">Category of WHO-UMC, worked out of the answers or agreed on.</param>
/// <param name="Answers">The answers that led there, as JSON.</param>
/// <param name="Reason">Why.</param>
public sealed record NewJudgement(CausalityMethod Method, string Category, string Answers, string? Reason);
