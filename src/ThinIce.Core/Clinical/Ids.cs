namespace ThinIce.Core.Clinical;

/// <summary>A concept of the vocabulary: a condition, medicine, procedure, symptom, region, technique … or a class of them.</summary>
public readonly record struct ConceptId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A rule. Permanent, never reused.</summary>
public readonly record struct RuleId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A kind of harm; the ids of the contract keep their names.</summary>
public readonly record struct HarmId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A source in <c>knowledge/references/</c>.</summary>
public readonly record struct ReferenceId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A named condition in <c>knowledge/definitions/</c>, used by several rules.</summary>
public readonly record struct DefinitionId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A named number in <c>knowledge/measures/</c>, such as a dose or a score.</summary>
public readonly record struct MeasureId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
