using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.Core.Narratives;
using ThinIce.Numbers.Files;

namespace ThinIce.Cli.Commands;

/// <summary>The work of <c>thinice code</c>. Broken rows are named on standard error, the others coded, and the exit status is 65.</summary>
internal static class CodeRun
{
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Columns of the contract.</summary>
    private static readonly string[] Columns = ["id", "harms", "symptoms", "regions", "techniques", "devices", "onset_hours", "negated"];

    public static int Run(CodeAsked asked, string? source)
    {
        List<Problem> problems = [];
        if (Rows(asked, problems) is not { } rows) return Figures.Refuse(problems);
        var coder = new NarrativeCoder(KnowledgeSource.Load(source));
        var progress = new Progress("code");
        var written = new StringBuilder();
        if (!asked.Json) written.AppendLine(CsvCell.Line(Columns));
        for (var i = 0; i < rows.Count; i++)
        {
            var codes = coder.Code(rows[i].Text);
            if (codes.IsCut) problems.Add(new(Problems.TooLong, $"Only the first {NarrativeCoder.LongestNarrative} characters of this narrative were read.", rows[i].At));
            written.AppendLine(asked.Json ? Json(rows[i], codes) : Line(rows[i].Id, codes));
            if (rows.Count > 1) progress.Say($"{i + 1} of {rows.Count}");
        }

        if (problems.Count > 0) Figures.Refuse(problems);
        if (asked.Csv is null) Console.Write(written);
        else if (Figures.Write(asked.Csv, file => File.WriteAllText(file, written.ToString())) is not 0 and var failed) return failed;
        return problems.Count > 0 ? Problems.Kind(problems[0].Code).ExitCode : 0;
    }

    private sealed record Narrative(string Id, string Text, string At);

    /// <summary>The narratives; null where there is no table to read.</summary>
    private static List<Narrative>? Rows(CodeAsked asked, List<Problem> problems)
    {
        if (asked.Words is { } words) return [new("1", words, "--words")];
        if (Table(asked.File!, problems) is not { } table) return null;
        problems.AddRange(table.Problems);
        if (table.Columns.IsEmpty) return null;
        var text = table.Column(asked.Text!, problems);
        var id = asked.Id is null ? null : table.Column(asked.Id, problems);
        if (text is null || (asked.Id is not null && id is null)) return null;
        return [.. table.Rows.Select(r => new Narrative(id is { } at ? r.Cells[at] : r.Number.ToString(CultureInfo.InvariantCulture), r.Cells[text.Value], r.At(asked.Text)))];
    }

    private static CsvTable? Table(string file, List<Problem> problems)
    {
        try
        {
            using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            return CsvTable.Read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(Problems.UnreadableFile, "", file));
            return null;
        }
    }

    private static string Line(string id, NarrativeCodes codes) => CsvCell.Line(id, Ids(codes.Harms), Ids(codes.Symptoms), Ids(codes.Regions), Ids(codes.Techniques), Ids(codes.Devices), Hours(codes.OnsetHours), Ids(codes.Negated));

    private static string Ids(ImmutableArray<SuggestedCode> codes) => string.Join('|', codes.Select(c => c.Id));

    private static string Hours(double? hours) => hours is { } known ? Math.Round(known, 2).ToString(CultureInfo.InvariantCulture) : "";

    private static string Json(Narrative row, NarrativeCodes codes)
    {
        using var stream = new MemoryStream();
        using (Utf8JsonWriter json = new(stream, Unescaped))
        {
            json.WriteStartObject();
            json.WriteString("id", row.Id);
            Write(json, "harms", codes.Harms);
            Write(json, "symptoms", codes.Symptoms);
            Write(json, "regions", codes.Regions);
            Write(json, "techniques", codes.Techniques);
            Write(json, "devices", codes.Devices);
            if (codes.OnsetHours is { } hours) json.WriteNumber("onsetHours", Math.Round(hours, 2));
            else json.WriteNull("onsetHours");
            Write(json, "negated", codes.Negated);
            Write(json, "before", codes.Before);
            json.WriteStartArray("notUnderstood");
            foreach (var words in codes.NotUnderstood) json.WriteStringValue(words);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<SuggestedCode> codes)
    {
        json.WriteStartArray(name);
        foreach (var code in codes)
        {
            json.WriteStartObject();
            json.WriteString("id", code.Id);
            json.WriteStartArray("spans");
            foreach (var (start, length) in code.Spans)
            {
                json.WriteStartArray();
                json.WriteNumberValue(start);
                json.WriteNumberValue(length);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
