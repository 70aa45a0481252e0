using ThinIce.Registry;

namespace ThinIce.Web.Delivery;

/// <summary>What became of handing a message over.</summary>
internal enum HandOver : byte
{
    /// <summary>It was taken.</summary>
    Taken,

    /// <summary>It was certainly not taken, and may be later.</summary>
    Later,

    /// <summary>It was refused for good.</summary>
    Refused,

    /// <summary>It was handed over and no word came back: nobody knows.</summary>
    Unknown,
}

/// <summary>Takes messages out of the house.</summary>
internal interface ICarrier
{
    /// <summary>Hands one message over. Never throws for what the other side does.</summary>
    Task<HandOver> CarryAsync(OutgoingMessage message, MessageText text, CancellationToken stop);

    /// <summary>No more for now.</summary>
    Task RestAsync();
}

/// <summary>The words of a message.</summary>
/// <param name="Subject">Subject; empty for a text message.</param>
/// <param name="Body">Words.</param>
/// <param name="OptOut">Address at which one says no more; null in messages to staff.</param>
internal sealed record MessageText(string Subject, string Body, Uri? OptOut);
