using System.Collections.Immutable;
using ThinIce.Registry;

namespace ThinIce.Web.Features.Clinics;

/// <summary>
/// Who may use an endpoint. Every endpoint of the site declares one, and the reference page of endpoints and roles is written out
/// of them. It is the first of two gates: the registry checks the role again with each act, and finds nothing of another clinic.
/// </summary>
/// <param name="Name">Its name in the reference.</param>
/// <param name="Roles">Roles that may; empty where no role is asked for.</param>
internal sealed record Access(string Name, ImmutableArray<Role> Roles)
{
    /// <summary>Anybody, without an account. Nothing of a clinic is shown.</summary>
    public static Access Public { get; } = new("anybody", []);

    /// <summary>Whoever has the secret link.</summary>
    public static Access Link { get; } = new("whoever has the link", []);

    /// <summary>Anybody with an account, for that account.</summary>
    public static Access Account { get; } = new("anybody signed in, for themselves", []);

    /// <summary>All who look after clients.</summary>
    public static Access Care { get; } = new("care", [Role.Therapist, Role.SafetyOfficer, Role.Deputy, Role.ClinicAdmin]);

    /// <summary>Those who treat.</summary>
    public static Access Treat { get; } = new("treat", [Role.Therapist]);

    /// <summary>Officer and deputy.</summary>
    public static Access Safety { get; } = new("safety", [Role.SafetyOfficer, Role.Deputy]);

    /// <summary>Those who run the clinic.</summary>
    public static Access Admin { get; } = new("administration", [Role.ClinicAdmin]);

    /// <summary>Privacy: administrator, officer, deputy.</summary>
    public static Access Privacy { get; } = new("privacy", [Role.ClinicAdmin, Role.SafetyOfficer, Role.Deputy]);

    /// <summary>Figures without names.</summary>
    public static Access Figures { get; } = new("figures", [Role.SafetyOfficer, Role.Deputy, Role.ClinicAdmin, Role.Researcher]);

    /// <summary>Those who run the installation; in the installation itself, not in a clinic.</summary>
    public static Access Installation { get; } = new("installation", [Role.SystemAdmin]);

    /// <summary>Whether an account is asked for.</summary>
    public bool NeedsAccount => this != Public && this != Link;

    /// <summary>Whether a role in the chosen clinic is asked for.</summary>
    public bool NeedsRole => Roles.Length > 0;
}
