using System.Collections;
using System.Reflection;
using ThinIce.Core;
using ThinIce.Core.Words;
using ThinIce.Knowledge;
using ThinIce.TestSupport;
using Xunit;

namespace ThinIce.Tests.Unit;

/// <summary>The compiled bundle says what the folder says, entry for entry, and is refused when it is damaged.</summary>
public sealed class BundleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly string _bundle;

    public BundleTests()
    {
        _bundle = Path.Combine(_folder, "k");
        Assert.Empty(KnowledgeFolder.Build(Repository.Knowledge, _bundle).Errors);
    }

    [Fact]
    public void A_bundle_says_what_the_folder_says_to_the_last_entry()
    {
        var (folder, bundle) = (Repository.Compiled, KnowledgeFolder.Load(_bundle));

        Assert.Empty(Differences(folder, bundle, "knowledge").Take(5));
    }

    [Fact]
    public void A_bundle_holds_the_phrases_and_the_kinship_that_are_worked_out_anew_from_its_concepts()
    {
        var bundle = KnowledgeFolder.Load(_bundle);

        var kinship = Core.Clinical.Kinship.Of(bundle.Vocabulary.Concepts);
        for (var i = 0; i < bundle.Vocabulary.Concepts.Length; i++)
        {
            Assert.Equal(kinship.Ids[i], bundle.Vocabulary.Kinship.Ids[i]);
            Assert.Equal(kinship.KindOf(i), bundle.Vocabulary.KindOf(i));
            Assert.Equal(kinship.AncestorsOf(i), bundle.Vocabulary.AncestorsOf(i));
            Assert.Equal((kinship.ExtentOf(i), kinship.AboveOf(i)), (bundle.Vocabulary.ExtentOf(i), bundle.Vocabulary.AboveOf(i)));
        }

        foreach (var table in bundle.Phrases)
        {
            var anew = PhraseTable.Of(bundle.Vocabulary.Concepts, bundle.Languages[table.Language]);
            Assert.Equal(anew.Words, table.Words);
            Assert.Equal(anew.StepsFrom, table.StepsFrom);
            Assert.Equal(anew.StepWords, table.StepWords);
            Assert.Equal(anew.StepNodes, table.StepNodes);
            Assert.Equal(anew.MeaningsFrom, table.MeaningsFrom);
            Assert.Equal(anew.Meanings, table.Meanings);
        }
    }

    [Fact]
    public void The_same_folder_makes_the_same_bundle()
    {
        var again = Path.Combine(_folder, "again");
        KnowledgeFolder.Build(Repository.Knowledge, again);

        Assert.Equal(File.ReadAllBytes(_bundle), File.ReadAllBytes(again));
    }

    [Fact]
    public void One_altered_bit_anywhere_is_refused()
    {
        var bytes = File.ReadAllBytes(_bundle);
        // A prime step, so that every part of the file and every place within eight bytes has its turn.
        for (var at = 0; at < bytes.Length; at += 99_991)
        {
            bytes[at] ^= 4;
            File.WriteAllBytes(_bundle, bytes);
            Assert.Throws<InvalidDataException>(() => KnowledgeFolder.Load(_bundle));
            bytes[at] ^= 4;
        }

        File.WriteAllBytes(_bundle, bytes);
        Assert.Equal(Repository.Compiled.Version, KnowledgeFolder.Load(_bundle).Version);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(27)]
    [InlineData(28)]
    [InlineData(60_000)]
    public void A_bundle_that_was_cut_short_is_refused(int length)
    {
        File.WriteAllBytes(_bundle, File.ReadAllBytes(_bundle)[..length]);

        Assert.Throws<InvalidDataException>(() => KnowledgeFolder.Load(_bundle));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Where two values differ, property by property: a property that a bundle forgets is found here.</summary>
    private static IEnumerable<string> Differences(object? one, object? other, string path)
    {
        if (one is null || other is null || one.GetType() != other.GetType())
        {
            if (!Equals(one, other)) yield return path;
        }
        else if (one is string || one.GetType().IsPrimitive || one.GetType().IsEnum)
        {
            if (!one.Equals(other)) yield return $"{path}: {one} and {other}";
        }
        else
        {
            foreach (var property in one.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike))
            {
                if (one is IEnumerable && property.Name is not ("Length" or "Count")) continue;
                foreach (var difference in Differences(property.GetValue(one), property.GetValue(other), $"{path}.{property.Name}")) yield return difference;
            }

            if (one is not IEnumerable many) yield break;
            var others = ((IEnumerable)other).Cast<object?>().ToList();
            var at = 0;
            foreach (var item in many.Cast<object?>())
            {
                foreach (var difference in Differences(item, others.ElementAtOrDefault(at), $"{path}[{at}]")) yield return difference;
                at++;
            }
        }
    }
}
