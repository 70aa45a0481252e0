using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Localization;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Contract;
using ThinIce.Registry.Cases;

namespace ThinIce.Web.Features.Cases;

/// <summary>A case as its report in CARE's headings takes it. What the registry knows is filled in; what people have to write is left to them.</summary>
internal sealed class CareText(IStringLocalizer<CaseWords> words, Answerer answerer)
{
    private const string Scale = "care-2013";

    private readonly CaseText _text = new(words, answerer);

    /// <summary>Name of a heading.</summary>
    public string Name(CareHeading heading) => answerer.Knowledge.Scales.TryGetValue(Scale, out var care) && care.Items.FirstOrDefault(i => i.Id == FactsJson.Name(heading)) is { } item ? item.Text.In("en") : FactsJson.Name(heading);

    /// <summary>What belongs under it; empty where the registry fills it in.</summary>
    public string AsksFor(CareHeading heading) => answerer.Knowledge.Cases.SelectMany(c => c.Headings).FirstOrDefault(h => h.Id == FactsJson.Name(heading))?.Text.In("en") ?? "";

    /// <summary>Headings under which people have to write.</summary>
    public IEnumerable<CareHeading> Asked => Enum.GetValues<CareHeading>().Where(h => AsksFor(h).Length > 0);

    /// <summary>The report.</summary>
    public CaseReport Write(CaseToReport of, bool redacted) => CaseReport.Write(For(of), Name, redacted);

    private CaseForReport For(CaseToReport of)
    {
        var row = of.View.Row;
        return new()
        {
            Written = of.Written, Cleared = of.Cleared, AgeYears = row.AgeYears, Sex = row.Sex, Codes = of.Codes, MassageOn = row is { MassageAt: { } at, MassagePrecision: Registry.Model.DatePrecision.Day } ? DateOnly.FromDateTime(at.UtcDateTime) : null,
            Timeline = [.. Timeline(of.View)], Judgements = [.. of.View.Events.SelectMany(Judgements), words["care.completeness", CaseTime.Percent(of.View.Completeness.Score)]],
        };
    }

    /// <summary>Steps from the massage on, where its day is known or the time to the first sign is.</summary>
    private IEnumerable<TimelineStep> Timeline(CaseView view)
    {
        yield return new(0, words["care.massage"]);
        if (view.Onset is { IsKnown: true, Value: var onset }) yield return new(Math.Round(onset.LeastHours / 24, 2), onset.LeastHours == onset.MostHours ? words["care.first-sign", CaseTime.Short(onset.LeastHours)] : words["care.first-sign-between", CaseTime.Short(onset.LeastHours), CaseTime.Short(onset.MostHours)]);
        if (view.Row is not { MassageAt: { } massage, MassagePrecision: Registry.Model.DatePrecision.Day }) yield break;
        yield return new(Math.Floor((view.Row.ReceivedAt - massage).TotalDays), words["care.reported"]);
        foreach (var note in view.Notes.Where(n => n.Kind == Registry.Model.NoteKind.FollowUp)) yield return new(Math.Floor((note.At - massage).TotalDays), words["care.follow-up"]);
    }

    private IEnumerable<string> Judgements(CaseEventView told)
    {
        var name = told.Name ?? words["event.uncoded"].Value;
        foreach (var grade in told.Grades) yield return $"{name}, {_text.Scale(grade.Scale)}: {_text.Of(grade)}";
        yield return $"{name}, {words["serious"]} {_text.Serious(told.Seriousness)}";
        if (told.Category is { } category) yield return words["care.cause", name, _text.Category(category), told.Raters.ToString(CultureInfo.InvariantCulture)];
    }
}
