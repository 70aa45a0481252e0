using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using ThinIce.Registry;

namespace ThinIce.Web.Features.Accounts;

/// <summary>Lets ASP.NET Core Identity find and keep the registry's accounts. Whatever is set is kept with the next update.</summary>
internal sealed class AccountStore(ClinicRegistry registry) : IUserPasswordStore<AccountDetails>, IUserEmailStore<AccountDetails>, IUserSecurityStampStore<AccountDetails>, IUserLockoutStore<AccountDetails>,
    IUserTwoFactorStore<AccountDetails>, IUserAuthenticatorKeyStore<AccountDetails>, IUserTwoFactorRecoveryCodeStore<AccountDetails>, IUserPasskeyStore<AccountDetails>
{
    private static readonly IdentityErrorDescriber Errors = new();

    public void Dispose()
    {
    }

    public async Task<IdentityResult> CreateAsync(AccountDetails user, CancellationToken cancellationToken) =>
        await registry.Accounts.AddAsync(user, cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(Errors.DuplicateEmail(""));

    public async Task<IdentityResult> UpdateAsync(AccountDetails user, CancellationToken cancellationToken) =>
        await registry.Accounts.SaveAsync(user, cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(Errors.ConcurrencyFailure());

    public Task<IdentityResult> DeleteAsync(AccountDetails user, CancellationToken cancellationToken) => throw new NotSupportedException("Accounts are not deleted: who left has no role any more.");

    public Task<AccountDetails?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? registry.Accounts.FindAsync(new AccountId(id), cancellationToken) : Task.FromResult<AccountDetails?>(null);

    public Task<AccountDetails?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => registry.Accounts.FindAsync(normalizedUserName, cancellationToken);

    public Task<AccountDetails?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => registry.Accounts.FindAsync(normalizedEmail, cancellationToken);

    public Task<string> GetUserIdAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    // The registry finds an address whatever its letters' case, by a keyed hash: no normal form is kept.
    public Task<string?> GetNormalizedUserNameAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email.ToUpperInvariant());

    public Task<string?> GetNormalizedEmailAsync(AccountDetails user, CancellationToken cancellationToken) => GetNormalizedUserNameAsync(user, cancellationToken);

    public Task SetNormalizedUserNameAsync(AccountDetails user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedEmailAsync(AccountDetails user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetUserNameAsync(AccountDetails user, string? userName, CancellationToken cancellationToken) => Do(() => user.Email = userName ?? "");

    public Task SetEmailAsync(AccountDetails user, string? email, CancellationToken cancellationToken) => Do(() => user.Email = email ?? "");

    public Task<string?> GetEmailAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<bool> GetEmailConfirmedAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(AccountDetails user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetPasswordHashAsync(AccountDetails user, string? passwordHash, CancellationToken cancellationToken) => Do(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(AccountDetails user, string stamp, CancellationToken cancellationToken) => Do(() => user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(AccountDetails user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Do(() => user.LockedUntil = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(++user.FailedTries);

    public Task ResetAccessFailedCountAsync(AccountDetails user, CancellationToken cancellationToken) => Do(() => user.FailedTries = 0);

    public Task<int> GetAccessFailedCountAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(user.FailedTries);

    public Task<bool> GetLockoutEnabledAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(AccountDetails user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetTwoFactorEnabledAsync(AccountDetails user, bool enabled, CancellationToken cancellationToken) => Do(() => user.HasSecondFactor = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(user.HasSecondFactor);

    public Task SetAuthenticatorKeyAsync(AccountDetails user, string key, CancellationToken cancellationToken) => Do(() => user.AuthenticatorKey = key);

    public Task<string?> GetAuthenticatorKeyAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(user.AuthenticatorKey);

    public Task ReplaceCodesAsync(AccountDetails user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) => Do(() => user.RecoveryCodes = [.. recoveryCodes.Select(Hash)]);

    public async Task<bool> RedeemCodeAsync(AccountDetails user, string code, CancellationToken cancellationToken)
    {
        if (!user.RecoveryCodes.Contains(Hash(code))) return false;
        user.RecoveryCodes = user.RecoveryCodes.Remove(Hash(code));
        return (await UpdateAsync(user, cancellationToken)).Succeeded;
    }

    public Task<int> CountCodesAsync(AccountDetails user, CancellationToken cancellationToken) => Task.FromResult(user.RecoveryCodes.Length);

    public Task AddOrUpdatePasskeyAsync(AccountDetails user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        registry.Accounts.SetPasskeyAsync(user.Id, passkey.CredentialId, JsonSerializer.Serialize(Kept.Of(passkey)), cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AccountDetails user, CancellationToken cancellationToken) =>
        [.. (await registry.Accounts.PasskeysAsync(user.Id, cancellationToken)).Select(p => JsonSerializer.Deserialize<Kept>(p.Details)!.With(p.Id))];

    public Task<AccountDetails?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => registry.Accounts.FindByPasskeyAsync(credentialId, cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(AccountDetails user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await GetPasskeysAsync(user, cancellationToken)).FirstOrDefault(p => p.CredentialId.AsSpan().SequenceEqual(credentialId));

    public Task RemovePasskeyAsync(AccountDetails user, byte[] credentialId, CancellationToken cancellationToken) => registry.Accounts.RemovePasskeyAsync(user.Id, credentialId, cancellationToken);

    private static Task Do(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant())));

    /// <summary>A passkey as it is kept.</summary>
    private sealed record Kept(byte[] PublicKey, string? Name, DateTimeOffset CreatedAt, uint SignCount, string[]? Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp, byte[] Attestation, byte[] ClientData)
    {
        public static Kept Of(UserPasskeyInfo p) => new(p.PublicKey, p.Name, p.CreatedAt, p.SignCount, p.Transports, p.IsUserVerified, p.IsBackupEligible, p.IsBackedUp, p.AttestationObject, p.ClientDataJson);

        public UserPasskeyInfo With(byte[] id) => new(id, PublicKey, CreatedAt, SignCount, Transports, IsUserVerified, IsBackupEligible, IsBackedUp, Attestation, ClientData) { Name = Name };
    }
}
