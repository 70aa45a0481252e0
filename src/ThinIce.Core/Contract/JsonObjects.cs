using System.Text;
using System.Text.Json;

namespace ThinIce.Core.Contract;

/// <summary>One element of the input: an object, or what is wrong with it.</summary>
/// <param name="Element">The object; undefined when it could not be parsed.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
public readonly record struct JsonItem(JsonElement Element, Problem? Problem);

/// <summary>
/// Cuts an input into objects: one object, an array of them, or one per line. Each is parsed by itself, so that a broken
/// one does not take the good ones beside it along. After one with unbalanced brackets, reading goes on at the next line
/// that begins an object.
/// </summary>
public static class JsonObjects
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Whether the input is one bare object, which is answered by one bare object.</summary>
    public static bool IsSingle(ReadOnlySpan<byte> input)
    {
        input = input.TrimStart(" \t\r\n\uFEFF"u8);
        return input.Length > 0 && input[0] == '{' && EndOf(input, 0) is var end && input[end..].Trim(" \t\r\n,"u8).IsEmpty;
    }

    /// <summary>The objects, in order. Never throws on any bytes.</summary>
    public static IEnumerable<JsonItem> Read(ReadOnlyMemory<byte> input)
    {
        var at = SkipSpace(input.Span, 0);
        var inArray = at < input.Length && input.Span[at] == '[';
        if (inArray) at = SkipSpace(input.Span, at + 1);
        var count = 0;
        while (at < input.Length && !(inArray && input.Span[at] == ']'))
        {
            var end = EndOf(input.Span, at);
            var item = Parse(input[at..end], inArray || count > 0 ? $"[{count}]" : "");
            if (item.Problem is { Code: Problems.MalformedJson } && NextObject(input.Span, at + 1, end) is { } next) end = next;
            yield return item;
            // Neither an array nor anything like an object: no JSON at all, and one error says so.
            if (count == 0 && !inArray && item.Problem is { Code: Problems.MalformedJson } && input.Span[at] != '{') yield break;
            count++;
            at = SkipSpace(input.Span, end);
        }

        if (inArray && at >= input.Length)
            yield return new(default, new(Problems.MalformedJson, "The array is not closed: the input may have been cut off.", $"[{count}]"));
        else if (count == 0 && !inArray)
            yield return new(default, new(Problems.Empty, "There is nothing to read. Send one object, or an array of objects.", ""));
    }

    private static JsonItem Parse(ReadOnlyMemory<byte> slice, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(slice, Options);
            var element = document.RootElement.Clone();
            if (element.ValueKind != JsonValueKind.Object) return new(default, new(Problems.NotAnObject, "An intake or report has to be a JSON object.", path));
            return new(element, slice.Length > Limits.IntakeBytes ? new(Problems.TooLarge, "One intake has at most 256 kB. Write one thing per item.", path) : null);
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $"Not valid JSON at line {line + 1}, byte {e.BytePositionInLine + 1} of this object." : "A field stands twice in one object: which of the two is meant?";
            return new(default, new(Problems.MalformedJson, where, path));
        }
    }

    /// <summary>Where the element that begins at <paramref name="start"/> ends: at its closing bracket, or at the next comma or line.</summary>
    private static int EndOf(ReadOnlySpan<byte> input, int start)
    {
        var depth = 0;
        var quoted = false;
        for (var i = start; i < input.Length; i++)
        {
            var c = input[i];
            if (quoted)
            {
                if (c == '\\') i++;
                else if (c == '"') quoted = false;
                continue;
            }

            switch (c)
            {
                case (byte)'"': quoted = true; break;
                case (byte)'{' or (byte)'[': depth++; break;
                case (byte)'}' or (byte)']' when depth > 0:
                    if (--depth == 0) return i + 1;
                    break;
                case (byte)',' or (byte)']' or (byte)'\n' when depth == 0: return Math.Max(i, start + 1);
                default: break;
            }
        }

        return input.Length;
    }

    private static int? NextObject(ReadOnlySpan<byte> input, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            if (input[i] != '\n') continue;
            var at = SkipSpace(input, i);
            if (at < end && input[at] == '{') return at;
        }

        return null;
    }

    private static int SkipSpace(ReadOnlySpan<byte> input, int at)
    {
        while (at < input.Length && (input[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or 0xEF or 0xBB or 0xBF)) at++;
        return at;
    }
}
