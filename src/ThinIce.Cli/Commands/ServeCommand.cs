using System.CommandLine;
using Microsoft.Extensions.Hosting;
using ThinIce.Core.Contract;
using ThinIce.Web;
using ThinIce.Web.Shared;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice serve</c>: the web app and the API.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen", DefaultValueFactory = _ => "http://localhost:5080" };
        var data = new Option<string?>("--data") { Description = "Folder for data (nothing is stored yet)" };
        var publicUrl = new Option<string?>("--public-url") { Description = "The address people reach it under" };
        var knowledge = KnowledgeSource.Option();
        var command = new Command("serve", "Start the web app and the API") { urls, data, publicUrl, knowledge };
        command.SetAction(async (parsed, stop) =>
        {
            var app = WebHost.Create(new Answerer(KnowledgeSource.Load(parsed.GetValue(knowledge)), () => KnowledgeSource.Today()), parsed.GetValue(urls)!);
            try
            {
                await app.StartAsync(stop);
            }
            catch (Exception e) when (e is IOException or FormatException or InvalidOperationException or ArgumentException or System.Net.Sockets.SocketException)
            {
                Console.Error.WriteLine($"{Problems.CannotListen}: {parsed.GetValue(urls)}: {Problems.Kind(Problems.CannotListen).WayOut}");
                return Problems.Kind(Problems.CannotListen).ExitCode;
            }

            await app.WarmUpAsync(stop);
            Console.WriteLine($"ThinIce is ready on {string.Join(", ", app.Urls)}. Ctrl+C stops it. Nothing anybody enters is stored.");
            await app.WaitForShutdownAsync(stop);
            return 0;
        });
        return command;
    }
}
