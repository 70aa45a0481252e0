using System.Security.Cryptography;

namespace ThinIce.Registry.Keys;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits: version byte, nonce, tag, ciphertext. What it is bound to
/// (whose, which column) is authenticated with it, so that a ciphertext moved elsewhere does not open.
/// </summary>
internal static class Sealing
{
    public const int KeyBytes = 32;
    private const byte Version = 1;
    private const int NonceBytes = 12, TagBytes = 16, Head = 1 + NonceBytes + TagBytes;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> boundTo)
    {
        var result = new byte[Head + plain.Length];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, result.AsSpan(Head), result.AsSpan(1 + NonceBytes, TagBytes), boundTo);
        return result;
    }

    /// <summary>Opens it. Throws <see cref="CryptographicException"/> when it was altered, moved, or sealed with another key.</summary>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> boundTo)
    {
        if (box.Length < Head || box[0] != Version) throw new CryptographicException("Not a sealed text of this version.");
        var plain = new byte[box.Length - Head];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box.Slice(1, NonceBytes), box[Head..], box.Slice(1 + NonceBytes, TagBytes), plain, boundTo);
        return plain;
    }
}
