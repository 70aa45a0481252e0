using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ThinIce.Web.Features.Reading;

/// <summary>A shape of the body figure.</summary>
/// <param name="IsBack">Whether it is seen from behind.</param>
/// <param name="Part">Its name.</param>
/// <param name="Points">Its corners, as SVG writes them; a view is 100 wide and 200 high.</param>
internal sealed record BodyShape(bool IsBack, string Part, string Points)
{
    /// <summary>All shapes, and which of them show which region: <c>body.txt</c> beside this file.</summary>
    public static ImmutableArray<BodyShape> All { get; }

    private static readonly FrozenDictionary<string, ImmutableArray<string>> Shown;

    static BodyShape()
    {
        using var stream = typeof(BodyShape).Assembly.GetManifestResourceStream("ThinIce.Web.Features.Reading.body.txt")
            ?? throw new InvalidOperationException("body.txt is missing from the build.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Select(line => line.Split(": ")).Where(line => line.Length == 2).ToList();
        Shown = lines.Where(l => l[0].StartsWith("region ", StringComparison.Ordinal)).ToFrozenDictionary(l => l[0]["region ".Length..], l => l[1].Split(", ").ToImmutableArray());
        All = [.. lines.Where(l => l[0].StartsWith("shape ", StringComparison.Ordinal)).Select(l => (Name: l[0]["shape ".Length..], Points: l[1]))
            .Select(l => new BodyShape(l.Name.StartsWith("back ", StringComparison.Ordinal), l.Name, l.Points))];
    }

    /// <summary>Whether the figure can show a region.</summary>
    public static bool CanShow(string region) => Shown.ContainsKey(region);

    /// <summary>Whether this shape shows one of the regions.</summary>
    public bool Shows(IEnumerable<string> regions) => regions.Any(r => Shown.TryGetValue(r, out var parts) && parts.Contains(Part));
}
