using System.Collections.Immutable;
using System.Globalization;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Cases;

/// <summary>What becomes of a column when a file is taken in, and when one is handed out.</summary>
public enum ColumnUse : byte
{
    /// <summary>Handed out, and taken in.</summary>
    Both = 1,

    /// <summary>Handed out only: ThinIce works it out itself.</summary>
    Out,

    /// <summary>Could tell who it is: taken in, and handed out only where that is asked for.</summary>
    Words,
}

/// <summary>A column of files of cases.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Use">What becomes of it.</param>
/// <param name="Type">text, number, number or word, yes-no or list (ids with a bar between them).</param>
/// <param name="Means">What it is, with its unit.</param>
/// <param name="Values">What it can hold; empty where that is any text or number.</param>
public sealed record CaseColumn(string Name, ColumnUse Use, string Type, string Means, string Values)
{
    /// <summary>Whether every cell is a number or empty.</summary>
    public bool IsNumber => Type == CaseColumns.Number;

    /// <summary>Whether a cell may be a number, or else a word.</summary>
    public bool HoldsNumbers => Type is CaseColumns.Number or CaseColumns.NumberOrWord;

    /// <summary>Whether a cell is ids with a bar between them.</summary>
    public bool IsList => Type == CaseColumns.List;

    internal Func<CaseOut, string?> Get { get; init; } = _ => null;

    internal Func<CaseIn, string, Problem?>? Set { get; init; }
}

/// <summary>Whose the codes of a case are.</summary>
public enum CodesAre : byte
{
    /// <summary>A person's.</summary>
    Accepted = 1,

    /// <summary>The program's, on which nobody has decided.</summary>
    Suggested,
}

/// <summary>A case as it is handed out, with one of its events.</summary>
internal sealed record CaseOut(CaseRecord Case, CodesAre CodesAre, CaseEvent? Event, EventFacts Facts, ImmutableArray<Grade> Grades, string? Cause, ImmutableArray<string> Icd10, string? Term, string? Words, string? Reason, bool Days)
{
    public string? Date(DateTimeOffset? at, DatePrecision? precision) => ToldDate.Text(at, Days || precision == DatePrecision.Year ? precision : DatePrecision.Month);
}

/// <summary>A case as it is being read from a file.</summary>
internal sealed class CaseIn
{
    public string Id { get; set; } = "";

    public ReportKind Kind { get; set; } = ReportKind.AdverseEvent;

    public bool IsClosed { get; set; }

    public ReportDetails Details { get; set; } = new();

    public string Words { get; set; } = "";

    public string? CrossReference { get; set; }

    public HashSet<(CodeKind Kind, string Code)> Codes { get; } = [];

    public CodesAre CodesAre { get; set; } = CodesAre.Accepted;

    public List<(string? Code, EventFacts Facts)> Events { get; } = [];

    public EventFacts Facts { get; set; } = new();

    public string? EventCode { get; set; }

    /// <summary>In which order a date with slashes or dots is written; null none is taken.</summary>
    public Imports.DateOrder? Dates { get; set; }

    public required Func<CodeKind, string, bool> Fits { get; init; }
}

/// <summary>
/// The columns of files of cases: the one place that export, import and the data dictionary go by. An empty cell means that nobody was asked or
/// nobody answered; <c>unknown</c> and <c>declined</c> are answers.
/// </summary>
public static class CaseColumns
{
    internal const string Number = "number", NumberOrWord = "number or word", List = "list";

    private const string Text = "text", YesNo = "yes-no";

    /// <summary>All of them, in the order in which they are handed out.</summary>
    public static ImmutableArray<CaseColumn> All { get; } = [.. Case(), .. Codes(), .. Massage(), .. Event(), .. Worked()];

