using System.Collections.Immutable;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>Which of a visit's check-ins count. A check-in can be answered until the next is due: so the window ends where the last one closes.</summary>
/// <param name="Id">Name in addresses and files.</param>
/// <param name="Days">Days after the visit within which an answer counts.</param>
/// <param name="Waves">Check-ins that count.</param>
public sealed record CheckInWindow(string Id, int Days, ImmutableArray<Wave> Waves)
{
    /// <summary>From the shortest to the longest.</summary>
    public static ImmutableArray<CheckInWindow> All { get; } = [new("evening", 3, [Wave.Evening]), new("day3", 7, [Wave.Evening, Wave.Day3]), new("day7", 14, [Wave.Evening, Wave.Day3, Wave.Day7])];

    /// <summary>The whole series.</summary>
    public static CheckInWindow Whole => All[^1];

    /// <summary>The one of that name, else the whole series.</summary>
    public static CheckInWindow Of(string? id) => All.FirstOrDefault(w => w.Id == id) ?? Whole;
}

/// <summary>A visit whose check-ins in the window are over: answered, or asked in vain.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Asked">Check-ins that were sent.</param>
/// <param name="Answered">Of those, answered.</param>
/// <param name="Answers">All answers.</param>
public sealed record SettledVisit(SurveyedVisit Visit, int Asked, int Answered, ImmutableArray<SurveyedAnswer> Answers)
{
    /// <summary>Whether it is in the denominator: one answer at least.</summary>
    public bool IsAnswered => Answers.Length > 0;

    /// <summary>How many visits it stands for.</summary>
    public double Weight => 1 / Visit.InclusionProbability;

    /// <summary>Whether somebody asked what was there before the session.</summary>
    public bool IsBeforeKnown => Answers.Any(a => a.IsBeforeKnown);
}

/// <summary>All visits of a time, told apart by how far asking has got. Their numbers add up to all visits.</summary>
/// <param name="Window">The window.</param>
/// <param name="All">Visits.</param>
/// <param name="NoContact">Whose client cannot be asked: no answer of anybody stands for these.</param>
/// <param name="NotDrawn">Not drawn: the drawn ones stand for these, by their weight.</param>
/// <param name="CalledOff">To be asked about, and never asked, because another visit came first or the client did not want it.</param>
/// <param name="Open">Still being asked about.</param>
/// <param name="Settled">Over.</param>
public sealed record VisitsAsked(CheckInWindow Window, int All, int NoContact, int NotDrawn, int CalledOff, int Open, ImmutableArray<SettledVisit> Settled)
{
    /// <summary>Of those that are over, the answered ones.</summary>
    public ImmutableArray<SettledVisit> Answered { get; } = [.. Settled.Where(s => s.IsAnswered)];

    /// <summary>Check-ins sent.</summary>
    public int CheckInsAsked => Settled.Sum(s => s.Asked);

    /// <summary>Check-ins answered.</summary>
    public int CheckInsAnswered => Settled.Sum(s => s.Answered);

    /// <summary>People who answered at least once.</summary>
    public int People => Answered.Select(s => s.Visit.Client).Distinct().Count();

    /// <summary>Tells visits apart.</summary>
    public static VisitsAsked Of(IEnumerable<SurveyedVisit> visits, CheckInWindow window)
    {
        var settled = ImmutableArray.CreateBuilder<SettledVisit>();
        var (all, noContact, notDrawn, calledOff, open) = (0, 0, 0, 0, 0);
        foreach (var visit in visits)
        {
            all++;
            var within = visit.CheckIns.Where(c => window.Waves.Contains(c.Wave)).ToList();
            if (visit.FollowUp == FollowUpReason.NoContact) noContact++;
            else if (visit.FollowUp == FollowUpReason.NotDrawn) notDrawn++;
            else if (within.Any(c => c.State is ContactState.Planned or ContactState.Asked)) open++;
            else if (within.Count(c => c.State is ContactState.Answered or ContactState.Missed) is > 0 and var asked)
                settled.Add(new(visit, asked, within.Count(c => c.State == ContactState.Answered), [.. within.SelectMany(c => c.Answers)]));
            else calledOff++;
        }

        return new(window, all, noContact, notDrawn, calledOff, open, settled.ToImmutable());
    }
}
