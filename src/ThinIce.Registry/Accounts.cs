using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>An account, decrypted, while somebody signs in or changes it. Not for pages: they show an address at most.</summary>
public sealed class AccountDetails
{
    /// <summary>Id.</summary>
    public AccountId Id { get; init; } = new(Guid.NewGuid());

    /// <summary>E-mail address.</summary>
    public string Email { get; set; } = "";

    /// <summary>Hash of the password; null while none is set.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Key of the authenticator app; null none.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>Which account of the sign-in provider it is tied to, as a hash; null none.</summary>
    public string? Provider { get; set; }

    /// <summary>Recovery codes that were not used yet, hashed.</summary>
    public ImmutableArray<string> RecoveryCodes { get; set; } = [];

    /// <summary>Another one whenever a way of signing in changes.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Whether a second factor is asked for.</summary>
    public bool HasSecondFactor { get; set; }

    /// <summary>Wrong passwords since the last right one.</summary>
    public int FailedTries { get; set; }

    /// <summary>Until when it is locked; null not.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The revision that was read.</summary>
    public int Revision { get; set; }
}

/// <summary>A clinic that an address works in, with its roles there. The installation itself counts as one.</summary>
/// <param name="Clinic">The clinic.</param>
/// <param name="ClinicName">Its name; empty for the installation.</param>
/// <param name="Staff">The member of staff.</param>
/// <param name="Name">The person's name there.</param>
/// <param name="Roles">Roles; may be empty.</param>
public sealed record Membership(ClinicId Clinic, string ClinicName, StaffId Staff, string Name, ImmutableArray<Role> Roles);

/// <summary>Accounts for signing in. What somebody may do is not here but in the staff of clinics, and is asked anew with every page.</summary>
public sealed class Accounts
{
    private readonly ClinicRegistry _registry;

    internal Accounts(ClinicRegistry registry) => _registry = registry;

    /// <summary>Whether there is any account.</summary>
    public async Task<bool> AnyAsync(CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        return await db.Set<Account>().AnyAsync(stop);
    }

    /// <summary>The account of that id; null none.</summary>
    public Task<AccountDetails?> FindAsync(AccountId id, CancellationToken stop = default) => OneAsync(a => a.Id == id, stop);

    /// <summary>The account with that address; null none.</summary>
    public Task<AccountDetails?> FindAsync(string email, CancellationToken stop = default)
    {
        var index = Index(email);
        return index is null ? Task.FromResult<AccountDetails?>(null) : OneAsync(a => a.EmailIndex == index, stop);
    }

    /// <summary>The account with that passkey; null none.</summary>
    public async Task<AccountDetails?> FindByPasskeyAsync(byte[] credential, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        return await db.Set<Passkey>().AsNoTracking().FirstOrDefaultAsync(p => p.CredentialId == credential, stop) is { } key ? await FindAsync(key.AccountId, stop) : null;
    }

    /// <summary>Makes an account. False where there is one with that address.</summary>
    public async Task<bool> AddAsync(AccountDetails made, CancellationToken stop = default)
    {
        var index = Index(made.Email) ?? throw new ArgumentException("An account needs an address.", nameof(made));
        var done = await _registry.ActAsync<bool>(EventTypes.AccountMade, By(made.Id), stop, async act =>
        {
            if (await act.Db.Set<Account>().AnyAsync(a => a.EmailIndex == index, stop)) return false;
            var row = new Account { Id = made.Id, EmailIndex = index, MadeAt = act.Now };
            Fill(row, made, act.NewKey(made.Id.Value));
            act.Db.Add(row);
            act.WriteEvent(null, new());
            return true;
        });
        return done.Value;
    }

