using System.Text;

namespace ThinIce.Knowledge;

/// <summary>Reads numbers and texts of a bundle one after the other.</summary>
internal struct BundleReader(byte[] bytes, int at)
{
    /// <summary>Where it stands.</summary>
    public int At { get; set; } = at;

    public readonly byte Peek(int place) => bytes[place];

    public byte Byte() => bytes[At++];

    public void Skip(int length) => At += length;

    /// <summary>A whole number, as <see cref="BinaryWriter.Write7BitEncodedInt"/> writes it.</summary>
    public int Int()
    {
        var (value, shift, at) = (0, 0, At);
        byte part;
        do
        {
            part = bytes[at++];
            value |= (part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80);

        At = at;
        return value;
    }

    public ulong Long()
    {
        At += 8;
        return BitConverter.ToUInt64(bytes, At - 8);
    }

    public string Text()
    {
        var length = Int();
        At += length;
        return Encoding.UTF8.GetString(bytes, At - length, length);
    }

    public int[] Ints()
    {
        var values = new int[Int()];
        for (var i = 0; i < values.Length; i++) values[i] = Int();
        return values;
    }
}
