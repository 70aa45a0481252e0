using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Contract;

/// <summary>Reads the fields of one JSON object and collects what is wrong with them. A null is the same as an absent field.</summary>
internal sealed class FieldReader
{
    private readonly JsonElement _element;
    private readonly string _prefix;
    private readonly List<Problem> _problems;

    public FieldReader(JsonElement element, string prefix, List<Problem>? problems = null) =>
        (_element, _prefix, _problems) = (element, prefix, problems ?? []);

    public ReadResult<T> Result<T>(T value, string id)
        where T : class => new(_problems.Count == 0 ? value : null, id, [.. _problems]);

    public void Fault(string code, string field, string message) => _problems.Add(new(code, message, _prefix + field));

    public void Format(string expected)
    {
        if (Get("format") is not { } format) return;
        if (format.ValueKind != JsonValueKind.String || format.GetString() != expected) Fault(Problems.UnknownFormat, "format", $"This reads {expected}.");
    }

    public string Id()
    {
        if (Get("id") is not { } id) return "";
        if (id.ValueKind == JsonValueKind.Number) return id.GetRawText();
        if (id.ValueKind != JsonValueKind.String) Fault(Problems.WrongType, "id", "An id is a text.");
        else if (id.GetString()!.Length > Limits.IdLength) Fault(Problems.TooLong, "id", $"An id has at most {Limits.IdLength} characters.");
        else return id.GetString()!;
        return "";
    }

    public FieldReader? Object(string field)
    {
        if (Get(field) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Object) return new(value, $"{_prefix}{field}.", _problems);
        Fault(Problems.WrongType, field, "This is an object, or null.");
        return null;
    }

    public double? Number(string field, double low, double high)
    {
        if (Get(field) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number) Fault(Problems.WrongType, field, "This is a number, or null when not known.");
        else if (value.GetDouble() is var number && number >= low && number <= high) return number;
        else Fault(Problems.OutOfRange, field, string.Create(CultureInfo.InvariantCulture, $"This lies from {low:#,0.##} to {high:#,0.##}; null when not known."));
        return null;
    }

    public bool? Flag(string field)
    {
        if (Get(field) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Fault(Problems.WrongType, field, "This is true, false, or null when not known.");
        return null;
    }

    /// <summary>Which of the names it is, counted from 1; null where it is absent or none of them.</summary>
    public int? OneOf(string field, string[] names)
    {
        if (Get(field) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String)
        {
            for (var i = 0; i < names.Length; i++)
                if (value.ValueEquals(names[i])) return i + 1;
        }

        Fault(value.ValueKind == JsonValueKind.String ? Problems.UnknownValue : Problems.WrongType, field,
            $"This is one of {string.Join(", ", names)}; null when not known.");
        return null;
    }

    public string? Text(string field, int longest = Limits.ItemLength)
    {
        if (Get(field) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String) return Checked(value, field, longest);
        Fault(Problems.WrongType, field, "This is a text, or null when not known.");
        return null;
    }

    public ImmutableArray<string>? Words(string field)
    {
        if (Get(field) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(Problems.WrongType, field, "This is a list of texts: [] when asked and none, null when not asked.");
            return null;
        }

        if (value.GetArrayLength() > Limits.ListLength)
        {
            Fault(Problems.TooMany, field, $"At most {Limits.ListLength} items.");
            return null;
        }

        var words = ImmutableArray.CreateBuilder<string>(value.GetArrayLength());
        var at = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) Fault(Problems.WrongType, $"{field}[{at}]", "Each item is a text.");
            else if (Checked(item, $"{field}[{at}]", Limits.ItemLength) is { } text && !string.IsNullOrWhiteSpace(text)) words.Add(text);
            at++;
        }

        return words.ToImmutable();
    }

    /// <summary>Answers to ThinIce's own questions: an object of question id and yes, no or unknown.</summary>
    public ImmutableArray<DirectAnswer> Answers()
    {
        if (Get("answers") is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(Problems.WrongType, "answers", "This is an object of question ids, each with yes, no or unknown.");
            return [];
        }

        var answers = ImmutableArray.CreateBuilder<DirectAnswer>();
        foreach (var answer in value.EnumerateObject())
        {
            if (answers.Count == Limits.ListLength || answer.Name.Length > Limits.IdLength)
            {
                Fault(Problems.TooMany, "answers", $"At most {Limits.ListLength} answers, each id at most {Limits.IdLength} characters.");
                break;
            }

            bool? yes = answer.Value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.String when answer.Value.ValueEquals("yes") => true,
                JsonValueKind.String when answer.Value.ValueEquals("no") => false,
                _ => null,
            };
            if (yes is null && !(answer.Value.ValueKind == JsonValueKind.Null || (answer.Value.ValueKind == JsonValueKind.String && answer.Value.ValueEquals("unknown"))))
                Fault(Problems.UnknownValue, "answers", "Each answer is yes, no or unknown.");
            answers.Add(new(answer.Name, yes));
        }

        return answers.ToImmutable();
    }

    /// <summary>Fields of the object that nobody reads.</summary>
    public List<string> Unread(HashSet<string> known)
    {
        var unread = new List<string>();
        foreach (var field in _element.EnumerateObject())
            if (!known.Contains(field.Name) && unread.Count < Limits.ListLength) unread.Add(_prefix + (field.Name.Length <= 40 ? field.Name : field.Name[..40] + "…"));
        return unread;
    }

    private string? Checked(JsonElement value, string field, int longest)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Fault(Problems.MalformedJson, field, "This text holds half of a character pair.");
            return null;
        }

        if (text.Length <= longest) return text;
        Fault(Problems.TooLong, field, string.Create(CultureInfo.InvariantCulture, $"At most {longest:#,0} characters; write one thing per item."));
        return null;
    }

    private JsonElement? Get(string field) =>
        _element.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
