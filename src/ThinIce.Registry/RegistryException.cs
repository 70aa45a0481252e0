using ThinIce.Core.Contract;

namespace ThinIce.Registry;

/// <summary>The registry cannot be opened or read as it is: a key is missing, a database does not answer. Carries a coded problem; names files and keys, never people.</summary>
public sealed class RegistryException : Exception
{
    /// <summary>For serializers; do not use.</summary>
    public RegistryException()
        : this(Problems.Internal, "")
    {
    }

    /// <summary>An internal fault.</summary>
    public RegistryException(string message)
        : this(Problems.Internal, message)
    {
    }

    /// <summary>An internal fault with its cause.</summary>
    public RegistryException(string message, Exception inner)
        : base(message, inner) => Problem = new(Problems.Internal, message, "");

    /// <summary>A coded problem.</summary>
    public RegistryException(string code, string message, string path = "")
        : base($"{code}: {message}") => Problem = new(code, message, path);

    /// <summary>What is wrong and what to do.</summary>
    public Problem Problem { get; }
}
