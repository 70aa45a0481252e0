using System.Security.Cryptography;
using ThinIce.Core.Contract;

namespace ThinIce.Registry;

/// <summary>The knowledge that answers, with the bundle it came from so that it can be kept.</summary>
/// <param name="Answerer">What answers.</param>
/// <param name="Bundle">The bundle's bytes; empty where there is none to keep (knowledge from a folder that somebody is editing).</param>
public sealed record KnowledgeInUse(Answerer Answerer, ReadOnlyMemory<byte> Bundle);

/// <summary>Where a registry is and what it needs from outside.</summary>
public sealed record RegistryOptions
{
    /// <summary>Data folder. Made when it is not there; readable by its owner only.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Connection string of PostgreSQL; null for SQLite in the data folder.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>Folder of the master keys and the erasure ledger; null for <c>keys</c> in the data folder. Servers on one database share it, or hold copies.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>The address people reach this server under; null where nobody said. No link is made without it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Draws a number from 0 up to but not including 1, for sampling. Unpredictable unless a test says otherwise.</summary>
    public Func<double> Chance { get; init; } = () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    /// <summary>Version of the program, kept beside every answer.</summary>
    public string Program { get; init; } = typeof(RegistryOptions).Assembly.GetName().Version?.ToString(3) ?? "";

    internal string SqliteFile => Path.Combine(DataFolder, "registry.db");

    internal string Keys => KeyFolder ?? Path.Combine(DataFolder, "keys");
}
