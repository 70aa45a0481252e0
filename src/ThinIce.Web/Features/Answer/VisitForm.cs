using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ThinIce.Web.Features.Answer;

/// <summary>
/// All that a visitor said so far, as it was typed. It travels in the pages themselves, as fields and hidden fields: the
/// server keeps none of it, so nothing expires, and sending a page twice or going back gives the same page again.
/// </summary>
public sealed class VisitForm
{
    /// <summary>More than this is no form that somebody filled in.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Begins the name of a field that answers one of ThinIce's questions with yes, no, unknown or declined.</summary>
    public const string QuestionPrefix = "q.";

    /// <summary>Begins the name of a field that answers one of ThinIce's questions in words.</summary>
    public const string WordsPrefix = "a.";

    /// <summary>Names of fields that steer a page and say nothing about the visitor.</summary>
    private static readonly HashSet<string> Steering = new(["go", "at"], StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, string> _values;

    private VisitForm(ImmutableSortedDictionary<string, string> values) => _values = values;

    /// <summary>Nothing said yet.</summary>
    public static VisitForm Blank { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>What stands in a field; empty where nothing does. Several values stand on a line each.</summary>
    public string this[string field] => _values.GetValueOrDefault(field, "");

    /// <summary>Names of the fields with something in them.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Whether nothing about the person, the massage or how they feel was said.</summary>
    public bool IsBlank => _values.Keys.All(k => Steering.Contains(k) || k is "place" or "rest" or "agoUnit");

    /// <summary>Answers to ThinIce's questions, by the question's id: yes, no, unknown or declined.</summary>
    public IEnumerable<KeyValuePair<string, string>> Answers => Prefixed(QuestionPrefix);

    /// <summary>Reads what was sent.</summary>
    public static VisitForm From(IFormCollection form) => new(form
        .Select(f => new KeyValuePair<string, string>(f.Key, string.Join('\n', f.Value.Where(v => !string.IsNullOrWhiteSpace(v)).Distinct()).ReplaceLineEndings("\n")))
        .Where(f => f.Value.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>Takes up what was kept.</summary>
    internal static VisitForm From(IEnumerable<KeyValuePair<string, string>> kept) => new(kept.Where(f => f.Value.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>The same with another value in a field; an empty one clears it.</summary>
    public VisitForm With(string field, string value) => new(string.IsNullOrWhiteSpace(value) ? _values.Remove(field) : _values.SetItem(field, value));

    /// <summary>Fields to be carried along by a page that shows some of them itself.</summary>
    public IEnumerable<KeyValuePair<string, string>> Carried(IReadOnlySet<string> shown) => _values.Where(v => !Steering.Contains(v.Key) && !shown.Contains(v.Key));

    /// <summary>Fields whose names begin so, without the beginning.</summary>
    public IEnumerable<KeyValuePair<string, string>> Prefixed(string prefix) =>
        _values.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(v => new KeyValuePair<string, string>(v.Key[prefix.Length..], v.Value));

    /// <summary>One thing on each line or after each semicolon.</summary>
    public IReadOnlyList<string> Lines(string field) => this[field].Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Lines as JSON.</summary>
    internal JsonArray List(string field) => [.. Lines(field).Select(line => (JsonNode)JsonValue.Create(line))];

    /// <summary>A text as JSON; null where there is none.</summary>
    internal JsonValue? Text(string field) => this[field].Trim() is { Length: > 0 } text ? JsonValue.Create(text) : null;

    /// <summary>A number as JSON; a text that is none is handed on, so that the contract refuses it by its field.</summary>
    internal JsonValue? Number(string field) => Text(field) is not { } text ? null
        : Parse(this[field]) is { } number ? JsonValue.Create(number) : text;

    /// <summary>A number as people write it, with a comma or a point; null where it is none.</summary>
    internal static double? Parse(string text) =>
        double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