    private static IEnumerable<CaseColumn> Case()
    {
        yield return new("case", ColumnUse.Both, Text, "The case. Rows of the same case stand one after another, one for each thing that happened.", "")
        { Get = c => c.Case.Number.ToString(CultureInfo.InvariantCulture), Set = (c, v) => Done(() => c.Id = v) };
        yield return new("event", ColumnUse.Out, Number, "Which of the things that happened, from 0. Empty where nothing is told of.", "") { Get = c => c.Event?.Order.ToString(CultureInfo.InvariantCulture) };
        yield return new("kind", ColumnUse.Both, Text, "What is reported.", Words<ReportKind>())
        { Get = c => FactsJson.Name(c.Case.Kind), Set = (c, v) => One<ReportKind>(v, "kind", k => c.Kind = k) };
        yield return new("source", ColumnUse.Out, Text, "Where it came from.", Words<ReportSource>()) { Get = c => FactsJson.Name(c.Case.Source) };
        yield return new("reporter", ColumnUse.Both, Text, "Who reports.", Words<ReporterKind>())
        { Get = c => FactsJson.Name(c.Case.Reporter), Set = (c, v) => One<ReporterKind>(v, "reporter", k => c.Details = c.Details with { Reporter = k }) };
        yield return new("state", ColumnUse.Both, Text, "How it stands. Taken in, what is closed stays closed; all else is to be looked after.", Words<CaseState>())
        { Get = c => FactsJson.Name(c.Case.State), Set = (c, v) => One<CaseState>(v, "state", s => c.IsClosed = s == CaseState.Closed) };
        yield return new("received", ColumnUse.Out, Text, "Month in which it came in; the day where days were asked for.", "") { Get = c => c.Date(c.Case.ReceivedAt, null) };
        yield return new("age_years", ColumnUse.Both, Number, "Age in years when it happened.", "0 to 120")
        { Get = c => CsvCell.Number(c.Case.AgeYears), Set = (c, v) => Num(v, "age_years", 0, 120, n => c.Details = c.Details with { AgeYears = n }) };
        yield return new("age_group", ColumnUse.Both, Text, "Age group where the age is not known.", "child, teenager, adult, older")
        { Get = c => c.Case.AgeGroup, Set = (c, v) => v is "child" or "teenager" or "adult" or "older" ? Done(() => c.Details = c.Details with { AgeGroup = v }) : Refusal.Unknown("age_group", "child, teenager, adult, older") };
        yield return new("sex", ColumnUse.Both, Text, "Sex.", Words<Sex>())
        { Get = c => c.Case.Sex is { } sex ? FactsJson.Name(sex) : null, Set = (c, v) => One<Sex>(v is "F" or "f" ? "female" : v is "M" or "m" ? "male" : v, "sex", s => c.Details = c.Details with { Sex = s }) };
        yield return new("country", ColumnUse.Both, Text, "Country, by its code of two letters (ISO 3166).", "")
        { Get = c => c.Case.Country, Set = (c, v) => v.Length == 2 && v.All(char.IsAsciiLetterUpper) ? Done(() => c.Details = c.Details with { Country = v }) : Refusal.Unknown("country", "a country code of two capital letters") };
        yield return new("words", ColumnUse.Words, Text, "What happened, in the reporter's words.", "") { Get = c => c.Words, Set = (c, v) => Short(v, "words", Reports.MostWords, () => c.Words = v) };
        yield return new("reason", ColumnUse.Words, Text, "Why the person came for the massage, in words.", "") { Get = c => c.Reason, Set = (c, v) => Short(v, "reason", Reports.MostReason, () => c.Details = c.Details with { Reason = v }) };
        yield return new("cross_reference", ColumnUse.Words, Text, "Number or address under which it stands elsewhere, such as a DOI.", "") { Get = c => c.Case.CrossReference, Set = (c, v) => Short(v, "cross_reference", Reports.MostContact, () => c.CrossReference = v) };
    }

    private static IEnumerable<CaseColumn> Codes()
    {
        yield return new("codes_are", ColumnUse.Both, Text, "Whether a person accepted the ids that follow, at least one of them, or the program suggests them and nobody has decided. Taken in without this, they count as accepted.", Words<CodesAre>())
        { Get = c => FactsJson.Name(c.CodesAre), Set = (c, v) => One<CodesAre>(v, "codes_are", a => c.CodesAre = a) };
        yield return Ids("harms", CodeKind.Harm, "Harms, by id. Those accepted; where nobody has decided, those suggested.", c => c.Harms);
        yield return Ids("symptoms", CodeKind.Symptom, "Symptoms and signs, likewise.", c => c.Symptoms);
        yield return Ids("regions", CodeKind.Region, "Parts of the body, likewise.", c => c.Regions);
        yield return Ids("techniques", CodeKind.Technique, "Techniques, likewise.", c => c.Techniques);
        yield return Ids("devices", CodeKind.Device, "Devices, likewise.", c => c.Devices);
    }

