namespace ThinIce.Numbers.Statistics.Clusters;

/// <summary>One answer about one visit, with the client and the therapist it belongs to.</summary>
/// <param name="Therapist">The outermost group whose members are alike: therapist or clinic.</param>
/// <param name="Client">The client, within the therapist; the same words under two therapists are two clients.</param>
/// <param name="Event">Whether the event came after this visit.</param>
/// <param name="Weight">Sampling weight, above 0: how many visits this one stands for.</param>
public sealed record SurveyAnswer(string Therapist, string Client, bool Event, double Weight = 1);

/// <summary>One outermost cluster added up.</summary>
/// <param name="Events">Sum of weights of answers with the event.</param>
/// <param name="Size">Sum of weights of all answers.</param>
/// <param name="Count">Number of answers.</param>
public readonly record struct ClusterTotal(double Events, double Size, double Count);

/// <summary>Which interval is put around a clustered proportion.</summary>
public enum ClusterMethod
{
    /// <summary>Wilson's score interval at the effective size, with t on clusters − 1 degrees. The default: nearest to its level in simulation. <c>cluster-wilson</c></summary>
    Wilson,

    /// <summary>Korn and Graubard 1998: Clopper and Pearson's at the effective size adjusted for degrees of freedom (svyciprop, "beta"). Above its level as a rule. <c>korn-graubard</c></summary>
    KornGraubard,

    /// <summary>Log-odds ± t·SE (svyciprop, "logit"). Not defined with no event or nothing but events. <c>cluster-logit</c></summary>
    Logit,
}
