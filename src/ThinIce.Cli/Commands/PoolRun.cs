using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Plots;
using ThinIce.Numbers.Statistics.Pooling;

namespace ThinIce.Cli.Commands;

/// <summary>
/// The work of <c>thinice pool</c>. Rows that cannot be read are left out of the figure, named on standard error and in the answer,
/// and the exit status is 65: nobody gets a figure of fewer studies without being told.
/// </summary>
internal static class PoolRun
{
    /// <summary>What one run works out.</summary>
    private sealed record Work(PoolAsked Asked, PooledFigure Figure, IReadOnlyList<WithoutOne> LeftOut, Subgroups? Groups, SmallStudyTest? Egger, string? NoEgger, IReadOnlyList<Problem> Problems);

    public static int Run(PoolAsked asked)
    {
        var (scale, method) = (Parse(asked.Scale), PoolMethods.Parse(asked.Method));
        List<Problem> refused = [];
        if (!(asked.Level > 0 && asked.Level < 1)) refused.Add(Figures.Level(asked.Level));
        if (method == PoolMethod.Glmm && scale is not (PoolScale.Logit or PoolScale.LogRate)) refused.Add(new(Problems.DoesNotApply, "glmm works on --scale logit (binomial-normal) or log-rate (Poisson-normal).", "--scale"));
        if (asked.KnappHartung && method is PoolMethod.Glmm) refused.Add(new(Problems.DoesNotApply, "Hartung and Knapp's interval is not defined for glmm.", "--knapp-hartung"));
        if (refused.Count > 0) return Figures.Refuse(refused);
        if (Read(asked, scale == PoolScale.LogRate) is not { } table) return Problems.Kind(Problems.UnreadableFile).ExitCode;
        if (table.Studies.IsEmpty) return Figures.Refuse(table.Problems.IsEmpty ? [new(Problems.TooFew, "There is no study in the table: at least one row below the heading.", asked.File)] : table.Problems);
        if (!table.Problems.IsEmpty) Figures.Refuse(table.Problems);
        var work = Calculate(asked, table, scale, method);
        if (asked.Json) Figures.WriteJson(json => PoolJson(json, work));
        else Print(work);
        var exit = table.Problems.IsEmpty ? 0 : Problems.Kind(table.Problems[0].Code).ExitCode;
        return Math.Max(exit, Draw(asked, work.Figure));
    }

    private static Work Calculate(PoolAsked asked, StudyTable table, PoolScale scale, PoolMethod method)
    {
        var figure = Pool.Studies(table.Studies, scale, method, asked.KnappHartung, asked.Level);
        var without = asked.LeaveOneOut && table.Studies.Length > 1 ? Sensitivity.LeaveOneOut(table.Studies, scale, method, asked.KnappHartung, asked.Level) : [];
        var groups = asked.Subgroup is null ? null : Sensitivity.ByGroup(table.Studies, scale, method, asked.KnappHartung, asked.Level);
        var (egger, reason) = !asked.Egger ? (null, null) : Egger(figure, method);
        return new(asked, figure, without, groups, egger, reason, table.Problems);
    }

    private static (SmallStudyTest? Test, string? Reason) Egger(PooledFigure figure, PoolMethod method)
    {
        var effects = figure.Studies.Select(s => s.Effect).ToList();
        if (effects.Count < 3) return (null, "Egger's test needs at least three studies");
        var variances = effects.Select(e => e.V).ToList();
        if (variances.Max() - variances.Min() <= 1e-12 * variances.Max()) return (null, "all studies are of one size, so that small and large ones cannot be compared");
        return (Sensitivity.Egger(effects, method == PoolMethod.Glmm ? PoolMethod.RestrictedMaximumLikelihood : method), null);
    }

    private static PoolScale Parse(string name) => Enum.GetValues<PoolScale>().First(s => Scales.Name(s) == name);

