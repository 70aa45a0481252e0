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
            writer.Write((byte)kinship.KindOf(i));
            writer.Ints(kinship.AncestorsOf(i));
            if (kinship.KindOf(i) != ConceptKind.Region) continue;
            writer.Write(kinship.ExtentOf(i));
            writer.Write(kinship.AboveOf(i));
        }
    }

    public static Kinship Read(ref BundleReader reader)
    {
        var count = reader.Int();
        var (ids, kinds, ancestors, extents, above) = (new string[count], new ConceptKind[count], new int[count][], new ulong[count], new ulong[count]);
        for (var i = 0; i < count; i++)
        {
            (ids[i], kinds[i], ancestors[i]) = (reader.Text(), (ConceptKind)reader.Byte(), reader.Ints());
            if (kinds[i] == ConceptKind.Region) (extents[i], above[i]) = (reader.Long(), reader.Long());
        }

        return new(ids, kinds, ancestors, extents, above);
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
        var (stepsFrom, stepWords, stepNodes, meaningsFrom) = (reader.Ints(), reader.Ints(), reader.Ints(), reader.Ints());
        var meanings = new Meaning[reader.Int()];
        for (var i = 0; i < meanings.Length; i++) meanings[i] = new(reader.Int() - 1, reader.Byte() == 1, reader.Int() - 1);
        return new(language, words, stepsFrom, stepWords, stepNodes, meaningsFrom, meanings);
    }

    public static void Ints(this BinaryWriter writer, ReadOnlySpan<int> values)
    {
        writer.Write7BitEncodedInt(values.Length);
        foreach (var value in values) writer.Write7BitEncodedInt(value);
    }
}
