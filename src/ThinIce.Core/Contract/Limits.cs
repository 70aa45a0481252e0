namespace ThinIce.Core.Contract;

/// <summary>How much input is read. Convention; a person's intake is a hundredth of it.</summary>
public static class Limits
{
    /// <summary>Characters in one item of words.</summary>
    public const int ItemLength = 2_000;

    /// <summary>Items in one list.</summary>
    public const int ListLength = 200;

    /// <summary>Characters in an id.</summary>
    public const int IdLength = 200;

    /// <summary>Bytes of one intake.</summary>
    public const int IntakeBytes = 256 * 1024;

    /// <summary>Bytes of one request.</summary>
    public const int RequestBytes = 32 * 1024 * 1024;
}
