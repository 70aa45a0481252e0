namespace ThinIce.Numbers.Statistics.Power;

/// <summary>
/// From independent people to those who have to be invited: clients of one therapist are alike, and not everybody answers.
/// The design effect 1 + (m − 1)·ICC is Kish's, for clusters of one size; it does not say that those who stay away are like those
/// who answer.
/// </summary>
/// <param name="ClusterSize">People or visits in each cluster (therapist, client), at least 1.</param>
/// <param name="Icc">Intra-cluster correlation, from 0 to 1.</param>
/// <param name="Response">Share of the invited who answer, above 0, at most 1.</param>
public sealed record DesignInflation(double ClusterSize = 1, double Icc = 0, double Response = 1)
{
    /// <summary>How many times larger the variance is than with independent people.</summary>
    public double DesignEffect => 1 + (ClusterSize - 1) * Icc;

    /// <summary>Answers needed for as much information as so many independent people.</summary>
    public double Answers(double independent) => Math.Ceiling(independent * DesignEffect - 1e-9);

    /// <summary>People to invite for it.</summary>
    public double Invitations(double independent) => Math.Ceiling(Answers(independent) / Response - 1e-9);

    /// <summary>Independent people that so many answers are worth.</summary>
    public double Effective(double answers) => answers / DesignEffect;

    /// <summary>Whether all three are in their range.</summary>
    public bool IsPossible => ClusterSize >= 1 && Icc is >= 0 and <= 1 && Response is > 0 and <= 1;
}
