using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using ThinIce.Core.Contract;

namespace ThinIce.Cli.Commands;

/// <summary>What screening and triage share on the command line: files in, replies out, one exit status.</summary>
internal static class AnswerLoop
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers every object of every file. Bad ones are reported in their place; the good ones beside them are answered.</summary>
    /// <returns>0; 65 when an object was bad; 66 when a file could not be read.</returns>
    public static int Run<T>(IEnumerable<string> files, bool json, Func<JsonItem, Reply<T>> answer, Action<Utf8JsonWriter, Reply<T>> write, Action<TextWriter, Reply<T>> print)
        where T : class
    {
        var exit = 0;
        foreach (var file in files)
            exit = Math.Max(exit, Read(file) is { } bytes ? Run(JsonObjects.Read(bytes), json, answer, write, print) : Problems.Kind(Problems.UnreadableFile).ExitCode);
        return exit;
    }

    /// <summary>Answers every object.</summary>
    /// <returns>0; 65 when an object was bad.</returns>
    public static int Run<T>(IEnumerable<JsonItem> items, bool json, Func<JsonItem, Reply<T>> answer, Action<Utf8JsonWriter, Reply<T>> write, Action<TextWriter, Reply<T>> print)
        where T : class
    {
        var exit = 0;
        using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        using var text = new StreamWriter(output);
        foreach (var item in items)
        {
            var reply = answer(item);
            if (reply.Answer is null) exit = Math.Max(exit, Problems.Kind(reply.Problems[0].Code).ExitCode);
            if (json) WriteLine(output, writer => write(writer, reply));
            else print(text, reply);
        }

        text.Flush();

        return exit;
    }

    /// <summary>Prints problems in words.</summary>
    public static void Print(TextWriter text, string id, IEnumerable<Problem> problems)
    {
        text.WriteLine($"COULD NOT BE READ{(id.Length > 0 ? $"  [{id}]" : "")}");
        foreach (var problem in problems) text.WriteLine($"  {problem.Path}: {problem.Message} ({problem.Code})");
        text.WriteLine();
    }

    private static void WriteLine(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(stream, Json)) write(writer);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Refuses a misspelt option that would otherwise be taken for a file.</summary>
    public static void RefuseUnknownOptions(Argument<string[]> files) => files.Validators.Add(result =>
    {
        if (result.Tokens.FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-') is { } option) result.AddError($"There is no option '{option.Value}'.");
    });

    private static byte[]? Read(string file)
    {
        try
        {
            if (file != "-") return File.ReadAllBytes(file);
            using var input = Console.OpenStandardInput();
            using var memory = new MemoryStream();
            input.CopyTo(memory);
            return memory.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Problems.UnreadableFile}: {file}: {Problems.Kind(Problems.UnreadableFile).WayOut}");
            return null;
        }
    }
}
