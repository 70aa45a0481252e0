using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Web.Features.Clinics;

/// <summary>Who asks, for as long as one request lasts. Roles are read anew with every request: one that was taken away ends at once.</summary>
/// <param name="registry">The registry.</param>
internal sealed class Current(ClinicRegistry registry)
{
    /// <summary>Name of the cookie that says which clinic is chosen. It opens nothing: membership is looked up.</summary>
    public const string ClinicCookie = "thinice-clinic";

    /// <summary>The account; null where nobody is signed in.</summary>
    public AccountDetails? Account { get; private set; }

    /// <summary>Where the account's address works.</summary>
    public ImmutableArray<Membership> Places { get; private set; } = [];

    /// <summary>The chosen one; null where there is a choice to make, or none.</summary>
    public Membership? Place { get; private set; }

    /// <summary>The member of staff, for the registry. Throws <see cref="InvalidOperationException"/> where no clinic is chosen.</summary>
    public Actor Actor => Place is { } place ? Actor.Staff(place.Clinic, place.Staff) : throw new InvalidOperationException("No clinic is chosen.");

    /// <summary>The member of staff.</summary>
    public StaffId Staff => Place!.Staff;

    /// <summary>The chosen clinic with its settings, read anew.</summary>
    public async Task<Clinic> ClinicAsync() => (await registry.Clinics.AllAsync()).Single(c => c.ClinicId == Place!.Clinic);

    /// <summary>Whether one of the roles is held in the chosen clinic.</summary>
    public bool HasAny(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles) if (Place?.Roles.Contains(role) == true) return true;
        return false;
    }

    /// <summary>Looks up who is signed in.</summary>
    public async Task LoadAsync(HttpContext context)
    {
        if (Account is not null || !Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return;
        Account = await registry.Accounts.FindAsync(new AccountId(id), context.RequestAborted);
        if (Account is null) return;
        Places = await registry.Accounts.MembershipsAsync(Account.Email, context.RequestAborted);
        var chosen = Places.FirstOrDefault(p => p.Clinic.ToString() == context.Request.Cookies[ClinicCookie]);
        var clinics = Places.Where(p => p.Clinic != ClinicId.Installation).ToList();
        Place = chosen ?? (clinics.Count == 1 ? clinics[0] : Places.Length == 1 ? Places[0] : null);
    }
}
