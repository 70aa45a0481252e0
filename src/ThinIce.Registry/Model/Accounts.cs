namespace ThinIce.Registry.Model;

/// <summary>
/// An account for signing in. It says who somebody is and nothing about what that person may do: that stands in the roles of the
/// clinics' staff with the same address. In no event, so that no old password hash stays in a chain; what was done to it is.
/// </summary>
public sealed class Account
{
    /// <summary>Id.</summary>
    public AccountId Id { get; internal set; }

    /// <summary>Keyed hash of the e-mail address, to find it again.</summary>
    public byte[] EmailIndex { get; internal set; } = [];

    /// <summary>Address, password hash, authenticator key, recovery codes and the tie to a sign-in provider, as JSON, encrypted with the account's own key.</summary>
    public SealedText? Secrets { get; internal set; }

    /// <summary>Random, and another one whenever a way of signing in changes: sessions from before then end.</summary>
    public string SecurityStamp { get; internal set; } = "";

    /// <summary>Counts every change, so that two do not overwrite each other.</summary>
    public int Revision { get; internal set; }

    /// <summary>Whether a second factor is asked for.</summary>
    public bool HasSecondFactor { get; internal set; }

    /// <summary>Wrong passwords since the last right one.</summary>
    public int FailedTries { get; internal set; }

    /// <summary>Until when it is locked; null not.</summary>
    public DateTimeOffset? LockedUntil { get; internal set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; internal set; }
}

/// <summary>A passkey of an account: a public key; the private one never leaves its owner's device. In no event.</summary>
public sealed class Passkey
{
    /// <summary>Its id, as the device gave it.</summary>
    public byte[] CredentialId { get; internal set; } = [];

    /// <summary>The account.</summary>
    public AccountId AccountId { get; internal set; }

    /// <summary>Public key, counter, transports, flags and the name that its owner gave it, as JSON.</summary>
    public string Details { get; internal set; } = "{}";
}
