using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Pages;

/// <summary>The reference page of tables and events, out of the model and the code's own comments. A test holds the committed page to it.</summary>
public static class RegistryPage
{
    /// <summary>Name of the page.</summary>
    public const string FileName = "registry.md";

    /// <summary>The page, as Markdown. Reads the file of comments beside the assembly.</summary>
    public static string Write()
    {
        var comments = XDocument.Load(Path.ChangeExtension(typeof(RegistryPage).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value, m => Text(m.Element("summary")), StringComparer.Ordinal);
        using var db = new SqliteDesign().CreateDbContext([]);
        var page = new StringBuilder("<!-- Written by `./thinice registry docs --to docs/reference`. Change the code, not this page. -->\n# The registry\n\n");
        page.Append("Tables and events. Every change of a table under *State* is written into an event in the same transaction. *Encrypted* means with the key of the person it is about.\n");
        foreach (var group in db.Model.GetEntityTypes().GroupBy(t => typeof(Row).IsAssignableFrom(t.ClrType)).OrderByDescending(g => g.Key))
        {
            page.Append(group.Key ? "\n## State\n" : "\n## Beside state\n");
            foreach (var type in group.OrderBy(RowImage.Table, StringComparer.Ordinal)) Table(page, type, comments);
        }

        page.Append("\n## Events\n\n*By* says which roles of staff may do it. *The program* is a timer or a server; clients act by their own links.\n\n| type | means | by |\n|---|---|---|\n");
        foreach (var type in EventTypes.All) page.Append($"| `{type.Name}` | {type.Means} | {(type.By.IsEmpty ? "the program, the command line" : string.Join(", ", type.By.Select(Words)))} |\n");
        return page.ToString();
    }

    private static void Table(StringBuilder page, IEntityType type, Dictionary<string, string> comments)
    {
        page.Append($"\n### {RowImage.Table(type)}\n\n{comments.GetValueOrDefault($"T:{type.ClrType.FullName}", "")}");
        if (type.ClrType.GetCustomAttribute<ErasedWholeAttribute>() is not null) page.Append(" Erasure deletes its rows.");
        page.Append("\n\n| column | means | kept as | after erasure |\n|---|---|---|---|\n");
        foreach (var property in type.GetProperties())
        {
            var means = comments.GetValueOrDefault($"P:{property.PropertyInfo!.DeclaringType!.FullName}.{property.Name}", "");
            page.Append($"| {RowImage.Column(property)} | {means} | {Kind(property)} | {After(property)} |\n");
        }

        foreach (var index in type.GetIndexes().Where(i => i.IsUnique))
            page.Append($"\nUnique: {string.Join(", ", index.Properties.Select(RowImage.Column))}{(index.GetFilter() is { } filter ? $", where {filter}" : "")}.\n");
    }

    private static string Kind(IProperty property)
    {
        if (property.ClrType == typeof(SealedText)) return "encrypted";
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum && type.Namespace!.StartsWith("ThinIce", StringComparison.Ordinal)) return string.Join(", ", Enum.GetNames(type));
        if (type.IsEnum) return "name";
        return type switch
        {
            _ when type == typeof(string) => "text",
            _ when type == typeof(byte[]) => "bytes",
            _ when type == typeof(DateTimeOffset) => "moment, UTC",
            _ when type == typeof(TimeOnly) => "time of day",
            _ when type == typeof(bool) => "yes or no",
            _ when type == typeof(Guid) || type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStrongId<>)) => "id",
            _ => "number",
        };
    }

    private static string After(IProperty property) => property.ClrType == typeof(SealedText) ? "empty" : property.PropertyInfo!.GetCustomAttribute<ErasesAttribute>()?.To switch
    {
        OnErase.Drop => "empty",
        OnErase.Month => "month",
        _ => "",
    };

    private static string Words(Role role) => string.Concat(role.ToString().Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary>A comment as plain text.</summary>
    private static string Text(XElement? summary) => summary is null ? "" : string.Join(' ', string.Concat(summary.Nodes().Select(n => n switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.')[^1] is { } name ? RegistryContext.Snake(name) : "",
        XElement other => other.Value,
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
