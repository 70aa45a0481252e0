using System.Text;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Keys;

/// <summary>The key of one person, unwrapped, for as long as one act lasts. Never kept between acts: erasure takes effect at once.</summary>
public sealed class SubjectKey
{
    private readonly byte[] _key;

    internal SubjectKey(Guid subject, byte[] key) => (Subject, _key) = (subject, key);

    internal Guid Subject { get; }

    internal SealedText? Seal(string? text, string column) =>
        text is null ? null : new(Sealing.Seal(_key, Encoding.UTF8.GetBytes(text), Bound(column)));

    internal string? Open(SealedText? text, string column) =>
        text?.Bytes is { } bytes ? Encoding.UTF8.GetString(Sealing.Open(_key, bytes, Bound(column))) : null;

    internal byte[] SealBytes(ReadOnlySpan<byte> bytes, string column) => Sealing.Seal(_key, bytes, Bound(column));

    internal byte[] OpenBytes(ReadOnlySpan<byte> bytes, string column) => Sealing.Open(_key, bytes, Bound(column));

    private byte[] Bound(string column) => Encoding.UTF8.GetBytes($"{Subject:N}|{column}");
}
