namespace ThinIce.Web.Shared;

/// <summary>A part of the body figure.</summary>
/// <param name="Region">The region of the contract that it stands for.</param>
/// <param name="Points">Its outline, in a field of 100 by 221.</param>
internal sealed record BodyShape(string Region, string Points);

/// <summary>The figure's shapes, from <c>body-shapes.txt</c>, which <c>npm run assets</c> makes out of body-highlighter (MIT).</summary>
internal static class BodyShapes
{
    /// <summary>Front and back.</summary>
    public static IReadOnlyList<IReadOnlyList<BodyShape>> Views { get; } = Read();

    private static List<IReadOnlyList<BodyShape>> Read()
    {
        using var file = new StreamReader(typeof(BodyShapes).Assembly.GetManifestResourceStream("ThinIce.Web.Shared.body-shapes.txt")
            ?? throw new InvalidOperationException("body-shapes.txt is missing from the build."));
        return [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#')).Select(l => l.Split('\t'))
            .GroupBy(l => l[0]).Select(view => (IReadOnlyList<BodyShape>)[.. view.Select(l => new BodyShape(l[1], l[2]))])];
    }
}
