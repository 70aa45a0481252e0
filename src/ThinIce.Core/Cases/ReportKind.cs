namespace ThinIce.Core.Cases;

/// <summary>What is reported. A complaint about touch or boundaries is none of these: it goes its own, restricted way.</summary>
public enum ReportKind : byte
{
    /// <summary>Something unwanted happened to a person, caused by the massage or not.</summary>
    AdverseEvent = 1,

    /// <summary>It nearly happened, and was noticed in time.</summary>
    NearMiss,

    /// <summary>Nothing happened yet, and something could: a broken table, a stone heater without a thermometer.</summary>
    UnsafeCondition,

    /// <summary>A serious condition was there, and was not seen before or during the massage.</summary>
    MissedCondition,
}
