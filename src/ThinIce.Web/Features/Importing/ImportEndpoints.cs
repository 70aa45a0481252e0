using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Imports;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;

namespace ThinIce.Web.Features.Importing;

/// <summary>Clients and appointments out of another program's file: looked at first, put right, taken in, and undone if wrong.</summary>
internal static class ImportEndpoints
{
    /// <summary>Bytes of a file at most: five thousand rows are about a tenth of it.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    public static void MapImport(this IEndpointRouteBuilder app)
    {
        app.Get("/import", Access.Admin, (Current who, ClinicRegistry registry) => StartAsync(who, registry, []));
        // A field of it carries the whole file, packed: larger than any form that somebody fills in by hand.
        app.Post("/import", Access.Admin, LookAsync).WithFormOptions(valueLengthLimit: MostBytes, multipartBodyLengthLimit: MostBytes * 2);
        app.Get("/imports/{id:guid}", Access.Admin, ResultAsync);
        app.Post("/imports/{id:guid}/undo", Access.Admin, UndoAsync);
        app.Post("/imports/{id:guid}/rejected", Access.Admin, RejectedAsync);
    }

    private static async Task<IResult> StartAsync(Current who, ClinicRegistry registry, ImmutableArray<Problem> problems, (int Removed, int Kept)? undone = null)
    {
        var list = await registry.Imports.ListAsync(who.Actor);
        return list.IsDone ? new RazorComponentResult<ImportPage>(new { Imports = list.Value, Problems = problems, Undone = undone }) { StatusCode = problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK } : Notices.Of(list.Problems) ?? Notices.NotFound();
    }

    /// <summary>A file that is sent, or one that the page carries along: shows what would happen, or does it.</summary>
    private static async Task<IResult> LookAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        if (await ReadAsync(context) is not ({ } file, { } form)) return await StartAsync(who, registry, [new(Problems.TooLarge, "The file is larger than 8 MB, or cannot be read. Cut it into several.", "file")]);
        if (file.Length == 0) return await StartAsync(who, registry, [new(Problems.Missing, "Choose a file.", "file")]);
        var kind = form["kind"] == "appointments" ? ImportKind.Appointments : ImportKind.Clients;
        var mapping = Mapping(form);
        if (form["go"] == "take")
        {
            var taken = await registry.Imports.TakeAsync(who.Actor, file, kind, mapping);
            return taken.IsDone ? TypedResults.LocalRedirect($"/imports/{taken.Value.Id}") : Notices.Of(taken.Problems) ?? await StartAsync(who, registry, taken.Problems);
        }

        var preview = registry.Imports.Preview(file, kind, mapping);
        // A mapping that does not do yet is shown with what is missing; a file that is no table at all is not.
        if (!preview.IsDone && preview.Problems[0].Code == Problems.CsvNoHeader) return await StartAsync(who, registry, preview.Problems);
        var headings = ClinicImports.Headings(file);
        return new RazorComponentResult<MappingPage>(new
        {
            Kind = kind, Headings = headings, Mapping = preview.IsDone ? preview.Value.Mapping : mapping ?? new(ImmutableSortedDictionary<ImportField, string>.Empty, DateOrder.YearMonthDay),
            Preview = preview.IsDone ? preview.Value : null, Problems = preview.IsDone ? [] : preview.Problems, File = Pack(file),
        });
    }

    private static async Task<IResult> ResultAsync(Guid id, Current who, ClinicRegistry registry)
    {
        var list = await registry.Imports.ListAsync(who.Actor);
        if (!list.IsDone || list.Value.FirstOrDefault(i => i.Id == new ImportId(id)) is not { } import) return Notices.NotFound();
        var rejected = await registry.Imports.RejectedAsync(who.Actor, new(id));
        return new RazorComponentResult<ImportedPage>(new { Import = import, Rejected = rejected.IsDone ? rejected.Value : [] });
    }

    private static async Task<IResult> UndoAsync(Guid id, Current who, ClinicRegistry registry)
    {
        var undone = await registry.Imports.UndoAsync(who.Actor, new(id));
        return undone.IsDone ? await StartAsync(who, registry, [], undone.Value) : Notices.Of(undone.Problems) ?? await StartAsync(who, registry, undone.Problems);
    }

    /// <summary>The rows that were kept aside, as a file to put right and import again.</summary>
    private static async Task<IResult> RejectedAsync(Guid id, Current who, ClinicRegistry registry)
    {
        var rejected = await registry.Imports.RejectedAsync(who.Actor, new(id));
        if (!rejected.IsDone) return Notices.Of(rejected.Problems) ?? Notices.NotFound();
        var text = string.Join('\n', rejected.Value.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Line},{r.Problem.Code},{r.Problem.Path},{r.Raw}")).Prepend("line,code,column,row"));
        return TypedResults.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", "rejected.csv");
    }

    private static ImportMapping? Mapping(VisitForm form)
    {
        if (form["dates"].Length == 0) return null;
        var columns = Enum.GetValues<ImportField>().Where(f => form[$"column.{f}"].Length > 0).ToImmutableSortedDictionary(f => f, f => form[$"column.{f}"]);
        return new(columns, Enum.TryParse<DateOrder>(form["dates"], out var order) ? order : DateOrder.YearMonthDay);
    }

    private static async Task<(byte[]? File, VisitForm? Form)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MostBytes * 2 || !context.Request.HasFormContentType) return (null, null);
        try
        {
            var sent = await context.Request.ReadFormAsync(new Microsoft.AspNetCore.Http.Features.FormOptions { ValueLengthLimit = MostBytes, MultipartBodyLengthLimit = MostBytes * 2, BufferBodyLengthLimit = MostBytes * 2 });
            var form = VisitForm.From(sent);
            if (sent.Files["file"] is { Length: > 0 and <= MostBytes } file)
            {
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes);
                return (bytes.ToArray(), form);
            }

            return sent.Files["file"] is { Length: > MostBytes } ? (null, null) : (Unpack(form["carried"]), form);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or BadHttpRequestException)
        {
            return (null, null);
        }
    }

    /// <summary>The file travels in the page itself between the two looks, packed: nothing of it lies on the server before somebody said yes.</summary>
    private static string Pack(byte[] file)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(file);
        return Convert.ToBase64String(packed.ToArray());
    }

    private static byte[] Unpack(string carried)
    {
        using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(carried)), CompressionMode.Decompress);
        using var file = new MemoryStream();
        var part = new byte[81_920];
        for (int read; (read = zip.Read(part)) > 0; file.Write(part, 0, read))
            if (file.Length > MostBytes) throw new InvalidDataException("It unpacks to more than a file may have.");
        return file.ToArray();
    }
}
