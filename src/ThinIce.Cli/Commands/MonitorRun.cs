using System.Globalization;
using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Signals;
using ThinIce.Numbers.Statistics.Sequential;

namespace ThinIce.Cli.Commands;

/// <summary>What <c>thinice monitor</c> does.</summary>
internal static class MonitorRun
{
    private const string NotCause = "A signal means: more often than expected. It is a reason to read the cases, not a cause.";

    /// <summary>A plan: what a monitor compares with, how it behaves, and how it runs over rows.</summary>
    private sealed record Plan(double Limit, double FalseAlarm, string FalseAlarmIs, string TimeIs, double? Horizon, SequentialPerformance? AtRatio, double? TunedTo, Func<IReadOnlyList<MonitorStep>> Steps);

    public static int Run(MonitorOptions options)
    {
        try
        {
            if (Refusal(options) is { } refusal) return Fail(refusal, options);
            var (rows, problems) = Rows(options);
            foreach (var problem in problems) Console.Error.WriteLine($"{problem.Code}: {options.File}: {problem.Path}: {problem.Message}");
            // What comes after a bad row would be counted at the wrong time, so a monitor does not go on without it.
            if (problems.Length > 0) return Problems.Kind(problems[0].Code).ExitCode;
            var plan = Make(options, rows);
            Output(options, plan, options.File is null ? null : plan.Steps());
            return 0;
        }
        catch (FileProblemException e)
        {
            return Fail(e.Problem, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(new(Problems.UnreadableFile, Problems.Kind(Problems.UnreadableFile).WayOut, ""), options);
        }
    }

    private static Problem? Refusal(MonitorOptions o)
    {
        var cusum = o.Method.StartsWith("cusum", StringComparison.Ordinal);
        if (o.Alpha is not (> 0 and < 1)) return new(Problems.OutOfRange, "This lies between 0 and 1, both excluded.", "--alpha");
        if (!(o.Ratio > 1) || !double.IsFinite(o.Ratio)) return new(Problems.OutOfRange, "This is above 1: how many times as often to notice.", "--ratio");
        if (o.Fewest < 1) return new(Problems.OutOfRange, "This is 1 or more.", "--fewest");
        if (!(o.Controls > 0)) return new(Problems.OutOfRange, "This is above 0.", "--controls");
        if (cusum && !(o.Usual > 0)) return new(Problems.OutOfRange, "A cusum needs to know what is usual; above 0.", "--usual");
        if (o.Method == "cusum-sessions" && !(o.Usual * o.Ratio < 1)) return new(Problems.OutOfRange, "Usual probability times ratio has to stay below 1.", "--ratio");
        if (cusum && o.RunLength is null && o.Horizon is null) return new(Problems.Usage, "Give --run-length, or --horizon with --alpha.", "--run-length");
        if (o.RunLength is not null && !(o.RunLength > 1)) return new(Problems.OutOfRange, "This is above 1.", "--run-length");
        if (o.Power is not null && (o.Method != "maxsprt-poisson" || !(o.Power > o.Alpha && o.Power < 1))) return new(Problems.OutOfRange, "This lies between alpha and 1, and is for maxsprt-poisson.", "--power");
        if (!cusum && o.Horizon is null && o.Power is null) return new(Problems.Usage, "Give --horizon: a sequential test has to know when it ends.", "--horizon");
        if (o.Horizon is { } horizon && !(horizon > 0 && horizon <= (o.Method == "maxsprt-poisson" ? 2000 : o.Method == "maxsprt-binomial" ? 2000 : 1_000_000)))
            return new(Problems.OutOfRange, "This is above 0 and at most 2,000 events, or 1,000,000 sessions or periods.", "--horizon");
        return o.Delay < 0 || o.Horizon is { } end && o.Delay >= end ? new(Problems.OutOfRange, "This is 0 or more and less than the horizon.", "--delay") : null;
    }

    private static (List<double[]> Rows, System.Collections.Immutable.ImmutableArray<Problem> Problems) Rows(MonitorOptions o) => o.File is null ? ([], []) : o.Method switch
    {
        "maxsprt-poisson" => NumberColumns.Read(o.File, [o.Events, o.Expected], whole: false),
        "maxsprt-binomial" => NumberColumns.Read(o.File, [o.Events, o.Others], whole: true, 1e6),
        "cusum-sessions" => NumberColumns.Read(o.File, [o.Events], whole: true, 1),
        _ => NumberColumns.Read(o.File, [o.Events], whole: true, 1e6),
    };

    private static Plan Make(MonitorOptions o, List<double[]> rows) => o.Method switch
    {
        "maxsprt-poisson" => Poisson(o, rows),
        "maxsprt-binomial" => Binomial(o, rows),
        _ => Cusum(o, rows),
    };

    private static Plan Poisson(MonitorOptions o, List<double[]> rows)
    {
        var design = o.Power is { } power ? PoissonMaxSprt.ForPower(power, o.Ratio, o.Alpha, o.Fewest).Design : new PoissonMaxSprt(o.Horizon!.Value, o.Fewest, o.Delay);
        var limit = design.CriticalValue(o.Alpha);
        return new(limit, design.FalseAlarm(limit), "probability over the whole horizon", "expected events", design.Horizon, design.Performance(limit, o.Ratio), null,
            () => SequentialMonitor.Run(design, limit, rows.Select(r => (r[0], r[1]))));
    }

    private static Plan Binomial(MonitorOptions o, List<double[]> rows)
    {
        var design = new BinomialMaxSprt((int)o.Horizon!.Value, o.Controls, o.Fewest);
        var (limit, falseAlarm) = design.CriticalValue(o.Alpha);
        return new(limit, falseAlarm, "probability over the whole horizon", "events", design.Horizon, double.IsInfinity(limit) ? null : design.Performance(limit, o.Ratio), null,
            () => SequentialMonitor.Run(design, limit, rows.Select(r => (r[0], r[1]))));
    }

    private static Plan Cusum(MonitorOptions o, List<double[]> rows)
    {
        var sessions = o.Method == "cusum-sessions";
        var (chart, tuned) = sessions ? LatticeCusum.ForSessions(o.Usual!.Value, o.Usual.Value * o.Ratio) : (LatticeCusum.ForPeriods(o.Usual!.Value, o.Ratio), o.Usual.Value * o.Ratio);
        double[] Outcomes(double rate) => sessions ? LatticeCusum.SessionOutcomes(rate) : chart.PeriodOutcomes(rate);
        var usual = Outcomes(o.Usual.Value);
        var limit = o.RunLength is { } length ? chart.LimitForRunLength(length, usual) : chart.LimitForFalseAlarm(o.Alpha, (int)o.Horizon!.Value, usual);
        var falseAlarm = o.RunLength is null ? chart.SignalWithin((int)o.Horizon!.Value, limit, usual) : chart.MeanRunLength(limit, usual);
        var delay = chart.MeanRunLength(limit, Outcomes(tuned));
        return new(limit * chart.Unit, falseAlarm, o.RunLength is null ? "probability over the horizon" : "mean run length", sessions ? "sessions" : "periods", o.RunLength is null ? o.Horizon : null,
            new(1, delay, delay), tuned, () => SequentialMonitor.Run(chart, limit, rows.Select(r => (int)r[0])));
    }

    private static void Output(MonitorOptions o, Plan plan, IReadOnlyList<MonitorStep>? steps)
    {
        if (o.Csv is not null && steps is not null) Csv(o.Csv, steps);
        if (o.Plot is not null && steps is not null) MonitorPlot.Save(steps, plan.Limit, plan.TimeIs, o.Plot);
        if (o.Json) Json(o, plan, steps);
        else Print(o, plan, steps);
    }

    private static void Csv(string file, IReadOnlyList<MonitorStep> steps)
    {
        try
        {
            File.WriteAllLines(file, steps.Select(s => FormattableString.Invariant($"{s.Row},{s.Time:R},{s.Events:R},{s.Statistic:G10},{(s.Signals ? 1 : 0)}")).Prepend("row,time,events,statistic,signal"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileProblemException(new(Problems.UnwritableFile, Problems.Kind(Problems.UnwritableFile).WayOut, Path.GetFileName(file)));
        }
    }

    private static void Json(MonitorOptions o, Plan plan, IReadOnlyList<MonitorStep>? steps)
    {
        using var to = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(to))
        {
            json.WriteStartObject();
            json.WriteString("method", o.Method);
            Number(json, "criticalValue", plan.Limit);
            Number(json, "falseAlarm", plan.FalseAlarm);
            json.WriteString("falseAlarmIs", plan.FalseAlarmIs);
            json.WriteString("timeIs", plan.TimeIs);
            Number(json, "horizon", plan.Horizon);
            Number(json, "ratio", o.Ratio);
            Number(json, "tunedTo", plan.TunedTo);
            Number(json, "power", plan.TunedTo is null ? plan.AtRatio?.Power : null);
            Number(json, "timeToSignal", plan.AtRatio?.TimeToSignal);
            Number(json, "timeOfWatching", plan.TunedTo is null ? plan.AtRatio?.TimeOfWatching : null);
            if (steps is not null)
            {
                json.WriteNumber("rows", steps.Count);
                json.WriteBoolean("signal", steps.Count > 0 && steps[^1].Signals);
                Number(json, "signalRow", steps.Count > 0 && steps[^1].Signals ? steps[^1].Row : null);
                Number(json, "time", steps.Count > 0 ? steps[^1].Time : 0);
                Number(json, "events", steps.Count > 0 ? steps[^1].Events : 0);
                Number(json, "statistic", steps.Count > 0 ? steps[^1].Statistic : 0);
            }

            json.WriteString("note", NotCause);
            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static void Print(MonitorOptions o, Plan plan, IReadOnlyList<MonitorStep>? steps)
    {
        Line($"{o.Method}: signals at {plan.Limit:G7}. False alarm: {plan.FalseAlarm:G5} ({plan.FalseAlarmIs}{(plan.Horizon is { } h ? FormattableString.Invariant($" of {h:G8} {plan.TimeIs}") : "")}).");
        if (plan.TunedTo is { } tuned) Line($"Tuned to {tuned:G5} instead of {o.Usual:G5}; then it signals after {plan.AtRatio!.TimeToSignal:G4} {plan.TimeIs} on average.");
        else if (plan.AtRatio is { } at) Line($"If events come {o.Ratio:G4} times as often, it signals with probability {at.Power:G4}, after {at.TimeToSignal:G4} {plan.TimeIs} on average.");
        if (steps is { Count: > 0 })
            Line($"{(steps[^1].Signals ? "SIGNAL at row" : "No signal; rows:")} {steps.Count}: {steps[^1].Events:G6} events, {steps[^1].Time:G6} {plan.TimeIs}, statistic {steps[^1].Statistic:G6}.");
        Console.WriteLine(NotCause);
    }

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static int Fail(Problem problem, MonitorOptions o)
    {
        Console.Error.WriteLine($"{problem.Code}: {(problem.Path.StartsWith("--", StringComparison.Ordinal) || o.File is null ? "" : $"{o.File}: ")}{(problem.Path.Length > 0 ? $"{problem.Path}: " : "")}{problem.Message}");
        return Problems.Kind(problem.Code).ExitCode;
    }
}
