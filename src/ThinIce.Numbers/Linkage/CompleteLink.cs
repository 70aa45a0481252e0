namespace ThinIce.Numbers.Linkage;

/// <summary>
/// Groups in which every two records are suspected pairs. Groups join from the surest pair on, when every pair across them is suspected; so one
/// wrong pair cannot tie two groups together as it does with single links.
/// </summary>
internal static class CompleteLink
{
    /// <summary>For each record its group, from 1 in the order of the first record, or 0.</summary>
    public static int[] Groups(IReadOnlyList<(ulong Pair, double Odds)> suspected, int count, Func<ulong, bool> isSuspected)
    {
        var members = new Dictionary<int, List<int>>();
        var home = Enumerable.Range(0, count).ToArray();
        List<int> Of(int group) => members.TryGetValue(group, out var list) ? list : members[group] = [group];
        foreach (var (pair, _) in suspected)
        {
            var (a, b) = (home[(int)(pair >> 32)], home[(int)(uint)pair]);
            if (a == b) continue;
            var (x, y) = (Of(a), Of(b));
            if (!x.All(i => y.All(j => isSuspected(CandidatePairs.Pair(i, j))))) continue;
            foreach (var record in y) home[record] = a;
            x.AddRange(y);
            members.Remove(b);
        }

        return Numbered(home, members);
    }

    private static int[] Numbered(int[] home, Dictionary<int, List<int>> members)
    {
        var (numbers, result) = (new Dictionary<int, int>(), new int[home.Length]);
        for (var r = 0; r < home.Length; r++)
        {
            if (!members.TryGetValue(home[r], out var list) || list.Count < 2) continue;
            if (!numbers.TryGetValue(home[r], out var number)) numbers[home[r]] = number = numbers.Count + 1;
            result[r] = number;
        }

        return result;
    }
}
