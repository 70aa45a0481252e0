using System.Globalization;
using ThinIce.Core;

namespace ThinIce.Bench;

/// <summary>A report that was made up.</summary>
/// <param name="Id">Its identifier, which does not tell the person.</param>
/// <param name="Person">Whose it is; reports of one person are duplicates.</param>
/// <param name="Values">In the order of <see cref="MadeReports.Columns"/>.</param>
internal sealed record MadeReport(string Id, int Person, string[] Values);

/// <summary>
/// Makes reports out of published cases: each person is a new one with the harms and words of one case, and some are reported again by somebody
/// else, who tells it otherwise: sentences left out or in another order, slips of typing, an age a year off, a date with day and month swapped or
/// some days off, a harm more or less, gaps. The same seed makes the same reports.
/// </summary>
internal sealed class MadeReports(IReadOnlyList<(IReadOnlyList<string> Harms, string Story)> cases, int seed)
{
    /// <summary>Names and kinds of the columns.</summary>
    public static readonly (string Column, string Kind)[] Columns =
    [
        ("age", "number"), ("sex", "category"), ("session", "date"), ("noticed", "date"), ("harms", "code"), ("technique", "category"),
        ("provider", "category"), ("place", "name"), ("minutes", "number"), ("reference", "code"), ("words", "text"),
    ];

    private static readonly string[] Techniques = ["swedish", "thai", "shiatsu", "hot stone", "cupping", "sports", "chair", "deep", "gun"], Providers = ["therapist", "student", "friend", "machine"],
        Syllables = ["ba", "ren", "tor", "mil", "ham", "lin", "sto", "wick", "ley", "gar", "dun", "fel"],
        Details = ["I had come from work", "my sister had given it to me as a present", "it was the first time I went there", "I told them it hurt", "nobody asked me anything before", "the room was cold", "I go there every month",
            "it was on holiday", "I had slept badly", "they used a lot of oil", "he pressed with his elbow", "she worked on one spot for long", "I drove home by myself", "my husband called the doctor", "I was sent home again", "I missed three days of work",
            "the shop has closed since", "I never got an answer", "I had a scan later", "they gave me tablets"],
        Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private readonly Random random = new(seed);

    /// <summary>Out of the published cases that tell a story.</summary>
    public static MadeReports OfPublished(KnowledgeBase knowledge) => new([.. knowledge.Published.Where(c => c.Story.In("en").Length > 0).Select(c => ((IReadOnlyList<string>)[.. c.Harms.Select(h => h.Value)], c.Story.In("en")))], seed: 7);

    /// <summary>So many reports in random order; the share is of people who are reported again, one in five of them twice.</summary>
    public List<MadeReport> Make(int reports, double share)
    {
        List<(int Person, string[] Values)> made = [];
        for (var person = 0; made.Count < reports; person++)
        {
            var first = Fresh();
            made.Add((person, Blurred(first, gaps: 0.04)));
            if (random.NextDouble() >= share) continue;
            for (var again = random.NextDouble() < 0.2 ? 2 : 1; again > 0; again--) made.Add((person, Blurred(Retold(first), gaps: 0.1)));
        }

        var order = Enumerable.Range(0, reports).ToArray();
        random.Shuffle(order);
        return [.. order.Select((o, i) => new MadeReport(FormattableString.Invariant($"R{i + 1:D6}"), made[o].Person, made[o].Values))];
    }

    private string[] Fresh()
    {
        var (harms, story) = Pick(cases);
        var session = new DateTime(2016, 1, 1).AddDays(random.Next(3650));
        var sentences = story.Split(". ", StringSplitOptions.RemoveEmptyEntries).Select(s => s.Trim('.', ' ')).Concat(Pick(Details, 2))
            .Append($"It was a {Pick(Days)} and took {random.Next(4, 18) * 5} minutes, {Place()} was where it happened");
        return [Age(), random.NextDouble() < 0.65 ? "female" : "male", Day(session), Day(session.AddDays(Math.Floor(-Math.Log(1 - random.NextDouble()) * 2))), string.Join('|', harms), Pick(Techniques), Pick(Providers),
            Place(), (random.Next(2, 18) * 5).ToString(CultureInfo.InvariantCulture), random.NextDouble() < 0.15 ? $"AB{random.Next(100_000, 999_999)}" : "", string.Join(". ", sentences)];
    }

    private string[] Retold(string[] first)
    {
        string[] again = [.. first];
        if (random.NextDouble() < 0.12) again[0] = (int.Parse(first[0], CultureInfo.InvariantCulture) + (random.Next(2) * 2 - 1)).ToString(CultureInfo.InvariantCulture);
        if (random.NextDouble() < 0.02) again[1] = first[1] == "male" ? "female" : "male";
        (again[2], again[3]) = (Misdated(first[2]), Misdated(first[3]));
        var harms = first[4].Split('|').ToList();
        if (random.NextDouble() < 0.15) harms.Add(Pick(Pick(cases).Harms));
        if (harms.Count > 1 && random.NextDouble() < 0.15) harms.RemoveAt(random.Next(harms.Count));
        again[4] = string.Join('|', harms.Distinct());
        if (random.NextDouble() < 0.1) again[5] = Pick(Techniques);
        if (random.NextDouble() < 0.05) again[6] = Pick(Providers);
        again[7] = Slip(first[7], 0.1);
        if (random.NextDouble() < 0.3) again[8] = (random.Next(2, 18) * 5).ToString(CultureInfo.InvariantCulture);
        var sentences = first[10].Split(". ").Where(_ => random.NextDouble() > 0.25).Select(s => string.Join(' ', s.Split(' ').Select(w => Slip(w, 0.04)))).Append(Pick(Details)).ToArray();
        if (random.NextDouble() < 0.5) random.Shuffle(sentences);
        again[10] = string.Join(". ", sentences);
        return again;
    }

    private string Misdated(string day)
    {
        var date = DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var chance = random.NextDouble();
        if (chance < 0.08) return Day(date.AddDays(random.Next(-4, 5)));
        return chance < 0.12 && date.Day <= 12 ? Day(new(date.Year, date.Day, date.Month)) : chance < 0.16 ? Slip(day, 1) : day;
    }

    private string[] Blurred(string[] values, double gaps) => [.. values.Select(v => random.NextDouble() < gaps ? "" : v)];

    private string Slip(string word, double chance)
    {
        if (word.Length < 3 || random.NextDouble() >= chance) return word;
        var at = random.Next(word.Length - 1);
        return random.Next(3) switch
        {
            0 => word.Remove(at, 1),
            1 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            _ => char.IsAsciiDigit(word[at]) ? word[..at] + random.Next(10) + word[(at + 1)..] : word[..at] + (char)('a' + random.Next(26)) + word[(at + 1)..],
        };
    }

    // Ages of those who are massaged: most between 25 and 65.
    private string Age() => Math.Clamp((int)Math.Round(45 + 16 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())), 1, 95).ToString(CultureInfo.InvariantCulture);

    private string Place() => Pick(Syllables) + Pick(Syllables) + (random.Next(3) == 0 ? Pick(Syllables) : "");

    private static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private IEnumerable<string> Pick(string[] from, int times) => [.. Enumerable.Range(0, times).Select(_ => Pick(from))];
}
