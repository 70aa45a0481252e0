using System.Diagnostics;
using System.Globalization;
using ThinIce.Numbers.Statistics.Pooling;

namespace ThinIce.Bench;

/// <summary>
/// Pooling 20 made-up studies by REML and by the binomial-normal model, beside metafor in the same run; the two have to agree. The
/// figure is the one of the two methods in which ours gains less. Both are measured in processor time, because they run one after the
/// other and something else may be busy during either. Without R it says so and gives no peer.
/// </summary>
internal static class PoolBench
{
    private const string Script = """
        suppressMessages(library(metafor))
        xi <- c(XI); ni <- c(NI)
        reml <- function() rma(measure = "PLO", xi = xi, ni = ni, method = "REML", control = list(threshold = 1e-13))
        glmm <- function() rma.glmm(measure = "PLO", xi = xi, ni = ni)
        a <- reml(); b <- glmm()
        timed <- function(f, times) times / sum(system.time(for (i in 1:times) f())[1:2])
        cat(sprintf("%.12g", c(timed(reml, 100), a$b, a$tau2, timed(glmm, 5), b$b, b$tau2)), sep = "\n")
        """;

    public static Result Run()
    {
        var random = new Random(20);
        Study[] studies = [.. Enumerable.Range(0, 20).Select(i =>
        {
            var (n, p) = (random.Next(40, 600), 0.02 + 0.2 * random.NextDouble());
            return new Study($"{i}", Enumerable.Range(0, n).Count(_ => random.NextDouble() < p), n);
        })];
        var theirs = Metafor(studies);
        var (reml, glmm) = (Fit(studies, PoolMethod.RestrictedMaximumLikelihood), Fit(studies, PoolMethod.Glmm));
        if (theirs is null)
        {
            Console.WriteLine($"R with metafor is not on this machine (Debian: r-cran-metafor), so nothing is compared. REML {reml.PerSecond:0} fits/s, GLMM {glmm.PerSecond:0} fits/s.");
            return new(glmm.PerSecond, "GLMM fits per second of processor time", "not measured: R with metafor is not on this machine", double.NaN);
        }

        Agree("REML", reml.Figure, theirs[1], theirs[2], 1e-6);
        Agree("GLMM", glmm.Figure, theirs[4], theirs[5], 1e-2);
        Console.WriteLine(FormattableString.Invariant($"REML: {reml.PerSecond:0} fits/s, metafor {theirs[0]:0.0}: {reml.PerSecond / theirs[0]:0} times. GLMM: {glmm.PerSecond:0} fits/s, metafor {theirs[3]:0.00}: {glmm.PerSecond / theirs[3]:0} times."));
        return reml.PerSecond / theirs[0] < glmm.PerSecond / theirs[3]
            ? new(reml.PerSecond, "REML fits per second of processor time", "metafor's rma, the same 20 studies, equal answers", theirs[0])
            : new(glmm.PerSecond, "GLMM fits per second of processor time", "metafor's rma.glmm, the same 20 studies, equal answers", theirs[3]);
    }

    private static (double PerSecond, PooledEffect Figure) Fit(Study[] studies, PoolMethod method) =>
        (Result.Median(5, () => PerProcessorSecond(() => Pool.Studies(studies, PoolScale.Logit, method))), Pool.Studies(studies, PoolScale.Logit, method).OnScale!);

    private static double PerProcessorSecond(Action fit)
    {
        using var self = Process.GetCurrentProcess();
        var (start, count, seconds) = (self.TotalProcessorTime, 0, 0.0);
        while (seconds < 0.5)
        {
            for (var i = 0; i < 20; i++, count++) fit();
            self.Refresh();
            seconds = (self.TotalProcessorTime - start).TotalSeconds;
        }

        return count / seconds;
    }

    private static void Agree(string name, PooledEffect ours, double estimate, double tau2, double tolerance)
    {
        if (Math.Abs(ours.Estimate - estimate) > tolerance * Math.Abs(estimate) || Math.Abs(ours.Tau.Tau2 - tau2) > tolerance * tau2)
            throw new InvalidOperationException(FormattableString.Invariant($"{name}: ours {ours.Estimate}, tau² {ours.Tau.Tau2}; metafor {estimate}, tau² {tau2}."));
    }

    private static double[]? Metafor(Study[] studies)
    {
        var script = Script.Replace("XI", string.Join(", ", studies.Select(s => s.Events)), StringComparison.Ordinal).Replace("NI", string.Join(", ", studies.Select(s => s.N)), StringComparison.Ordinal);
        try
        {
            using var r = Process.Start(new ProcessStartInfo("Rscript", ["-e", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = r.StandardError.ReadToEndAsync();
            var lines = r.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            r.WaitForExit();
            _ = errors.Result;
            return r.ExitCode == 0 && lines.Length == 6 ? [.. lines.Select(l => double.Parse(l, CultureInfo.InvariantCulture))] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
