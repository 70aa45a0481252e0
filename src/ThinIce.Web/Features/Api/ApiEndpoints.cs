using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Web.Shared;

namespace ThinIce.Web.Features.Api;

/// <summary>
/// <c>POST /api/screen</c> and <c>POST /api/triage</c>: one object or an array in, the same out. One bare object that is bad
/// is answered 400; in an array a bad one is answered in its place and the others beside it.
/// </summary>
internal static class ApiEndpoints
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/screen", (HttpContext context, Answerer answerer) => Reply<ScreeningAnswer>(context, answerer.Screen, Answerer.Write))
            .WithName("screen").WithSummary("Screen a planned massage").WithTags("ThinIce");
        app.MapPost("/api/triage", (HttpContext context, Answerer answerer) => Reply<TriageAnswer>(context, answerer.Triage, Answerer.Write))
            .WithName("triage").WithSummary("Say how soon to act on what came after a massage").WithTags("ThinIce");
        app.MapMethods("/health", ["GET", "HEAD"], (Answerer answerer) => TypedResults.Text($$"""{"status":"ready","knowledge":"{{answerer.Knowledge.Version}}"}""", "application/json"))
            .WithName("health").WithSummary("200 when ready").WithTags("ThinIce");
        app.MapOpenApi();
    }

    private static async Task Reply<T>(HttpContext context, Func<JsonItem, Reply<T>> answer, Action<Utf8JsonWriter, Reply<T>> write)
        where T : class
    {
        if (context.Request.ContentLength > Limits.RequestBytes)
        {
            await PlainFailure.Problem(Problems.TooLarge).ExecuteAsync(context);
            return;
        }

        var body = await ReadAsync(context.Request);
        var single = JsonObjects.IsSingle(body.Span) || body.Span.Trim(" \t\r\n"u8).IsEmpty;
        var items = JsonObjects.Read(body);
        var response = new ArrayBufferWriter<byte>(4096);
        var status = StatusCodes.Status200OK;
        using (var json = new Utf8JsonWriter(response, Json))
        {
            if (!single) json.WriteStartArray();
            foreach (var item in items)
            {
                var reply = answer(item);
                if (single && reply.Answer is null) status = Problems.Kind(reply.Problems[0].Code).HttpStatus;
                write(json, reply);
            }

            if (!single) json.WriteEndArray();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(response.WrittenMemory, context.RequestAborted);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        using var memory = new MemoryStream((int)Math.Min(request.ContentLength ?? 4096, Limits.RequestBytes));
        await request.Body.CopyToAsync(memory, request.HttpContext.RequestAborted);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }
}
