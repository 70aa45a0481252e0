using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ThinIce.Registry;

namespace ThinIce.Web.Features.Accounts;

/// <summary>Signs staff in; beside what Identity does by itself, somebody whom a provider vouches for.</summary>
internal sealed class StaffSignIn(
    UserManager<AccountDetails> users, IHttpContextAccessor context, IUserClaimsPrincipalFactory<AccountDetails> claims, IOptions<IdentityOptions> options, ILogger<SignInManager<AccountDetails>> logger,
    IAuthenticationSchemeProvider schemes, IUserConfirmation<AccountDetails> confirmation)
    : SignInManager<AccountDetails>(users, context, claims, options, logger, schemes, confirmation)
{
    /// <summary>Signs in without a password. A lock and a second factor of one's own count as they do after a password.</summary>
    public async Task<SignInResult> ByProviderAsync(AccountDetails account) =>
        await PreSignInCheck(account) ?? await SignInOrTwoFactorAsync(account, isPersistent: false, SignInProvider.Scheme);
}
