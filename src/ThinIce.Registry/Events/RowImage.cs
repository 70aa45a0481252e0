using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Events;

/// <summary>One row before and after an act. Columns as text in one fixed form, so that both databases and every version give the same.</summary>
internal sealed record RowChange
{
    [JsonPropertyName("t")]
    public required string Table { get; init; }

    [JsonPropertyName("k")]
    public required string Key { get; init; }

    /// <summary>What is replaced; null where the row is new.</summary>
    [JsonPropertyName("b")]
    public Dictionary<string, string?>? Before { get; init; }

    /// <summary>What stands there afterwards; null where the row is gone.</summary>
    [JsonPropertyName("a")]
    public Dictionary<string, string?>? After { get; init; }
}

/// <summary>What an event says beside who and when.</summary>
internal sealed record EventPayload
{
    [JsonPropertyName("why")]
    public string? Why { get; init; }

    /// <summary>In a decision about a signal: exposure and event. Names nobody.</summary>
    [JsonPropertyName("pair")]
    public IReadOnlyList<string>? Pair { get; init; }

    [JsonPropertyName("rows")]
    public IReadOnlyList<RowChange> Rows { get; init; } = [];

    /// <summary>In a person's erasure: these are all the rows that are left of the person.</summary>
    [JsonPropertyName("left")]
    public bool IsAllThatIsLeft { get; init; }
}

/// <summary>Writes rows as text.</summary>
internal static class RowImage
{
    public static string Table(IEntityType type) => type.GetTableName()!;

    public static string Column(IProperty property) => property.GetColumnName();

    public static Dictionary<string, string?> Of(IEntityType type, object row) =>
        type.GetProperties().ToDictionary(Column, p => Text(p.GetGetter().GetClrValue(row)), StringComparer.Ordinal);

    public static string Key(IEntityType type, object row) =>
        string.Join('/', type.FindPrimaryKey()!.Properties.Select(p => Text(p.GetGetter().GetClrValue(row))));

    /// <summary>What the act does to a row; null where nothing.</summary>
    public static RowChange? Change(EntityEntry<Row> entry)
    {
        var (table, key) = (Table(entry.Metadata), Key(entry.Metadata, entry.Entity));
        if (entry.State == Microsoft.EntityFrameworkCore.EntityState.Added) return new() { Table = table, Key = key, After = Of(entry.Metadata, entry.Entity) };
        var before = entry.Metadata.GetProperties().ToDictionary(Column, p => Text(entry.Property(p.Name).OriginalValue), StringComparer.Ordinal);
        if (entry.State == Microsoft.EntityFrameworkCore.EntityState.Deleted) return new() { Table = table, Key = key, Before = before };
        var after = Of(entry.Metadata, entry.Entity);
        var changed = after.Where(c => before[c.Key] != c.Value).Select(c => c.Key).ToList();
        return changed.Count == 0 ? null : new()
        {
            Table = table, Key = key,
            Before = changed.ToDictionary(c => c, c => before[c], StringComparer.Ordinal),
            After = changed.ToDictionary(c => c, c => after[c], StringComparer.Ordinal),
        };
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        SealedText words => Convert.ToBase64String(words.Bytes),
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTimeOffset at => Instant(at),
        TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        // 12.5 and 12.50 are the same price.
        decimal number => number.ToString("G29", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>The value that a column's text stands for. Throws <see cref="FormatException"/> where it is none.</summary>
    public static object? Parse(IProperty property, string? text)
    {
        if (text is null) return null;
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type == typeof(string)) return text;
        if (type == typeof(byte[])) return Convert.FromBase64String(text);
        if (type == typeof(SealedText)) return new SealedText(Convert.FromBase64String(text));
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (type == typeof(TimeOnly)) return TimeOnly.ParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture);
        if (type == typeof(Guid)) return Guid.Parse(text);
        if (type.IsEnum) return Enum.Parse(type, text);
        if (typeof(IConvertible).IsAssignableFrom(type)) return Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        return Activator.CreateInstance(type, Guid.Parse(text));
    }

    /// <summary>What a column holds in rows from before there was the column.</summary>
    public static bool IsDefault(IProperty property, string? text) =>
        text is null || (property.ClrType.IsValueType && Nullable.GetUnderlyingType(property.ClrType) is null && text == Text(Activator.CreateInstance(property.ClrType)))
        || (property.ClrType == typeof(string) && text.Length == 0);

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
