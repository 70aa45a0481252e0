using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;
using ThinIce.Registry;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Imports;
using ThinIce.Registry.Pages;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ThinIce.Cli.Commands;

/// <summary>What <c>thinice import</c> and <c>thinice export</c> do.</summary>
internal static class CaseFileVerbs
{
    private static readonly UTF8Encoding Utf8 = new(false);

    public static Task<int> ImportAsync(RegistryPlace place, Guid? clinic, string file, string? map, bool resume, string? knowledge, CancellationToken stop) => RegistryVerbs.WithClinicAsync(place, clinic, knowledge, async (registry, id) =>
    {
        var opened = ReportFile.Open(file);
        if (!opened.IsDone) return Figures.Refuse(opened.Problems);
        var meant = ReportMap.Guess(opened.Value.Columns);
        if (map is not null && Read(map, ref meant) is { } wrong) return Figures.Refuse(wrong);
        if (meant.Unused(opened.Value.Columns).ToList() is { Count: > 0 } unused) Console.Error.WriteLine($"import: nothing is taken from the columns {string.Join(", ", unused)}. Say what they mean with --map, if they matter.");
        return await TakeAsync(registry, Actor.Operator(id), opened.Value, meant, resume, file, stop);
    }, stop);

    public static Task<int> ExportAsync(RegistryPlace place, Guid? clinic, string format, string? to, ExportChoice choice, string? dictionary, string? knowledge, CancellationToken stop) => RegistryVerbs.WithClinicAsync(place, clinic, knowledge, async (registry, id) =>
    {
        if (format == "parquet" && to is null) return Figures.Refuse(new Problem(Problems.Usage, "Parquet goes into a file: name it with --to.", "--to"));
        try
        {
            var rows = registry.CaseFiles.RowsAsync(Actor.Operator(id), choice, stop);
            var count = await (format switch { "csv" => CsvAsync(rows, choice, to), "jsonl" => JsonAsync(rows, choice, to), _ => ParquetAsync(rows, choice, to!) });
            if (dictionary is not null) await File.WriteAllTextAsync(dictionary, CaseDictionaryPage.Write(), stop);
            Console.Error.WriteLine($"export: {Figures.Whole(count)} rows{(choice.WithWords ? ", with what reporters wrote: it can tell who it is, so keep it as you keep health records" : "")}.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Figures.Refuse(new Problem(Problems.UnwritableFile, Problems.Kind(Problems.UnwritableFile).WayOut, to ?? dictionary ?? ""));
        }
        catch (FileProblemException e)
        {
            return Figures.Refuse(e.Problem with { Path = to! });
        }
    }, stop);

    private static async Task<int> TakeAsync(ClinicRegistry registry, Actor actor, ReportFile file, ReportMap map, bool resume, string name, CancellationToken stop)
    {
        var aside = new Aside($"{name}.rejected.csv", file.Columns);
        var (progress, done) = (new Progress("import"), 0);
        try
        {
            using (aside)
            {
                var taken = await registry.CaseFiles.TakeAsync(actor, file, map, resume, aside.Add, (rows, of) => progress.Say($"{Figures.Whole(done = rows)} of {Figures.Whole(of)} rows"), stop);
                if (!taken.IsDone) return Figures.Refuse(taken.Problems);
                if (aside.First is null) File.Delete(aside.Path);
                Console.WriteLine($"{Figures.Whole(taken.Value.Rows)} rows: {Figures.Whole(taken.Value.Cases)} cases made, {Figures.Whole(taken.Value.Rejected)} rows kept aside.");
                return taken.Value.Rejected == 0 ? 0 : Figures.Refuse(new Problem(aside.First!, "The rows kept aside are in this file, with line and reason. Mend them there and take it in as a file of its own.", aside.Path));
            }
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"import: stopped after {Figures.Whole(done)} rows, which are in. Go on with --resume.");
            return 130;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Figures.Refuse(new Problem(Problems.UnwritableFile, Problems.Kind(Problems.UnwritableFile).WayOut, aside.Path));
        }
    }

    /// <summary>Rows that were not taken in, in the columns of their file, with line, code and way out before them. Made only when there is one.</summary>
    private sealed class Aside(string path, ImmutableArray<string> columns) : IDisposable
    {
        private StreamWriter? _writer;

        public string Path => path;

        public string? First { get; private set; }

        public void Add(FileRecord row)
        {
            var problem = row.Problem!;
            First ??= problem.Code;
            if (_writer is null) (_writer = new(path, append: false, Utf8)).Write(CsvCell.Line(["rejected_line", "rejected_code", "rejected_column", "rejected_why", .. columns, "rejected_raw"]) + "\n");
            _writer.Write(CsvCell.Line([row.Line.ToString(CultureInfo.InvariantCulture), problem.Code, problem.Path, problem.Message.Length > 0 ? problem.Message : Problems.Kind(problem.Code).WayOut, .. columns.Select(c => row.Cells.GetValueOrDefault(c)), row.Raw]) + "\n");
        }

        public void Dispose() => _writer?.Dispose();
    }