    private static IEnumerable<CaseColumn> Massage()
    {
        yield return new("massage_date", ColumnUse.Both, Text, "Day of the massage, as year, year-month or year-month-day; cut to the month unless days were asked for.", "")
        { Get = c => c.Date(c.Case.MassageAt, c.Case.MassagePrecision), Set = (c, v) => Day(c, v, "massage_date", d => c.Details = c.Details with { Massage = d }) };
        yield return new("event_date", ColumnUse.Both, Text, "Day of the first sign, likewise. It may lie before the massage: both are kept.", "")
        { Get = c => c.Date(c.Case.EventAt, c.Case.EventPrecision), Set = (c, v) => Day(c, v, "event_date", d => c.Details = c.Details with { Event = d }) };
        yield return new("provider", ColumnUse.Both, Text, "Who gave the massage: id of the vocabulary; taken in, any words for it.", "") { Get = c => c.Case.Provider, Set = (c, v) => Short(v, "provider", 200, () => c.Details = c.Details with { Provider = v }) };
        yield return new("pressure", ColumnUse.Both, Text, "Pressure.", Words<PressureLevel>())
        { Get = c => c.Case.Pressure, Set = (c, v) => One<PressureLevel>(v, "pressure", p => c.Details = c.Details with { Pressure = p }) };
        yield return new("minutes", ColumnUse.Both, Number, "Minutes of the massage.", "above 0, up to 600") { Get = c => CsvCell.Number(c.Case.Minutes), Set = (c, v) => Num(v, "minutes", 0.001, 600, n => c.Details = c.Details with { Minutes = n }) };
        yield return new("massages_before", ColumnUse.Both, Number, "Massages of the same kind before this one.", "0 to 10,000")
        { Get = c => c.Case.MassagesBefore?.ToString(CultureInfo.InvariantCulture), Set = (c, v) => Num(v, "massages_before", 0, 10_000, n => c.Details = c.Details with { MassagesBefore = (int)n }) };
    }

    private static IEnumerable<CaseColumn> Event()
    {
        yield return new("event_code", ColumnUse.Both, Text, "What happened: id of a harm, or of a symptom.", "")
        { Get = c => c.Event?.Code, Set = (c, v) => c.Fits(CodeKind.Harm, v) || c.Fits(CodeKind.Symptom, v) ? Done(() => c.EventCode = v) : Refusal.Unknown("event_code", "the id of a harm or of a symptom of the vocabulary") };
        yield return new("icd_10", ColumnUse.Out, List, "Codes of ICD-10 (WHO) that a harm or a symptom is reported under, the nearest first.", "") { Get = c => string.Join('|', c.Icd10) };
        yield return new("meddra", ColumnUse.Out, Text, "Term of MedDRA with its code, where the installation has a map; ThinIce ships none.", "") { Get = c => c.Term };
        yield return Fact<Intensity>("intensity", "How strong it was at its worst.", f => f.Intensity, (f, a) => f with { Intensity = a });
        yield return Hours("duration_hours", "How long it lasted, in hours; of what goes on, how long so far.", f => f.DurationHours, (f, a) => f with { DurationHours = a });
        yield return Fact<ImpactOnLife>("impact", "What it kept the person from.", f => f.Impact, (f, a) => f with { Impact = a });
        yield return Hours("onset_hours_least", "Hours from the end of the massage to the first sign, at least; 0 during it.", f => Onset(f, o => o.LeastHours), (f, a) => f with { Onset = Between(a, a) });
        yield return Hours("onset_hours_most", "And at most. The same where it is known exactly.", f => Onset(f, o => o.MostHours), (f, a) => f with { Onset = Between(Onset(f, o => o.LeastHours), a) });
        yield return Fact<BeforeMassage>("before", "Whether it was there before the massage.", f => f.Before, (f, a) => f with { Before = a });
        yield return Fact<Course>("course", "Better, same or worse since.", f => f.Course, (f, a) => f with { Course = a });
        yield return Fact<CareReceived>("care", "The most that was done about it.", f => f.Care, (f, a) => f with { Care = a });
        yield return Fact<EventOutcome>("outcome", "How it ended, or stands (E2B R3, field E.i.7).", f => f.Outcome, (f, a) => f with { Outcome = a });
        foreach (var criterion in Enum.GetValues<SeriousnessCriterion>())
        {
            var name = $"serious_{FactsJson.Name(criterion).Replace('-', '_')}";
            yield return new(name, ColumnUse.Both, YesNo, "Criterion of seriousness (ICH E2A).", "yes, no, unknown, declined")
            {
                Get = c => c.Facts.Criteria.TryGetValue(criterion, out var met) ? Said(met, m => m ? "yes" : "no") : null,
                Set = (c, v) => Answered<bool>(v, w => w is "yes" or "no" ? w == "yes" : null, name, "yes, no, unknown, declined", a => c.Facts = c.Facts with { Criteria = c.Facts.Criteria.SetItem(criterion, a) }),
            };
        }
    }

