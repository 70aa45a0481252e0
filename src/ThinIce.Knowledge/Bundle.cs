using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge;

/// <summary>
/// The compiled knowledge in one file: the values of every file with each text stored once, and behind them what was worked
/// out from them. It opens quickly because nothing is read before somebody looks at it: a file, an entry of a list in a file,
/// a text. A checksum refuses a bundle that was cut short or altered by accident. It also names the build of the program that
/// checked it: another build may want other sentences or keys, and has to check for itself.
/// </summary>
internal sealed class Bundle
{
    private const int ChecksumAt = 8, ProgramAt = 12, VersionAt = 28;

    private const byte NullTag = 0, TextTag = 1, ListTag = 2, MapTag = 3;

    private static readonly byte[] Program = typeof(KnowledgeBase).Module.ModuleVersionId.ToByteArray();

    private readonly byte[] _bytes;
    private readonly int[] _textAt;
    private readonly string?[] _texts;
    private readonly HashSet<string> _retired = new(StringComparer.Ordinal);

    private Bundle(byte[] bytes)
    {
        _bytes = bytes;
        var reader = new BundleReader(bytes, VersionAt);
        Version = reader.Text();
        (IsReviewed, _textAt) = (reader.Byte() == 1, new int[reader.Int()]);
        _texts = new string?[_textAt.Length];
        for (var i = 0; i < _textAt.Length; i++)
        {
            _textAt[i] = reader.At;
            reader.Skip(reader.Int());
        }

        var files = new KnowledgeFile[reader.Int()];
        for (var i = 0; i < files.Length; i++)
        {
            var path = Text(reader.Int());
            files[i] = new(path, File(reader.At, new(path, 0)));
            Skip(ref reader);
        }

        for (var retired = reader.Int(); retired > 0; retired--) _retired.Add(reader.Text());
        Files = ImmutableCollectionsMarshal.AsImmutableArray(files);
        Kinship = KinshipForm.Read(ref reader);
        Phrases = new PhraseTable[reader.Int()];
        for (var i = 0; i < Phrases.Length; i++) Phrases[i] = PhraseForm.Read(ref reader);
    }

    private static ReadOnlySpan<byte> Magic => "THINICE2"u8;

    /// <summary>Version of the knowledge.</summary>
    public string Version { get; }

    /// <summary>Whether a clinician has reviewed every rule.</summary>
    public bool IsReviewed { get; }

    /// <summary>The files. The map of each, and the maps in its lists, are read when they are looked into.</summary>
    public ImmutableArray<KnowledgeFile> Files { get; }

    /// <summary>Whether a file holds a rule that is kept to be read and does not fire.</summary>
    public bool IsRetired(KnowledgeFile file) => _retired.Contains(file.Path);

    /// <summary>Who is a kind of whom, as it was worked out.</summary>
    public Kinship Kinship { get; }

    /// <summary>The phrases of each language, as they were made ready.</summary>
    public PhraseTable[] Phrases { get; }

    /// <summary>Beginning of the fingerprint of what the files say: the same content has the same on any machine.</summary>
    public static string Fingerprint(IReadOnlyList<KnowledgeFile> files) => Convert.ToHexStringLower(SHA256.HashData(Content(files)).AsSpan(0, 6));

