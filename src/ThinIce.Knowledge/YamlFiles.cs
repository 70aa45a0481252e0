using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ThinIce.Knowledge;

/// <summary>Reads the YAML of a knowledge folder. Refuses duplicate keys, tags and anchors: a clinician should see what is there.</summary>
internal static class YamlFiles
{
    /// <summary>The files of a folder whose path <paramref name="wanted"/> takes; the others are not parsed. Null takes all.</summary>
    public static ImmutableArray<KnowledgeFile> Read(string folder, List<KnowledgeError> errors, Func<string, bool>? wanted = null)
    {
        var paths = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(folder, p).Replace('\\', '/')).Where(p => wanted?.Invoke(p) != false).Order(StringComparer.Ordinal);
        return [.. paths.Select(path => Read(path, File.ReadAllText(Path.Combine(folder, path)), errors)).OfType<KnowledgeFile>()];
    }

    public static KnowledgeFile? Read(string path, string text, List<KnowledgeError> errors)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _)) return new(path, new MapNode(new(path, 1), []));
            parser.Consume<DocumentStart>();
            var root = Value(parser, path, errors);
            parser.Consume<DocumentEnd>();
            return new(path, root);
        }
        catch (YamlException e)
        {
            errors.Add(new("K001", new(path, (int)e.Start.Line), $"This is not valid YAML: {e.InnerException?.Message ?? e.Message}"));
            return null;
        }
    }

    private static Node Value(Parser parser, string path, List<KnowledgeError> errors)
    {
        var at = new SourceLine(path, (int)parser.Current!.Start.Line);
        if (parser.TryConsume<Scalar>(out var scalar))
            return new TextNode(at, scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Value is ("" or "~" or "null")) { IsQuoted = scalar.Style != ScalarStyle.Plain };
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = ImmutableArray.CreateBuilder<Node>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Value(parser, path, errors));
            return new ListNode(at, items.ToImmutable());
        }

        if (parser.TryConsume<AnchorAlias>(out _))
        {
            errors.Add(new("K002", at, "Aliases (*name) are not used here: write the value out."));
            return new TextNode(at, "", true);
        }

        parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var line = (int)parser.Current!.Start.Line;
            var key = parser.Consume<Scalar>().Value;
            var value = Value(parser, path, errors);
            if (entries.Any(e => e.Key == key)) errors.Add(new("K003", new(path, line), $"'{key}' stands here twice."));
            else entries.Add(new(key, value));
        }

        return new MapNode(at, entries.ToImmutable());
    }
}
