using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Shared;

/// <summary>What is sent when something went wrong: the code and the way out, nothing of the input.</summary>
internal static class PlainFailure
{
    /// <summary>Answers an exception. A request that is too large is the sender's to mend; the rest is ours.</summary>
    public static Task Answer(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var code = error is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } or InvalidDataException ? Problems.TooLarge
            : error is BadHttpRequestException ? Problems.MalformedJson : Problems.Internal;
        return IsApi(context) ? Problem(code).ExecuteAsync(context) : Page(code).ExecuteAsync(context);
    }

    /// <summary>There is no such page.</summary>
    public static IResult NotFound(HttpContext context) => IsApi(context)
        ? TypedResults.Problem(title: "There is nothing at this address. See /openapi/v1.json.", statusCode: StatusCodes.Status404NotFound)
        : new RazorComponentResult<FailurePage>(new { Kind = "lost" }) { StatusCode = StatusCodes.Status404NotFound };

    /// <summary>A coded problem as ProblemDetails.</summary>
    public static ProblemHttpResult Problem(string code, string? detail = null)
    {
        var kind = Problems.Kind(code);
        return TypedResults.Problem(title: kind.Meaning, detail: detail ?? kind.WayOut, statusCode: kind.HttpStatus, extensions: [new("code", kind.Code)]);
    }

    /// <summary>A coded problem as a page.</summary>
    public static RazorComponentResult<FailurePage> Page(string code)
    {
        var kind = Problems.Kind(code);
        return new(new { Kind = kind.Code == Problems.TooLarge ? "large" : "ours" }) { StatusCode = kind.HttpStatus };
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