    private static IEnumerable<CaseColumn> Worked()
    {
        yield return new("serious", ColumnUse.Out, YesNo, "Whether the event is serious: one criterion met is enough. Empty where that is not known.", "yes, no") { Get = c => c.Event is null ? null : Said(Seriousness.OfCase([c.Facts]), m => m ? "yes" : "no") };
        foreach (var (scale, means) in new[]
                 {
                     (Severity.CarnesScale, "Severity by Carnes and others (2010)"), (Severity.PaanalahtiScale, "by Paanalahti and others (2014)"), (Severity.CtcaeScale, "by CTCAE, version 5"),
                     (Severity.SafetyNetScale, "by SafetyNET"), (Severity.FourWordsScale, "in the four words of the e-Delphi of 2025"),
                 })
            yield return new($"severity_{scale.Replace('-', '_')}", ColumnUse.Out, Text, $"{means}. Empty where facts are missing; at-least- before a grade that missing facts could raise; not-classified where the scale has no grade for them.", "")
            {
                Get = c => c.Grades.FirstOrDefault(g => g.Scale == scale) is { } grade ? grade.State switch { GradeState.Defined => grade.Category, GradeState.AtLeast => $"at-least-{grade.Category}", GradeState.NotClassified => "not-classified", _ => null } : null,
            };
        yield return new("cause", ColumnUse.Out, Text, "Whether the massage caused it, by WHO-UMC: what raters agreed on. Empty where nobody judged, or they differ.", Words<WhoUmcCategory>()) { Get = c => c.Cause };
        yield return new("review_class", ColumnUse.Out, Text, "Whether the case is dealt with as a serious one.", Words<ReviewClass>()) { Get = c => FactsJson.Name(c.Case.Class) };
        yield return new("completeness", ColumnUse.Out, Number, "How much it tells, by vigiGrade's weights.", "0.07 to 1") { Get = c => CsvCell.Number(c.Case.Completeness) };
        yield return new("expected", ColumnUse.Out, Text, "How far the knowledge named the least expected of its harms.", Words<Expected>()) { Get = c => c.Case.Expected is { } expected ? FactsJson.Name(expected) : null };
        yield return new("urgency", ColumnUse.Out, Text, "Urgency of the advice that its words got.", "") { Get = c => c.Case.Urgency.Length > 0 ? c.Case.Urgency : null };
        yield return new("knowledge", ColumnUse.Out, Text, "Version of the knowledge that coded it last.", "") { Get = c => c.Case.Knowledge };
    }

    private static CaseColumn Ids(string name, CodeKind kind, string means, Func<CaseRecord, string> of) => new(name, ColumnUse.Both, List, means, "")
    {
        Get = c => string.Join('|', CaseCoding.Ids(of(c.Case))),
        Set = (c, v) =>
        {
            foreach (var id in v.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                if (c.Fits(kind, id)) c.Codes.Add((kind, id));
                else return Refusal.Unknown(name, "ids of the vocabulary, with | between them");
            return null;
        },
    };

    private static CaseColumn Fact<T>(string name, string means, Func<EventFacts, Answer<T>> of, Func<EventFacts, Answer<T>, EventFacts> with)
        where T : struct, Enum => new(name, ColumnUse.Both, Text, means, $"{Words<T>()}, unknown, declined")
        {
            Get = c => Said(of(c.Facts), v => FactsJson.Name(v)),
            Set = (c, v) => Answered(v, w => FactsJson.Parse<T>(Bare(w)), name, $"{Words<T>()}, unknown, declined", a => c.Facts = with(c.Facts, a)),
        };

    private static CaseColumn Hours(string name, string means, Func<EventFacts, Answer<double>> of, Func<EventFacts, Answer<double>, EventFacts> with) => new(name, ColumnUse.Both, NumberOrWord, means, "0 or more, unknown, declined")
    {
        Get = c => Said(of(c.Facts), v => CsvCell.Number(v)!),
        Set = (c, v) => Answered<double>(v, w => double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out var hours) && hours is >= 0 and <= 1_000_000 ? hours : null, name, "0 or more, unknown, declined", a => c.Facts = with(c.Facts, a)),
    };