    public static byte[] Write(IReadOnlyList<KnowledgeFile> files, KnowledgeBase knowledge)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(0);
        writer.Write(Program);
        writer.Write(knowledge.Version);
        writer.Write(knowledge.ReviewedByClinician);
        writer.Write(Content(files));
        Retired(writer, files, knowledge);
        KinshipForm.Write(writer, knowledge.Vocabulary.Kinship);
        writer.Write7BitEncodedInt(knowledge.Phrases.Count);
        foreach (var table in knowledge.Phrases) PhraseForm.Write(writer, table);
        writer.Flush();
        var bytes = stream.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(ChecksumAt), Checksum(bytes));
        return bytes;
    }

    /// <summary>Opens a bundle. Throws <see cref="InvalidDataException"/> when it is none, or was altered.</summary>
    public static Bundle Open(byte[] bytes)
    {
        if (bytes.Length < VersionAt || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic)) throw new InvalidDataException("This is not a knowledge bundle.");
        if (BitConverter.ToUInt32(bytes, ChecksumAt) != Checksum(bytes)) throw new InvalidDataException("The knowledge bundle was cut short or altered: build it again.");
        if (!bytes.AsSpan(ProgramAt, Program.Length).SequenceEqual(Program))
            throw new InvalidDataException("The knowledge bundle was built by another build of the program: build it again.");
        return new(bytes);
    }

    private static void Retired(BinaryWriter writer, IReadOnlyList<KnowledgeFile> files, KnowledgeBase knowledge)
    {
        var live = knowledge.Rules.Concat<Rule>(knowledge.Aftercare).Select(r => r.File).ToHashSet(StringComparer.Ordinal);
        var retired = files.Select(f => f.Path).Where(p => (p.StartsWith("rules/", StringComparison.Ordinal) || p.StartsWith("aftercare/", StringComparison.Ordinal)) && !live.Contains(p)).ToList();
        writer.Write7BitEncodedInt(retired.Count);
        foreach (var path in retired) writer.Write(path);
    }

    /// <summary>CRC-32C of everything behind it: enough against accident, and quicker than a fingerprint, which is against malice.</summary>
    private static uint Checksum(byte[] bytes)
    {
        var crc = uint.MaxValue;
        var at = ProgramAt;
        for (; at + 8 <= bytes.Length; at += 8) crc = BitOperations.Crc32C(crc, BitConverter.ToUInt64(bytes, at));
        for (; at < bytes.Length; at++) crc = BitOperations.Crc32C(crc, bytes[at]);
        return ~crc;
    }

    private static byte[] Content(IReadOnlyList<KnowledgeFile> files)
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
        return stream.ToArray();
    }

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

    private string Text(int index)
    {
        if (_texts[index] is { } known) return known;
        return _texts[index] = new BundleReader(_bytes, _textAt[index]).Text();
    }

    /// <summary>A file: a map whose lists hold entries.</summary>
    private Node File(int at, SourceLine line)
    {
        var reader = new BundleReader(_bytes, at);
        return reader.Byte() == MapTag ? new MapNode(line, null, () => Map(at, line, entriesLater: true)) : Node(ref reader, line, reader.At - 1);
    }

    private ImmutableArray<MapEntry> Map(int at, SourceLine line, bool entriesLater)
    {
        var reader = new BundleReader(_bytes, at + 1);
        return Map(ref reader, line, entriesLater);
    }

    private ImmutableArray<MapEntry> Map(ref BundleReader reader, SourceLine line, bool entriesLater)
    {
        var entries = ImmutableArray.CreateBuilder<MapEntry>(reader.Int());
        for (var i = entries.Capacity; i > 0; i--) entries.Add(new(Text(reader.Int()), Node(ref reader, line, reader.At, entriesLater)));
        return entries.MoveToImmutable();
    }

    private Node Node(ref BundleReader reader, SourceLine line, int at, bool entriesLater = false)
    {
        var tag = reader.Peek(at);
        reader.At = at + 1;
        if (tag is NullTag or TextTag) return new TextNode(line, Text(reader.Int()), tag == NullTag);
        if (tag == MapTag) return new MapNode(line, Map(ref reader, line, entriesLater: false));
        var items = ImmutableArray.CreateBuilder<Node>(reader.Int());
        for (var i = items.Capacity; i > 0; i--) items.Add(entriesLater ? Later(ref reader, line) : Node(ref reader, line, reader.At));
        return new ListNode(line, items.MoveToImmutable());
    }

    /// <summary>An item of a file's list: of a map only the id is read, where that stands first.</summary>
    private Node Later(ref BundleReader reader, SourceLine line)
    {
        var at = reader.At;
        if (reader.Peek(at) != MapTag) return Node(ref reader, line, at);
        Skip(ref reader);
        var first = new BundleReader(_bytes, at + 1);
        var id = first.Int() > 0 && Text(first.Int()) == "id" && first.Byte() == TextTag ? Text(first.Int()) : null;
        return new MapNode(line, id, () => Map(at, line, entriesLater: false));
    }

    private static void Skip(ref BundleReader reader)
    {
        var tag = reader.Byte();
        var count = reader.Int();
        if (tag is NullTag or TextTag) return;
        for (; count > 0; count--)
        {
            if (tag == MapTag) reader.Int();
            Skip(ref reader);
        }
    }
}
