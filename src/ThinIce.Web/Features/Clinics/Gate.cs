using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ThinIce.Registry;

namespace ThinIce.Web.Features.Clinics;

/// <summary>The one place that lets a request through to a handler, by the <see cref="Access"/> that its endpoint declares.</summary>
internal sealed class Gate : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // A filter is made once and outlives the request: what belongs to the request is asked for here.
        var http = context.HttpContext;
        var (current, safety, antiforgery) = (http.RequestServices.GetRequiredService<Current>(), http.RequestServices.GetRequiredService<SafetyNotice>(), http.RequestServices.GetRequiredService<IAntiforgery>());
        var access = http.GetEndpoint()?.Metadata.GetMetadata<Access>() ?? throw new InvalidOperationException("An endpoint behind the gate has to declare who may use it.");
        // Whatever a page of the public part would allow: of a clinic's pages no browser and no proxy keeps a copy.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        await current.LoadAsync(http);
        if (access.NeedsAccount && current.Account is null) return HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            ? TypedResults.LocalRedirect($"/sign-in?to={Uri.EscapeDataString(http.Request.Path)}") : Notices.Show("signed-out", StatusCodes.Status401Unauthorized);
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !await IsOursAsync(antiforgery, http)) return Notices.Show("forged", StatusCodes.Status400BadRequest);
        if (!access.NeedsRole) return await next(context);
        if (current.Place is null) return current.Places.Length == 0 ? Notices.Show("no-clinic", StatusCodes.Status403Forbidden) : TypedResults.LocalRedirect("/choose-clinic");
        var isInstallation = current.Place.Clinic == ClinicId.Installation;
        if (!current.HasAny(access.Roles.AsSpan()) || isInstallation != (access == Access.Installation)) return Notices.Show("not-allowed", StatusCodes.Status403Forbidden);
        if (access != Access.Installation && await safety.IsMissingAsync(http)) return Notices.Show("safety", StatusCodes.Status403Forbidden);
        return await next(context);
    }

    /// <summary>Whether the form is one of ours. One that is too large to be read is none.</summary>
    private static async Task<bool> IsOursAsync(IAntiforgery antiforgery, HttpContext http)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (Exception e) when (e is AntiforgeryValidationException or InvalidDataException)
        {
            return false;
        }
    }
}

/// <summary>Beyond this machine whoever runs it has to have read the safety documents first.</summary>
internal sealed class SafetyNotice(ClinicRegistry registry)
{
    private bool _isRead;

    /// <summary>Whether the site is used beyond this machine and nobody has confirmed yet.</summary>
    public async Task<bool> IsMissingAsync(HttpContext context)
    {
        if (_isRead || !IsBeyond(context)) return false;
        return !(_isRead = await registry.Accounts.IsSafetyReadAsync(context.RequestAborted));
    }

    /// <summary>Whether people reach it from other machines: by its public address, or by the name they asked for.</summary>
    public bool IsBeyond(HttpContext context) => registry.PublicUrl is { IsLoopback: false } || !(context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]");
}

/// <summary>Maps endpoints behind the gate.</summary>
internal static class GateMapping
{
    /// <summary>A page.</summary>
    public static RouteHandlerBuilder Get(this IEndpointRouteBuilder app, string path, Access access, Delegate handler) => app.Map(["GET", "HEAD"], path, access, handler);

    /// <summary>Something that changes or does something. Asks for the token of a form of ours.</summary>
    public static RouteHandlerBuilder Post(this IEndpointRouteBuilder app, string path, Access access, Delegate handler) => app.Map(["POST"], path, access, handler);

    private static RouteHandlerBuilder Map(this IEndpointRouteBuilder app, string[] methods, string path, Access access, Delegate handler) =>
        app.MapMethods(path, methods, handler).WithMetadata(access).AddEndpointFilter<RouteHandlerBuilder, Gate>().ExcludeFromDescription();
}

/// <summary>Short pages that say why something is not shown and what to do.</summary>
internal static class Notices
{
    public static RazorComponentResult<NoticePage> Show(string kind, int status) => new(new { Kind = kind }) { StatusCode = status };

    /// <summary>The page for a refusal that no form can mend: nothing there, or not allowed. Null where it can.</summary>
    public static IResult? Of(System.Collections.Immutable.ImmutableArray<Core.Contract.Problem> problems) => problems[0].Code switch
    {
        Core.Contract.Problems.NotFound or Core.Contract.Problems.Erased => NotFound(),
        Core.Contract.Problems.NotAllowed => Show("not-allowed", StatusCodes.Status403Forbidden),
        _ => null,
    };

    /// <summary>There is nothing of that id here: not in this clinic, or not any more.</summary>
    public static RazorComponentResult<NoticePage> NotFound() => Show("not-found", StatusCodes.Status404NotFound);
}
