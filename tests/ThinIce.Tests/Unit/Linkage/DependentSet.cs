using System.Globalization;
using ThinIce.Numbers.Linkage;

namespace ThinIce.Tests.Unit.Linkage;

/// <summary>Reports of which day, second day, harms and words go together in different people: what a registry holds.</summary>
internal static class DependentSet
{
    /// <summary>So many people (p0 …), of whom the first are told again (c0 …) with an age a year off, another time and a gap now and then.</summary>
    public static RecordSet Make(int people, int copies, int seed)
    {
        var random = new Random(seed);
        var set = new RecordSet([
            new("age", FieldKind.Number), new("sex", FieldKind.Category), new("session", FieldKind.Date), new("noticed", FieldKind.Date), new("harm", FieldKind.Category),
            new("technique", FieldKind.Category), new("place", FieldKind.Name), new("minutes", FieldKind.Number), new("words", FieldKind.Text)]);
        for (var i = 0; i < people; i++)
        {
            var person = Person(random);
            set.Add($"p{i}", person);
            if (i < copies) set.Add($"c{i}", Again(person, random));
        }

        return set;
    }

    private static string[] Person(Random random)
    {
        var (session, harm) = (new DateTime(2016, 1, 1).AddDays(random.Next(2_000)), random.Next(40));
        var place = string.Concat(Enumerable.Range(0, 2).Select(_ => "ba ren tor mil ham lin sto wick ley gar dun fel".Split(' ')[random.Next(12)]));
        return [
            random.Next(18, 90).ToString(CultureInfo.InvariantCulture), random.Next(3) == 0 ? "male" : "female", Day(session), Day(session.AddDays(random.Next(3))), $"harm {harm}", $"technique {random.Next(9)}", place,
            (random.Next(2, 18) * 5).ToString(CultureInfo.InvariantCulture), $"after the massage in {place} I noticed what the doctor later called harm{harm} kind{harm} sign{harm} and it took long"];
    }

    private static string[] Again(string[] person, Random random)
    {
        string[] again = [.. person];
        again[0] = (int.Parse(person[0], CultureInfo.InvariantCulture) + random.Next(2)).ToString(CultureInfo.InvariantCulture);
        if (random.Next(4) == 0) again[7] = (random.Next(2, 18) * 5).ToString(CultureInfo.InvariantCulture);
        if (random.Next(3) == 0) again[random.Next(again.Length)] = "";
        return again;
    }

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
