using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ThinIce.Knowledge;

/// <summary>
/// The compiled knowledge in one file: every file's values with each text stored once, a fingerprint of the content as
/// version, and a checksum, so that a bundle that was cut short or altered is refused and never half-read. It also names the
/// build of the program that checked it: another build may want other sentences or keys, and has to check for itself.
/// </summary>
internal static class Bundle
{
    private static ReadOnlySpan<byte> Magic => "THINICE1"u8;

    private static readonly byte[] Program = typeof(Core.KnowledgeBase).Module.ModuleVersionId.ToByteArray();

    private const byte NullTag = 0, TextTag = 1, ListTag = 2, MapTag = 3;

    public static byte[] Write(IReadOnlyList<KnowledgeFile> files)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in files) Collect(file.Root, texts);
        foreach (var file in files) texts.TryAdd(file.Path, texts.Count);
        writer.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts.Keys) writer.Write(text);
        writer.Write7BitEncodedInt(files.Count);
        foreach (var file in files)
        {
            writer.Write7BitEncodedInt(texts[file.Path]);
            Write(writer, file.Root, texts);
        }

        writer.Flush();
        var body = stream.ToArray();
        return [.. Magic, .. SHA256.HashData(body), .. Program, .. body];
    }

    /// <summary>The files of a bundle. Throws <see cref="InvalidDataException"/> when it is none, or was altered.</summary>
    public static ImmutableArray<KnowledgeFile> Read(byte[] bytes, bool ofAnyBuild = false)
    {
        var head = Magic.Length + SHA256.HashSizeInBytes + Program.Length;
        if (bytes.Length < head || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic)) throw new InvalidDataException("This is not a knowledge bundle.");
        var body = bytes.AsMemory(head);
        if (!SHA256.HashData(body.Span).AsSpan().SequenceEqual(bytes.AsSpan(Magic.Length, SHA256.HashSizeInBytes)))
            throw new InvalidDataException("The knowledge bundle was cut short or altered: build it again.");
        if (!ofAnyBuild && !bytes.AsSpan(Magic.Length + SHA256.HashSizeInBytes, Program.Length).SequenceEqual(Program))
            throw new InvalidDataException("The knowledge bundle was built by another build of the program: build it again.");
        using var reader = new BinaryReader(new MemoryStream(bytes, head, bytes.Length - head), Encoding.UTF8);
        var texts = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
        var files = ImmutableArray.CreateBuilder<KnowledgeFile>(reader.Read7BitEncodedInt());
        for (var i = 0; i < files.Capacity; i++)
        {
            var path = texts[reader.Read7BitEncodedInt()];
            files.Add(new(path, Read(reader, texts, new(path, 0))));
        }

        return files.MoveToImmutable();
    }

    /// <summary>First twelve hexadecimal digits of the content's SHA-256: the same content has the same version anywhere.</summary>
    public static string Fingerprint(byte[] bundle) =>
        Convert.ToHexStringLower(bundle.AsSpan(Magic.Length, 6));

    private static void Collect(Node node, Dictionary<string, int> texts)
    {
        switch (node)
        {
            case TextNode text: texts.TryAdd(text.Text, texts.Count); break;
            case ListNode list: foreach (var item in list.Items) Collect(item, texts); break;
            case MapNode map:
                foreach (var (key, value) in map.Entries)
                {
                    texts.TryAdd(key, texts.Count);
                    Collect(value, texts);
                }

                break;
            default: break;
        }
    }

    private static void Write(BinaryWriter writer, Node node, Dictionary<string, int> texts)
    {
        switch (node)
        {
            case TextNode text:
                writer.Write(text.IsNull ? NullTag : TextTag);
                writer.Write7BitEncodedInt(texts[text.Text]);
                break;
            case ListNode list:
                writer.Write(ListTag);
                writer.Write7BitEncodedInt(list.Items.Length);
                foreach (var item in list.Items) Write(writer, item, texts);
                break;
            case MapNode map:
                writer.Write(MapTag);
                writer.Write7BitEncodedInt(map.Entries.Length);
                foreach (var (key, value) in map.Entries)
                {
                    writer.Write7BitEncodedInt(texts[key]);
                    Write(writer, value, texts);
                }

                break;
            default: throw new InvalidOperationException($"No bundle form for {node.GetType().Name}.");
        }
    }

    private static Node Read(BinaryReader reader, string[] texts, SourceLine at)
    {
        var tag = reader.ReadByte();
        if (tag is NullTag or TextTag) return new TextNode(at, texts[reader.Read7BitEncodedInt()], tag == NullTag);
        var count = reader.Read7BitEncodedInt();
        if (tag == ListTag)
        {
            var items = ImmutableArray.CreateBuilder<Node>(count);
            for (var i = 0; i < count; i++) items.Add(Read(reader, texts, at));
            return new ListNode(at, items.MoveToImmutable());
        }

        var entries = ImmutableArray.CreateBuilder<MapEntry>(count);
        for (var i = 0; i < count; i++)
        {
            var key = texts[reader.Read7BitEncodedInt()];
            entries.Add(new(key, Read(reader, texts, at)));
        }

        return new MapNode(at, entries.MoveToImmutable());
    }
}