    /// <summary>Keeps a changed account. False where somebody changed it meanwhile.</summary>
    public async Task<bool> SaveAsync(AccountDetails changed, CancellationToken stop = default)
    {
        using var turn = await _registry.Store.TurnAsync(stop);
        await using var db = _registry.Store.Context();
        if (await db.Set<Account>().FirstOrDefaultAsync(a => a.Id == changed.Id, stop) is not { } row || row.Revision != changed.Revision) return false;
        if (await KeyAsync(db, changed.Id, stop) is not { } key) return false;
        changed.Revision++;
        Fill(row, changed, key);
        try
        {
            await db.SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>Writes down what happened to an account, in the chain of the installation.</summary>
    /// <param name="account">The account.</param>
    /// <param name="type">What happened.</param>
    /// <param name="how">How, in a word of ours; never somebody's own words.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task NoteAsync(AccountId account, EventType type, string how, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(type, By(account), stop, act =>
        {
            act.WriteEvent(null, new() { Why = how });
            return Task.FromResult<Outcome<Done>>(new Done());
        });

    /// <summary>The passkeys of an account, each with its id and its details as JSON.</summary>
    public async Task<ImmutableArray<(byte[] Id, string Details)>> PasskeysAsync(AccountId account, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        return [.. (await db.Set<Passkey>().AsNoTracking().Where(p => p.AccountId == account).ToListAsync(stop)).Select(p => (p.CredentialId, p.Details))];
    }

    /// <summary>Adds a passkey, or keeps its counter. A passkey of somebody else is never taken over.</summary>
    public async Task SetPasskeyAsync(AccountId account, byte[] id, string details, CancellationToken stop = default)
    {
        using var turn = await _registry.Store.TurnAsync(stop);
        await using var db = _registry.Store.Context();
        var row = await db.Set<Passkey>().FirstOrDefaultAsync(p => p.CredentialId == id, stop);
        if (row is null) db.Add(row = new() { CredentialId = id, AccountId = account });
        if (row.AccountId != account) return;
        row.Details = details;
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Takes a passkey away.</summary>
    public async Task RemovePasskeyAsync(AccountId account, byte[] id, CancellationToken stop = default)
    {
        using var turn = await _registry.Store.TurnAsync(stop);
        await using var db = _registry.Store.Context();
        await db.Set<Passkey>().Where(p => p.CredentialId == id && p.AccountId == account).ExecuteDeleteAsync(stop);
    }

    /// <summary>Where somebody with this address works, with roles and name there; the installation first.</summary>
    public async Task<ImmutableArray<Membership>> MembershipsAsync(string email, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        var clinics = await db.Set<Clinic>().AsNoTracking().OrderBy(c => c.Name).Select(c => new { c.ClinicId, c.Name }).ToListAsync(stop);
        var names = clinics.ToDictionary(c => c.ClinicId, c => c.Name);
        var indexes = names.Keys.Prepend(ClinicId.Installation).Select(c => _registry.Ring.Index(c, "staff", email)).ToList();
        var staff = await db.Set<StaffMember>().AsNoTracking().Where(s => s.LeftAt == null && indexes.Contains(s.EmailIndex)).ToListAsync(stop);
        var ids = staff.Select(s => s.Id).ToList();
        var roles = (await db.Set<StaffRole>().AsNoTracking().Where(r => ids.Contains(r.StaffId)).ToListAsync(stop)).ToLookup(r => r.StaffId, r => r.Role);
        var found = ImmutableArray.CreateBuilder<Membership>();
        foreach (var one in staff.OrderBy(s => s.ClinicId != ClinicId.Installation).ThenBy(s => names.GetValueOrDefault(s.ClinicId, ""), StringComparer.Ordinal))
        {
            var key = await db.Set<PersonKey>().AsNoTracking().FirstOrDefaultAsync(k => k.Subject == one.Id.Value, stop);
            found.Add(new(one.ClinicId, names.GetValueOrDefault(one.ClinicId, ""), one.Id, key is null ? "" : _registry.Ring.Open(key).Open(one.Name, "name") ?? "", [.. roles[one.Id].Order()]));
        }

        return found.ToImmutable();
    }

    /// <summary>Adds somebody who runs the installation. For the first set-up; afterwards for those who are one already.</summary>
    public Task<Outcome<StaffId>> AddSystemAdminAsync(Actor actor, string name, string email, CancellationToken stop = default) =>
        _registry.Clinics.AddStaffAsync(actor with { Clinic = ClinicId.Installation }, new(name, email, [Role.SystemAdmin]), stop);

    /// <summary>Notes that whoever runs the installation has read the safety documents.</summary>
    public Task<Outcome<Done>> ConfirmSafetyAsync(Actor actor, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.SafetyRead, actor with { Clinic = ClinicId.Installation }, stop, act =>
        {
            act.WriteEvent(null, new());
            return Task.FromResult<Outcome<Done>>(new Done());
        });

    /// <summary>Whether somebody confirmed having read the safety documents.</summary>
    public async Task<bool> IsSafetyReadAsync(CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        return await db.Set<Event>().AnyAsync(e => e.ClinicId == ClinicId.Installation && e.Type == EventTypes.SafetyRead.Name, stop);
    }

    private static Actor By(AccountId account) => new(ClinicId.Installation, ActorKind.System, account.Value);

    private byte[]? Index(string email) => _registry.Ring.Index(ClinicId.Installation, "account", email);

    private async Task<SubjectKey?> KeyAsync(RegistryContext db, AccountId id, CancellationToken stop) =>
        await db.Set<PersonKey>().AsNoTracking().FirstOrDefaultAsync(k => k.Subject == id.Value, stop) is { } key ? _registry.Ring.Open(key) : null;

    private async Task<AccountDetails?> OneAsync(System.Linq.Expressions.Expression<Func<Account, bool>> which, CancellationToken stop)
    {
        await using var db = _registry.Store.Context();
        if (await db.Set<Account>().AsNoTracking().FirstOrDefaultAsync(which, stop) is not { } row || await KeyAsync(db, row.Id, stop) is not { } key) return null;
        var secrets = JsonSerializer.Deserialize<Secrets>(key.Open(row.Secrets, "secrets")!)!;
        return new()
        {
            Id = row.Id, Email = secrets.Email, PasswordHash = secrets.Password, AuthenticatorKey = secrets.Authenticator, Provider = secrets.Provider, RecoveryCodes = [.. secrets.Recovery],
            SecurityStamp = row.SecurityStamp, HasSecondFactor = row.HasSecondFactor, FailedTries = row.FailedTries, LockedUntil = row.LockedUntil, Revision = row.Revision,
        };
    }

    private static void Fill(Account row, AccountDetails from, SubjectKey key)
    {
        row.Secrets = key.Seal(JsonSerializer.Serialize(new Secrets(from.Email, from.PasswordHash, from.AuthenticatorKey, [.. from.RecoveryCodes], from.Provider)), "secrets");
        (row.SecurityStamp, row.HasSecondFactor, row.FailedTries, row.LockedUntil, row.Revision) = (from.SecurityStamp, from.HasSecondFactor, from.FailedTries, from.LockedUntil, from.Revision);
    }

    private sealed record Secrets(string Email, string? Password, string? Authenticator, string[] Recovery, string? Provider = null);
}
