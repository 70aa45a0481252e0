namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>How the heterogeneity τ² between studies is estimated; every result is labelled with it, since it moves the answer.</summary>
public enum PoolMethod
{
    /// <summary>One common effect, τ² = 0. <c>fixed</c></summary>
    Fixed,

    /// <summary>DerSimonian and Laird 1986. <c>dl</c></summary>
    DerSimonianLaird,

    /// <summary>Restricted maximum likelihood. <c>reml</c></summary>
    RestrictedMaximumLikelihood,

    /// <summary>Paule and Mandel 1982 (the same as empirical Bayes). <c>pm</c></summary>
    PauleMandel,

    /// <summary>Maximum likelihood. <c>ml</c></summary>
    MaximumLikelihood,

    /// <summary>Hunter and Schmidt. <c>hs</c></summary>
    HunterSchmidt,

    /// <summary>Sidik and Jonkman 2005. <c>sj</c></summary>
    SidikJonkman,

    /// <summary>Hedges (Cochran). <c>he</c></summary>
    Hedges,

    /// <summary>
    /// Binomial-normal model for proportions, Poisson-normal for rates: a normal random effect on the log-odds or log-rate, and the
    /// counts themselves, with no ½ added to a zero. <c>glmm</c>
    /// </summary>
    Glmm,
}

/// <summary>Names of the methods.</summary>
public static class PoolMethods
{
    private static readonly (PoolMethod Method, string Name, string Words)[] All =
    [
        (PoolMethod.Fixed, "fixed", "common effect (inverse variance)"), (PoolMethod.DerSimonianLaird, "dl", "random effects, DerSimonian-Laird"),
        (PoolMethod.RestrictedMaximumLikelihood, "reml", "random effects, restricted maximum likelihood"), (PoolMethod.PauleMandel, "pm", "random effects, Paule-Mandel"),
        (PoolMethod.MaximumLikelihood, "ml", "random effects, maximum likelihood"), (PoolMethod.HunterSchmidt, "hs", "random effects, Hunter-Schmidt"),
        (PoolMethod.SidikJonkman, "sj", "random effects, Sidik-Jonkman"), (PoolMethod.Hedges, "he", "random effects, Hedges"), (PoolMethod.Glmm, "glmm", "random effects on the counts themselves (GLMM)"),
    ];

    /// <summary>All names, as options take them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(m => m.Name)];

    /// <summary>Name in options and outputs.</summary>
    public static string Name(PoolMethod method) => All[(int)method].Name;

    /// <summary>Name in words.</summary>
    public static string InWords(PoolMethod method) => All[(int)method].Words;

    /// <summary>The method of a name of <see cref="Names"/>.</summary>
    public static PoolMethod Parse(string name) => All.First(m => m.Name == name).Method;
}
