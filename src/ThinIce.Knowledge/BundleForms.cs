using ThinIce.Core.Clinical;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge;

/// <summary>How <see cref="Kinship"/> stands in a bundle.</summary>
internal static class KinshipForm
{
    public static void Write(BinaryWriter writer, Kinship kinship)
    {
        writer.Write7BitEncodedInt(kinship.Ids.Length);
        for (var i = 0; i < kinship.Ids.Length; i++)
        {
            writer.Write(kinship.Ids[i]);
            writer.Write((byte)kinship.Kinds[i]);
            writer.Ints(kinship.Ancestors[i]);
            if (kinship.Kinds[i] != ConceptKind.Region) continue;
            writer.Write(kinship.Extents[i]);
            writer.Write(kinship.Above[i]);
        }
    }

    public static Kinship Read(ref BundleReader reader)
    {
        var count = reader.Int();
        var kinship = new Kinship(new string[count], new ConceptKind[count], new int[count][], new ulong[count], new ulong[count]);
        for (var i = 0; i < count; i++)
        {
            kinship.Ids[i] = reader.Text();
            kinship.Kinds[i] = (ConceptKind)reader.Byte();
            kinship.Ancestors[i] = reader.Ints();
            if (kinship.Kinds[i] != ConceptKind.Region) continue;
            (kinship.Extents[i], kinship.Above[i]) = (reader.Long(), reader.Long());
        }

        return kinship;
    }
}

/// <summary>How a <see cref="PhraseTable"/> stands in a bundle.</summary>
internal static class PhraseForm
{
    public static void Write(BinaryWriter writer, PhraseTable table)
    {
        writer.Write(table.Language);
        writer.Write7BitEncodedInt(table.Words.Length);
        foreach (var word in table.Words) writer.Write(word);
        writer.Ints(table.StepsFrom);
        writer.Ints(table.StepWords);
        writer.Ints(table.StepNodes);
        writer.Ints(table.MeaningsFrom);
        writer.Write7BitEncodedInt(table.Meanings.Length);
        foreach (var (concept, inFieldOnly, cue) in table.Meanings)
        {
            writer.Write7BitEncodedInt(concept + 1);
            writer.Write(inFieldOnly);
            writer.Write7BitEncodedInt(cue + 1);
        }
    }

    public static PhraseTable Read(ref BundleReader reader)
    {
        var language = reader.Text();
        var words = new string[reader.Int()];
        for (var i = 0; i < words.Length; i++) words[i] = reader.Text();
        var table = new PhraseTable(language, words, reader.Ints(), reader.Ints(), reader.Ints(), reader.Ints(), new Meaning[reader.Int()]);
        for (var i = 0; i < table.Meanings.Length; i++) table.Meanings[i] = new(reader.Int() - 1, reader.Byte() == 1, reader.Int() - 1);
        return table;
    }

    public static void Ints(this BinaryWriter writer, int[] values)
    {
        writer.Write7BitEncodedInt(values.Length);
        foreach (var value in values) writer.Write7BitEncodedInt(value);
    }
}