    /// <summary>Reads a map: <c>columns</c>, <c>values</c>, <c>defaults</c> and <c>dates</c>; what it does not name is as guessed.</summary>
    private static Problem? Read(string path, ref ReportMap map)
    {
        try
        {
            var yaml = new YamlStream();
            using (var text = File.OpenText(path)) yaml.Load(text);
            if (yaml.Documents is not [{ RootNode: YamlMappingNode root }]) return Wrong(path, yaml.Documents.FirstOrDefault()?.RootNode, "A map has the keys columns, values, defaults and dates.");
            foreach (var (key, value) in root.Children)
                switch (((YamlScalarNode)key).Value, value)
                {
                    case ("columns", YamlMappingNode columns): map = map with { Columns = map.Columns.SetItems(Texts(columns)) }; break;
                    case ("defaults", YamlMappingNode defaults): map = map with { Defaults = map.Defaults.SetItems(Texts(defaults)) }; break;
                    case ("values", YamlMappingNode values): map = map with { Values = values.Children.ToImmutableDictionary(c => Text(c.Key), c => Texts(c.Value).ToImmutableDictionary(StringComparer.Ordinal), StringComparer.Ordinal) }; break;
                    case ("dates", YamlScalarNode { Value: "day-month-year" }): map = map with { Dates = DateOrder.DayMonthYear }; break;
                    case ("dates", YamlScalarNode { Value: "month-day-year" }): map = map with { Dates = DateOrder.MonthDayYear }; break;
                    case ("dates", YamlScalarNode { Value: "year-month-day" }): map = map with { Dates = DateOrder.YearMonthDay }; break;
                    case ("dates", _): return Wrong(path, value, "dates is day-month-year, month-day-year or year-month-day.");
                    default: return Wrong(path, key, "A map has the keys columns, values, defaults (each with names below it) and dates.");
                }

            return null;
        }
        catch (YamlException e)
        {
            return new(Problems.MalformedMap, e.InnerException?.Message ?? e.Message, $"{path}, line {e.Start.Line}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(Problems.UnreadableFile, "", path);
        }
    }

    private static Problem Wrong(string path, YamlNode? at, string what) => new(Problems.MalformedMap, what, at is null ? path : $"{path}, line {at.Start.Line}");

    private static IEnumerable<KeyValuePair<string, string>> Texts(YamlNode node) => node is YamlMappingNode map
        ? map.Children.Select(c => KeyValuePair.Create(Text(c.Key), Text(c.Value)))
        : throw new YamlException(node.Start, node.End, "Names and what they mean are wanted here, each on a line: name: meaning.");

    private static string Text(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw new YamlException(node.Start, node.End, "A name or a word is wanted here.");

    private static StreamWriter Out(string? to) => to is null ? new(Console.OpenStandardOutput(), Utf8) : new(to, append: false, Utf8);

    private static async Task<int> CsvAsync(IAsyncEnumerable<string?[]> rows, ExportChoice choice, string? to)
    {
        var count = 0;
        await using var writer = Out(to);
        await writer.WriteAsync(CsvCell.Line(CaseFiles.Columns(choice).Select(c => c.Name)) + "\n");
        await foreach (var row in Counted(rows, n => count = n)) await writer.WriteAsync(CsvCell.Line(row) + "\n");
        return count;
    }

    /// <summary>One object a line; empty cells are left out, numbers are numbers, lists are lists.</summary>
    private static async Task<int> JsonAsync(IAsyncEnumerable<string?[]> rows, ExportChoice choice, string? to)
    {
        var (count, columns) = (0, CaseFiles.Columns(choice));
        await using var writer = Out(to);
        await foreach (var row in Counted(rows, n => count = n))
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Figures.Json))
            {
                json.WriteStartObject();
                foreach (var (column, cell) in columns.Zip(row).Where(c => c.Second is not null))
                {
                    json.WritePropertyName(column.Name);
                    if (column.IsList) JsonList(json, cell!);
                    else if (column.HoldsNumbers && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) json.WriteRawValue(cell!);
                    else json.WriteStringValue(cell);
                }

                json.WriteEndObject();
            }

            await writer.WriteAsync(Utf8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n");
        }

        return count;
    }

    private static void JsonList(Utf8JsonWriter json, string cell)
    {
        json.WriteStartArray();
        foreach (var id in cell.Split('|')) json.WriteStringValue(id);
        json.WriteEndArray();
    }

    private static async Task<int> ParquetAsync(IAsyncEnumerable<string?[]> rows, ExportChoice choice, string to)
    {
        var count = 0;
        using var file = new ParquetFile([.. CaseFiles.Columns(choice).Select(c => (c.Name, c.IsNumber))]);
        await foreach (var row in Counted(rows, n => count = n)) file.Add(row);
        file.Save(to);
        return count;
    }

    private static async IAsyncEnumerable<string?[]> Counted(IAsyncEnumerable<string?[]> rows, Action<int> tell)
    {
        var (progress, count) = (new Progress("export"), 0);
        await foreach (var row in rows)
        {
            yield return row;
            tell(++count);
            progress.Say($"{Figures.Whole(count)} rows");
        }
    }
}
