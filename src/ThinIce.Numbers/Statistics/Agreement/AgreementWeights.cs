namespace ThinIce.Numbers.Statistics.Agreement;

/// <summary>How much agreement two ratings count as: 1 on the diagonal, between 0 and 1 beside it.</summary>
public static class AgreementWeights
{
    /// <summary>Only the same category counts. Weighted kappa with these is Cohen's kappa.</summary>
    public static double[,] Identity(int categories) => Make(categories, (i, j) => i == j ? 1 : 0);

    /// <summary>Linear in the distance of two ordered categories: 1 − |i − j| / (k − 1).</summary>
    public static double[,] Linear(int categories) => Make(categories, (i, j) => 1 - Math.Abs(i - j) / (categories - 1.0));

    /// <summary>Quadratic in the distance of two ordered categories (Fleiss and Cohen): 1 − (i − j)² / (k − 1)².</summary>
    public static double[,] Quadratic(int categories) => Make(categories, (i, j) => 1 - Math.Pow((i - j) / (categories - 1.0), 2));

    /// <summary>From weights of disagreement, as Cohen printed them in 1968: 1 − v / max v. Throws <see cref="ArgumentException"/> where none is above 0.</summary>
    public static double[,] FromDisagreement(double[,] disagreement)
    {
        ArgumentNullException.ThrowIfNull(disagreement);
        var most = disagreement.Cast<double>().Max();
        if (!(most > 0)) throw new ArgumentException("One weight of disagreement has to be above 0.", nameof(disagreement));
        return Make(disagreement.GetLength(0), (i, j) => 1 - disagreement[i, j] / most);
    }

    private static double[,] Make(int categories, Func<int, int, double> weight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(categories, 2);
        var weights = new double[categories, categories];
        for (var i = 0; i < categories; i++)
            for (var j = 0; j < categories; j++) weights[i, j] = weight(i, j);
        return weights;
    }
}
