using System.Globalization;
using System.Text;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Linkage;
using ThinIce.Registry;
using ThinIce.Web.Features.Cases;

namespace ThinIce.Cli.Commands;

/// <summary>What <c>thinice duplicates</c> does.</summary>
internal static class DuplicatesRun
{
    private const string Kinds = "name, text, date, code, number or category";

    public static int Run(DuplicatesOptions options)
    {
        if (Unusable(options) is { } problem) return Figures.Refuse(problem);
        var file = options.Files[0];
        try
        {
            var records = new RecordSet([.. options.Fields.Select(Field)]);
            return Find(options, records, ref file);
        }
        catch (FileProblemException e)
        {
            return Figures.Refuse(e.Problem with { Path = e.Problem.Path.Length > 0 ? $"{file}: {e.Problem.Path}" : file });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Figures.Refuse(new Problem(Problems.UnreadableFile, "", file));
        }
    }

    /// <summary>The cases of a clinic, by their numbers. What its officers decided is taken into account.</summary>
    public static Task<int> ReportsAsync(DuplicatesOptions options, RegistryPlace place, Guid? clinic, string? knowledge, CancellationToken stop)
    {
        if (options.Files.Length > 0 || options.Id is not null || options.Fields.Length > 0) return Task.FromResult(Figures.Refuse(new Problem(Problems.DoesNotApply, "The registry's own reports are compared on fields of their own: leave FILE, --id and --field out.", "--reports")));
        return RegistryVerbs.WithClinicAsync(place, clinic, knowledge, async (registry, id) =>
        {
            var cases = await registry.Cases.ToLinkAsync(Actor.Operator(id), stop);
            if (!cases.IsDone) return Figures.Refuse(cases.Problems);
            var file = options.Decisions ?? "";
            try
            {
                var finding = CaseDuplicates.Find(cases.Value, options.Decisions is null ? [] : LinkageFiles.Decisions(file), new Progress("duplicates").Say);
                if (finding is null) return Figures.Refuse(new Problem(Problems.TooFew, "Duplicates need at least two reports.", "--reports"));
                Tell(options, cases.Value.Cases.Length, 0, finding, ref file);
                return 0;
            }
            catch (FileProblemException e)
            {
                return Figures.Refuse(e.Problem with { Path = file });
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Figures.Refuse(new Problem(Problems.UnreadableFile, "", file));
            }
        }, stop);
    }

    private static Problem? Unusable(DuplicatesOptions options)
    {
        if (options.Files.Length == 0 || options.Id is null || options.Fields.Length == 0) return new(Problems.Usage, "Name FILE, --id COL and at least one --field COL:KIND.", "");
        if (options.Fields.Length > RecordSet.MostFields) return new(Problems.TooMany, $"At most {RecordSet.MostFields} fields.", "--field");
        var bad = options.Fields.FirstOrDefault(f => Kind(f) is null || f.LastIndexOf(':') == 0);
        if (bad is not null) return new(Problems.Usage, $"A field is COL:KIND, the kind one of {Kinds}.", $"--field {bad}");
        var twice = options.Fields.GroupBy(f => Field(f).Column).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : new(Problems.DoesNotApply, "A column is compared once.", $"--field {twice.Key}");
    }

    private static FieldKind? Kind(string field) => field[(field.LastIndexOf(':') + 1)..] switch
    {
        "name" when field.Contains(':', StringComparison.Ordinal) => FieldKind.Name,
        "text" when field.Contains(':', StringComparison.Ordinal) => FieldKind.Text,
        "date" when field.Contains(':', StringComparison.Ordinal) => FieldKind.Date,
        "code" when field.Contains(':', StringComparison.Ordinal) => FieldKind.Code,
        "number" when field.Contains(':', StringComparison.Ordinal) => FieldKind.Number,
        "category" when field.Contains(':', StringComparison.Ordinal) => FieldKind.Category,
        _ => null,
    };

    private static LinkageField Field(string field) => new(field[..field.LastIndexOf(':')], Kind(field)!.Value);

    private static int Find(DuplicatesOptions options, RecordSet records, ref string file)
    {
        var progress = new Progress("duplicates");
        foreach (var one in options.Files)
        {
            file = one;
            records.Read(one, options.Id!, rows => progress.Say($"{rows.ToString("N0", CultureInfo.InvariantCulture)} records read"));
        }

        foreach (var problem in records.Problems) Console.Error.WriteLine($"{problem.Code}: {problem.Path}: {problem.Message}");
        if (records.SetAside > records.Problems.Count) Console.Error.WriteLine($"… and {records.SetAside - records.Problems.Count} more lines like these.");
        file = options.Files[0];
        records.Check();
        IReadOnlyList<LinkageDecision> decisions = [];
        if (options.Decisions is not null)
        {
            file = options.Decisions;
            decisions = LinkageFiles.Decisions(file);
        }

        var finding = DuplicateFinder.Find(records, decisions, progress.Say);
        Tell(options, records.Count, records.SetAside, finding, ref file);
        return records.SetAside > 0 ? Problems.Kind(records.Problems[0].Code).ExitCode : 0;
    }

    private static void Write(string file, Action<TextWriter> write, ref string current)
    {
        current = file;
        try
        {
            using var to = file == "-" ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) : new StreamWriter(file, append: false, new UTF8Encoding(false));
            write(to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileProblemException(new(Problems.UnwritableFile, Problems.Kind(Problems.UnwritableFile).WayOut, ""));
        }
    }

    private static void Tell(DuplicatesOptions options, int records, long setAside, DuplicateFinding finding, ref string file)
    {
        if (options.Csv is not null) Write(options.Csv, to => LinkageFiles.WritePairs(to, finding), ref file);
        if (options.Groups is not null) Write(options.Groups, to => LinkageFiles.WriteGroups(to, finding), ref file);
        if (options.Json)
        {
            Figures.WriteJson(json =>
            {
                json.WriteNumber("records", records);
                json.WriteNumber("setAside", setAside);
                json.WriteNumber("compared", finding.Compared);
                json.WriteNumber("pairs", finding.Pairs.Length);
                json.WriteNumber("groups", finding.Groups.Length);
                json.Number("threshold", finding.Threshold);
                json.Number("expectedDuplicates", finding.Expected);
                json.Number("expectedPrecision", finding.Precision);
                json.Number("expectedRecall", finding.Recall);
                json.WriteString("note", Note);
            });
            return;
        }

        var to = options.Csv == "-" ? Console.Error : Console.Out;
        to.WriteLine(FormattableString.Invariant($"{records:N0} records, {finding.Compared:N0} pairs compared, {finding.Pairs.Length:N0} suspected in {finding.Groups.Length:N0} groups."));
        to.WriteLine(Sureness(finding));
        to.WriteLine(Note);
    }

    private static string Sureness(DuplicateFinding finding)
    {
        if (finding.Pairs.Length == 0) return "Nothing looks like a duplicate.";
        var threshold = FormattableString.Invariant($"Threshold {finding.Threshold:F2} (log2 of the odds), chosen without labels");
        return double.IsNaN(finding.Recall)
            ? $"{threshold}: the fields bear out only the surest pairs; duplicates that are less alike may be there and are not listed."
            : FormattableString.Invariant($"{threshold} for the best expected F1: of the suspected about {100 * finding.Precision:F1} % right, about {100 * finding.Recall:F1} % of the duplicates found, if fields agree by chance independently.");
    }

    private const string Note = "Suspected only: nothing was merged. A person looks at both records and decides.";
}
