using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ThinIce.Numbers.Signals;

namespace ThinIce.Cli.Commands;

/// <summary>The summary of <c>thinice signals</c>, as JSON or in words.</summary>
internal static class SignalsSummary
{
    private const string NotRisk = "These are counts of reports. Reported together more often than expected is not a risk, and not a cause: read the cases.";

    public static string Why(SignalScores scores) => scores.Fit.Used.Ending switch
    {
        FitEnding.RanToTheEdge => "the fit did not converge: the likelihood keeps rising while a hyper-parameter runs to the edge, so there is no maximum. EBGM, EB05 and EB95 are left empty; the other columns do not need the fit."
            + (scores.Zeroes ? "" : " Try --include-zeroes."),
        FitEnding.TooFewPairs => "there are too few pairs to fit a prior. EBGM, EB05 and EB95 are left empty. --prior takes one from elsewhere.",
        _ => "the fit did not converge. EBGM, EB05 and EB95 are left empty; the other columns do not need the fit.",
    };

    public static void Json(Stream to, ReportReading reading, SignalScores scores)
    {
        var (counts, fit) = (scores.Counts, scores.Fit);
        using (var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("reports", counts.Reports);
            json.WriteNumber("pairs", counts.Pairs);
            Fitted(json, fit.Used);
            json.WriteBoolean("converged", fit.Converged);
            if (scores.Eb05AtLeast2 is { } pairs) json.WriteNumber("eb05AtLeast2", pairs);
            else json.WriteNull("eb05AtLeast2");
            json.WriteString("ending", Name(fit.Used.Ending));
            json.WriteString("fittedTo", fit.Used.Ending == FitEnding.Given ? "given" : fit.Squashed ? "squashed" : "every-cell");
            json.WriteBoolean("includeZeroes", scores.Zeroes);
            if (fit.Exact is { } exact) Object(json, "everyCell", exact);
            json.WriteStartArray("otherMaxima");
            foreach (var other in fit.Others) Object(json, null, other);
            json.WriteEndArray();
            json.WriteNumber("exposures", counts.Exposures);
            json.WriteNumber("events", counts.Events);
            json.WriteNumber("rows", reading.Rows);
            json.WriteNumber("badRows", reading.BadRows);
            json.WriteBoolean("countedOnDisk", reading.OnDisk);
            json.WriteString("note", NotRisk);
            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }

    private static void Object(Utf8JsonWriter json, string? name, FittedPrior prior)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        Fitted(json, prior);
        json.WriteString("ending", Name(prior.Ending));
        json.WriteEndObject();
    }

    private static void Fitted(Utf8JsonWriter json, FittedPrior prior)
    {
        if (prior.Ending == FitEnding.TooFewPairs)
        {
            json.WriteNull("hyperparameters");
            json.WriteNull("logLikelihood");
            return;
        }

        json.WriteStartArray("hyperparameters");
        foreach (var parameter in prior.Prior.ToArray()) json.WriteNumberValue(parameter);
        json.WriteEndArray();
        json.WriteNumber("logLikelihood", prior.LogLikelihood);
    }

    private static string Name(FitEnding ending) => ending switch
    {
        FitEnding.Converged => "converged",
        FitEnding.RanToTheEdge => "ran-to-the-edge",
        FitEnding.TooFewPairs => "too-few-pairs",
        FitEnding.Given => "given",
        _ => "no-maximum-found",
    };

    public static void Print(TextWriter text, ReportReading reading, SignalScores scores)
    {
        var (counts, fit) = (scores.Counts, scores.Fit);
        Line(text, $"{reading.Rows:N0} rows, {counts.Reports:N0} reports, {counts.Exposures:N0} exposures, {counts.Events:N0} events, {counts.Pairs:N0} pairs that were reported.");
        if (fit.Converged)
        {
            Line(text, $"Prior {string.Join(", ", fit.Used.Prior.ToArray().Select(p => p.ToString("G6", CultureInfo.InvariantCulture)))}{(fit.Squashed ? " (fitted to squashed counts)" : "")}.");
            Line(text, $"{scores.Eb05AtLeast2:N0} pairs have an EB05 of at least 2.");
            foreach (var other in fit.Others) Line(text, $"The likelihood has another maximum, {Math.Abs(other.LogLikelihood - fit.Used.LogLikelihood):F2} log units {(other.LogLikelihood > fit.Used.LogLikelihood ? "higher" : "lower")}: {string.Join(", ", other.Prior.ToArray().Select(p => p.ToString("G6", CultureInfo.InvariantCulture)))}.");
        }

        text.WriteLine();
        text.WriteLine($"{"n",6} {"expected",10} {"EB05",8} {"IC025",7} {"ROR low",8}  exposure / event");
        foreach (var pair in scores.Top(10))
        {
            var (score, (exposure, @event)) = (scores[pair], counts.Names(pair));
            Line(text, $"{score.Observed,6:N0} {score.Expected,10:G4} {(double.IsNaN(score.Eb05) ? "–" : score.Eb05.ToString("G4", CultureInfo.InvariantCulture)),8} {score.Ic.Low,7:F2} {score.Ror.Low,8:G4}  {exposure} / {@event}");
        }

        text.WriteLine();
        text.WriteLine(NotRisk);
    }

    private static void Line(TextWriter text, FormattableString line) => text.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
