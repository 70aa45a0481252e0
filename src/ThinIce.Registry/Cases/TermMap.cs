using System.Collections.Immutable;
using ThinIce.Core.Contract;
using ThinIce.Registry.Imports;

namespace ThinIce.Registry.Cases;

/// <summary>
/// Terms of a vocabulary that is licensed, such as MedDRA, for ids of ThinIce's own: a file <c>meddra.csv</c> with the columns id, code and term, which a licence
/// holder puts into the data folder. ThinIce ships none, and nothing is worked out from it.
/// </summary>
public sealed class TermMap
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "meddra.csv";

    private readonly ImmutableDictionary<string, string> _terms;

    private TermMap(ImmutableDictionary<string, string> terms) => _terms = terms;

    /// <summary>The term of an id with its code; null where the map has none.</summary>
    public string? Of(string? id) => id is null ? null : _terms.GetValueOrDefault(id);

    /// <summary>Reads the map of a data folder; one without terms where there is no file.</summary>
    /// <exception cref="RegistryException">When there is a file and it cannot be read as a map.</exception>
    public static TermMap Load(string folder)
    {
        var (path, terms) = (Path.Combine(folder, FileName), ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal));
        if (!File.Exists(path)) return new(terms.ToImmutable());
        var file = ReportFile.Open(path);
        if (!file.IsDone) throw new RegistryException(file.Problems[0].Code, file.Problems[0].Message, path);
        foreach (var column in new[] { "id", "code", "term" }.Where(c => !file.Value.Columns.Contains(c))) throw new RegistryException(Problems.MissingColumn, "The file of terms has the columns id, code and term.", $"{path}: {column}");
        foreach (var row in file.Value.Records())
        {
            if (row.Problem is { } problem) throw new RegistryException(problem.Code, problem.Message, $"{path}, line {row.Line}");
            if (row.Cells.TryGetValue("id", out var id) && row.Cells.TryGetValue("term", out var term)) terms[id] = $"{term} ({row.Cells.GetValueOrDefault("code", "–")})";
        }

        return new(terms.ToImmutable());
    }
}