    private static StudyTable? Read(PoolAsked asked, bool isRate)
    {
        try
        {
            using var stream = asked.File == "-" ? Console.OpenStandardInput() : File.OpenRead(asked.File);
            if (stream.CanSeek && stream.Length > CsvTable.MaxBytes) return new([], [new(Problems.TooLarge, "A table of studies has at most 64 MB.", asked.File)]);
            return StudyTable.Read(stream, asked.Events, asked.N, asked.Study, asked.Subgroup, isRate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Figures.Refuse(new Problem(Problems.UnreadableFile, "", asked.File));
            return null;
        }
    }

    private static int Draw(PoolAsked asked, PooledFigure figure)
    {
        var exit = 0;
        if (asked.Plot is { } file) exit = Figures.Write(file, Pictures.Forest(figure, $"{asked.Events} of {asked.N}, {figure.Studies.Count} studies").Save);
        if (asked.Funnel is not { } funnel) return exit;
        if (figure.OnScale is null) return Figures.Refuse(new Problem(Problems.TooFew, "A funnel needs at least two studies with an event among them.", "--funnel"));
        return Math.Max(exit, Figures.Write(funnel, Pictures.Funnel(figure, $"Funnel of {figure.Studies.Count} studies").Save));
    }

    private static void PoolJson(Utf8JsonWriter json, Work work)
    {
        var (figure, on) = (work.Figure, work.Figure.OnScale);
        json.WriteNumber("k", figure.Studies.Count);
        json.WriteString("scale", work.Asked.Scale);
        json.WriteString("method", work.Asked.Method);
        json.WriteString("basis", Basis(figure.Basis));
        json.WriteString("label", figure.Label);
        Ends(json, figure);
        json.WriteNumber("level", work.Asked.Level);
        json.WriteBoolean("knappHartung", work.Asked.KnappHartung);
        json.Number("tau2", on?.Tau.Tau2 ?? double.NaN);
        json.Number("tau2Low", figure.Tau2Low);
        json.Number("tau2High", figure.Tau2High);
        json.Number("i2", on?.I2 ?? double.NaN);
        json.Number("h2", on?.H2 ?? double.NaN);
        json.Number("q", on?.Q ?? double.NaN);
        json.Number("qP", on?.QP ?? double.NaN);
        json.Number("predictionLow", figure.PredictionLow);
        json.Number("predictionHigh", figure.PredictionHigh);
        json.Number("onScaleEstimate", on?.Estimate ?? double.NaN);
        json.Number("onScaleSe", on?.StandardError ?? double.NaN);
        if (on is { Method: PoolMethod.Glmm }) json.Number("logLikelihood", on.LogLikelihood);
        if (on is not null) json.WriteBoolean("converged", on.Tau.Converged);
        Studies(json, figure);
        Extras(json, work);
    }

    private static void Ends(Utf8JsonWriter json, PooledFigure figure)
    {
        json.Number("estimate", figure.Estimate);
        json.Number("low", figure.Low);
        json.Number("high", figure.High);
    }

    private static void Studies(Utf8JsonWriter json, PooledFigure figure)
    {
        json.WriteStartArray("studies");
        foreach (var study in figure.Studies)
        {
            json.WriteStartObject();
            json.WriteString("study", study.Study.Name);
            json.WriteNumber("events", study.Study.Events);
            json.WriteNumber("n", study.Study.N);
            json.WriteNumber("estimate", study.Estimate);
            json.Number("low", study.Interval.Low);
            json.Number("high", study.Interval.High);
            json.WriteString("interval", study.Interval.Method);
            json.Number("weight", study.Weight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Extras(Utf8JsonWriter json, Work work)
    {
        List(json, "leaveOneOut", "without", work.LeftOut.Select(w => (w.LeftOut, w.Figure)));
        if (work.Groups is { } groups)
        {
            List(json, "subgroups", "group", groups.Groups.Select(g => (g.Group, g.Figure)));
            json.Number("qBetween", groups.Q);
            json.Number("qBetweenP", groups.QP);
        }

        if (work.Egger is { } egger)
        {
            json.WriteStartObject("egger");
            json.Number("z", egger.Statistic);
            json.Number("p", egger.P);
            json.WriteEndObject();
        }
        else if (work.NoEgger is { } reason) json.WriteString("eggerNotDefined", reason);

        if (work.Problems.Count == 0) return;
        json.WriteStartArray("leftOut");
        foreach (var problem in work.Problems)
        {
            json.WriteStartObject();
            json.WriteString("code", problem.Code);
            json.WriteString("message", problem.Message);
            json.WriteString("path", problem.Path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void List(Utf8JsonWriter json, string name, string key, IEnumerable<(string Name, PooledFigure Figure)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var (words, figure) in all)
        {
            json.WriteStartObject();
            json.WriteString(key, words);
            json.WriteNumber("k", figure.Studies.Count);
            json.WriteString("basis", Basis(figure.Basis));
            Ends(json, figure);
            json.Number("tau2", figure.OnScale?.Tau.Tau2 ?? double.NaN);
            json.Number("i2", figure.OnScale?.I2 ?? double.NaN);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Basis(PoolBasis basis) => basis switch { PoolBasis.Pooled => "pooled", PoolBasis.OneStudy => "one-study", PoolBasis.NoEvents => "no-events", _ => "only-events" };

    private static void Print(Work work)
    {
        var (figure, rate) = (work.Figure, work.Figure.Scale == PoolScale.LogRate);
        string Show(double value) => double.IsNaN(value) ? "not defined" : rate ? Figures.Round(value) : Figures.Percent(value);
        string Between(double low, double high) => $"{Show(low)} to {Show(high)}";
        Console.WriteLine($"{Show(figure.Estimate)} ({Between(figure.Low, figure.High)}): {work.Asked.Events} of {work.Asked.N}, {figure.Studies.Count} {(figure.Studies.Count == 1 ? "study" : "studies")}");
        Console.WriteLine($"  How made       {figure.Label}");
        if (figure.OnScale is { } on)
        {
            if (!on.Tau.Converged) Console.WriteLine("  NOT CONVERGED  The search did not settle; do not use this figure.");
            if (on.Method != PoolMethod.Fixed) Console.WriteLine($"  New setting    its true figure is expected between {Between(figure.PredictionLow, figure.PredictionHigh)}");
            Console.WriteLine($"  Heterogeneity  tau2 {Figures.Round(on.Tau.Tau2)}, I2 {Figures.Round(on.I2)} %, Q {Figures.Round(on.Q)} on {on.K - 1} (P = {Figures.Round(on.QP)})");
        }

        Console.WriteLine();
        foreach (var s in figure.Studies)
            Console.WriteLine($"  {Cut(s.Study.Name),-28} {Figures.Whole(s.Study.Events),7}/{Figures.Round(s.Study.N),-9} {Show(s.Estimate),10}  ({Between(s.Interval.Low, s.Interval.High)}){(double.IsNaN(s.Weight) ? "" : $"  weight {Figures.Round(s.Weight)} %")}");
        foreach (var w in work.LeftOut) Console.WriteLine($"  without {Cut(w.LeftOut),-28} {Show(w.Figure.Estimate)} ({Between(w.Figure.Low, w.Figure.High)})");
        foreach (var g in work.Groups?.Groups ?? []) Console.WriteLine($"  group {(g.Group.Length > 0 ? g.Group : "(none said)"),-28} {Show(g.Figure.Estimate)} ({Between(g.Figure.Low, g.Figure.High)}), {g.Figure.Label}");
        if (work.Groups is { } groups && !double.IsNaN(groups.Q)) Console.WriteLine($"  between groups: Q {Figures.Round(groups.Q)}, P = {Figures.Round(groups.QP)}");
        if (work.Egger is { } egger) Console.WriteLine($"  small studies (Egger): z {Figures.Round(egger.Statistic)}, P = {Figures.Round(egger.P)}{(figure.Studies.Count < 10 ? "; with fewer than ten studies this sees little" : "")}");
        else if (work.NoEgger is { } reason) Console.WriteLine($"  small studies: {reason}.");
        Console.WriteLine();
        if (work.Problems.Count > 0) Console.WriteLine($"  WITHOUT {work.Problems.Select(p => p.Path.Split(',')[0]).Distinct().Count()} rows that could not be read; see the messages. This is not the figure of the whole table.");
        Console.WriteLine("  Another scale or method gives another figure: say which with it. Studies that asked in other ways, or");
        Console.WriteLine("  about other lengths of time, are pooled here as if they had not.");
    }

    private static string Cut(string name) => name.Length <= 28 ? name : $"{name[..27]}…";
}
