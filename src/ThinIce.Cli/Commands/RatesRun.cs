using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Plots;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Cli.Commands;

/// <summary>The work of <c>thinice rates</c>.</summary>
internal static class RatesRun
{
    public static int Run(RatesAsked asked)
    {
        var problems = Check(asked);
        if (problems.Count > 0) return Figures.Refuse(problems);
        var estimate = asked.Time is { } time ? asked.Events / time : (double)asked.Events / asked.N!.Value;
        var intervals = Intervals(asked, Sides.Both);
        var upper = Intervals(asked, Sides.Upper)[0];
        if (asked.Json) Figures.WriteJson(json => Write(json, asked, estimate, intervals, upper.High));
        else Print(asked, estimate, intervals, upper.High);
        if (asked.Plot is not { } file) return 0;
        var title = asked.Time is { } t ? $"{asked.Events} events in {Figures.Round(t)}" : $"{Figures.Whole(asked.Events)} of {Figures.Whole(asked.N!.Value)}{(asked.Of is { } of ? $" {of}" : "")}";
        return Figures.Write(file, Pictures.Intervals($"{title}, {Figures.Words(asked.Level)} intervals", estimate, intervals, asked.Time is null).Save);
    }

    private static List<Problem> Check(RatesAsked asked)
    {
        List<Problem> problems = [];
        if (asked.Events < 0) problems.Add(new(Problems.OutOfRange, "Events are a whole number from 0.", "--events"));
        if (asked.N < 1) problems.Add(new(Problems.OutOfRange, "People or visits are a whole number from 1.", "--n"));
        if (asked.Time is { } t && !(t > 0 && double.IsFinite(t))) problems.Add(new(Problems.OutOfRange, "Time of observation is above 0.", "--time"));
        if (asked.N >= 1 && asked.Events > asked.N) problems.Add(new(Problems.MoreEventsThanPeople, Problems.Kind(Problems.MoreEventsThanPeople).Meaning, "--events"));
        if (asked.Invited is { } invited && (asked.N is not { } n || invited < n)) problems.Add(new(Problems.OutOfRange, "No more can answer (--n) than were asked (--invited).", "--invited"));
        if (!(asked.Level > 0 && asked.Level < 1)) problems.Add(Figures.Level(asked.Level));
        return problems;
    }

    private static List<Interval> Intervals(RatesAsked asked, Sides sides)
    {
        if (asked.Time is { } time) return [.. RateIntervals.Shown.Select(m => RateIntervals.Of(new(asked.Events, time), m, asked.Level, sides))];
        Proportion<UnstatedUnit> proportion = new(asked.Events, asked.N!.Value);
        return [.. ProportionIntervals.Shown.Select(m => ProportionIntervals.Of(proportion, m, asked.Level, sides))];
    }

    private static void Write(Utf8JsonWriter json, RatesAsked asked, double estimate, List<Interval> intervals, double upper)
    {
        json.WriteNumber("events", asked.Events);
        if (asked.N is { } n) json.WriteNumber("n", n);
        if (asked.Time is { } time) json.WriteNumber("time", time);
        json.WriteNumber("estimate", estimate);
        json.WriteNumber("level", asked.Level);
        json.WriteStartArray("intervals");
        foreach (var interval in intervals)
        {
            json.WriteStartObject();
            json.WriteString("method", interval.Method);
            json.Number("low", interval.Low);
            json.Number("high", interval.High);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("oneSidedUpper", upper);
        json.WriteString("of", asked.Of);
        json.WriteString("window", asked.Window);
        json.WriteString("asked", asked.Asked);
        if (Bounds(asked) is not { } bounds) return;
        json.WriteStartObject("nonResponse");
        json.WriteNumber("invited", bounds.Invited);
        json.WriteNumber("response", bounds.Response);
        json.WriteNumber("low", bounds.Low);
        json.WriteNumber("high", bounds.High);
        json.WriteNumber("intervalLow", bounds.Interval.Low);
        json.WriteNumber("intervalHigh", bounds.Interval.High);
        json.WriteString("assumption", NonResponse.NoAssumption);
        json.WriteEndObject();
    }

    private static NonResponseBounds? Bounds(RatesAsked asked) => asked.Invited is { } invited ? NonResponse.Bounds(new Proportion<UnstatedUnit>(asked.Events, asked.N!.Value), invited, asked.Level) : null;

    private static void Print(RatesAsked asked, double estimate, List<Interval> intervals, double upper)
    {
        var rate = asked.Time is not null;
        string Show(double value) => rate ? Figures.Round(value) : Figures.Percent(value);
        var unit = rate ? $"in {Figures.Round(asked.Time!.Value)} units of time" : $"of {Figures.Whole(asked.N!.Value)} {asked.Of ?? UnstatedUnit.Plural}";
        Console.WriteLine($"{Figures.Whole(asked.Events)} {(rate ? "events " : "")}{unit}: {Show(estimate)}{(asked.Events == 0 ? ", which is not a rate: read the upper bound" : "")}");
        Console.WriteLine($"  Window         {asked.Window ?? "not said: a rate without it cannot be compared"}");
        Console.WriteLine($"  How asked      {asked.Asked ?? "not said: a checklist finds several times what an open question does"}");
        Console.WriteLine();
        Console.WriteLine($"  {Figures.Words(asked.Level)} interval         low        high");
        foreach (var interval in intervals) Console.WriteLine($"  {interval.Method,-20} {Show(interval.Low),9}  {Show(interval.High),9}");
        Console.WriteLine($"  one-sided upper bound ({intervals[0].Method}): {Show(upper)}{(rate ? "" : $", {Pictures.OneIn(upper)}")}");
        if (Bounds(asked) is { } bounds)
        {
            Console.WriteLine();
            Console.WriteLine($"  {Figures.Percent(bounds.Response)} of {Figures.Whole(bounds.Invited)} answered. {NonResponse.NoAssumption}");
            Console.WriteLine($"  the figure of all lies between {Show(bounds.Low)} and {Show(bounds.High)} (with chance: {Show(bounds.Interval.Low)} to {Show(bounds.Interval.High)}).");
        }

        Console.WriteLine();
        Console.WriteLine(rate ? "  One person's events are taken as independent of each other." : "  Clients of one therapist, and visits of one client, are alike: where there were several, the true");
        if (!rate) Console.WriteLine("  interval is wider. This says what came after, not because of.");
    }
}