    private static Answer<double> Onset(EventFacts facts, Func<TimeToOnset, double> end) => facts.Onset.IsKnown ? Answer<double>.Known(end(facts.Onset.Value)) : facts.Onset.State switch { AnswerState.Declined => Answer<double>.Declined, AnswerState.NotAsked => default, _ => Answer<double>.Unknown };

    private static Answer<TimeToOnset> Between(Answer<double> least, Answer<double> most) =>
        most.IsKnown ? Answer<TimeToOnset>.Known(TimeToOnset.Between(Math.Min(least.IsKnown ? least.Value : 0, most.Value), most.Value)) : most.State switch { AnswerState.Declined => Answer<TimeToOnset>.Declined, AnswerState.NotAsked => default, _ => Answer<TimeToOnset>.Unknown };

    private static string? Said<T>(Answer<T> answer, Func<T, string> word) => answer.IsKnown ? word(answer.Value) : answer.State switch { AnswerState.NotAsked => null, AnswerState.Declined => "declined", _ => "unknown" };

    private static Problem? Answered<T>(string said, Func<string, T?> value, string field, string takes, Action<Answer<T>> set)
        where T : struct
    {
        if (said == "unknown") set(Answer<T>.Unknown);
        else if (said == "declined") set(Answer<T>.Declined);
        else if (value(said) is { } known) set(Answer<T>.Known(known));
        else return Refusal.Unknown(field, takes);
        return null;
    }

    /// <summary>"Not recovered", as our words are written: not-recovered.</summary>
    private static string Bare(string said) => said.ToLowerInvariant().Replace(' ', '-').Replace('_', '-');

    private static Problem? One<T>(string said, string field, Action<T> set)
        where T : struct, Enum
    {
        if (FactsJson.Parse<T>(Bare(said)) is not { } value) return Refusal.Unknown(field, Words<T>());
        set(value);
        return null;
    }

    private static Problem? Num(string said, string field, double least, double most, Action<double> set)
    {
        if (!double.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return new(Problems.WrongType, "A number is wanted, such as 45 or 2.5.", field);
        if (!(number >= least && number <= most)) return Refusal.OutOfRange(field, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
        set(number);
        return null;
    }

    private static Problem? Short(string said, string field, int most, Action set) => said.Length > most ? new(Problems.TooLong, Problems.Kind(Problems.TooLong).WayOut, field) : Done(set);

    /// <summary>A year, a month or a day. What contradicts the calendar is refused; what contradicts another date is not.</summary>
    private static Problem? Day(CaseIn of, string said, string field, Action<ToldDate> set)
    {
        var parts = said.Split('T', ' ')[0].Split('-', '/', '.');
        var isOurs = !said.AsSpan().ContainsAny('/', '.') && parts[0].Length == 4;
        if (!isOurs) parts = (of.Dates, parts) switch { (Imports.DateOrder.DayMonthYear, [var d, var m, var y]) => [y, m, d], (Imports.DateOrder.MonthDayYear, [var m, var d, var y]) => [y, m, d], (Imports.DateOrder.YearMonthDay, _) => parts, _ => [] };
        var numbers = parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        var told = numbers switch
        {
            [>= 1900 and <= 2200] => new ToldDate(new(numbers[0], 1, 1), DatePrecision.Year),
            [>= 1900 and <= 2200, >= 1 and <= 12] => new(new(numbers[0], numbers[1], 1), DatePrecision.Month),
            [>= 1900 and <= 2200, >= 1 and <= 12, >= 1] when numbers[2] <= DateTime.DaysInMonth(numbers[0], numbers[1]) => new(new(numbers[0], numbers[1], numbers[2]), DatePrecision.Day),
            _ => default,
        };
        return told == default ? new(Problems.NotADate, "Write 2026, 2026-03 or 2026-03-05; or say the order of your dates in the map.", field) : Done(() => set(told));
    }

    private static Problem? Done(Action set)
    {
        set();
        return null;
    }

    private static string Words<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(FactsJson.Name));
}
