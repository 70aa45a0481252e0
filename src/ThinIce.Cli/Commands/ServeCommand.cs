using System.CommandLine;
using Microsoft.Extensions.Hosting;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Web;
using ThinIce.Web.Delivery;
using ThinIce.Web.Features.Accounts;
using ThinIce.Web.Shared;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice serve</c>: the web app and the API; with a data folder the pages of clinics too.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen", DefaultValueFactory = _ => "http://localhost:5080" };
        var data = new Option<string?>("--data") { Description = "Data folder of a registry of clinics, made when it is not there. Without it nothing is stored", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("THINICE_DATA") };
        var keys = new Option<string?>("--keys") { Description = "Folder of the master keys and the erasure ledger (default: keys in the data folder)", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("THINICE_KEYS") };
        var postgreSql = new Option<string?>("--postgresql") { Description = "Connection string; better in the environment as THINICE_POSTGRESQL. Goes with --data, which then holds the keys", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("THINICE_POSTGRESQL") };
        var publicUrl = new Option<Uri?>("--public-url")
        {
            Description = "The address people reach it under, such as https://clinic.example/. No link is sent without it",
            CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : Refuse(result),
        };
        var knowledge = KnowledgeSource.Option();
        var command = new Command("serve", "Start the web app and the API; with --data the pages of clinics too") { urls, data, keys, postgreSql, publicUrl, knowledge };
        command.SetAction(async (parsed, stop) =>
        {
            var answerer = new Answerer(KnowledgeSource.Load(parsed.GetValue(knowledge)), KnowledgeSource.Today);
            if (parsed.GetValue(data) is not { } folder) return await RunAsync(answerer, parsed.GetValue(urls)!, null, null, null, stop);
            if (FromEnvironment(folder, parsed.GetValue(publicUrl)) is not var (delivery, provider)) return Problems.Kind(Problems.Usage).ExitCode;
            var place = new RegistryPlace(folder, parsed.GetValue(keys), parsed.GetValue(postgreSql));
            return await RegistryVerbs.ServeAsync(place, parsed.GetValue(publicUrl), answerer, parsed.GetValue(knowledge), registry => RunAsync(answerer, parsed.GetValue(urls)!, registry, delivery, provider, stop), stop);
        });
        return command;
    }

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError("--public-url takes an address with http:// or https://.");
        return null;
    }

    /// <summary>How messages leave the house, and who may sign staff in; null, and the reason said, where a variable is not what it has to be.</summary>
    private static (DeliveryOptions Delivery, SignInProvider? Provider)? FromEnvironment(string folder, Uri? publicUrl)
    {
        try
        {
            return (DeliveryOptions.FromEnvironment(folder, publicUrl), SignInProvider.FromEnvironment());
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"{Problems.Usage}: {e.Message}");
            return null;
        }
    }

    private static async Task<int> RunAsync(Answerer answerer, string urls, ClinicRegistry? registry, DeliveryOptions? delivery, SignInProvider? provider, CancellationToken stop)
    {
        await using var app = WebHost.Create(answerer, urls, registry, delivery, provider);
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException or ArgumentException or System.Net.Sockets.SocketException)
        {
            Console.Error.WriteLine($"{Problems.CannotListen}: {urls}: {Problems.Kind(Problems.CannotListen).WayOut}");
            return Problems.Kind(Problems.CannotListen).ExitCode;
        }

        await app.WarmUpAsync(stop);
        Console.WriteLine($"ThinIce is ready on {string.Join(", ", app.Urls)}. Ctrl+C stops it. {(registry is null ? "Nothing anybody enters is stored." : "Clinics are kept in the registry; the public pages store nothing.")}");
        if (registry is not null && await WebHost.SetupCodeAsync(app, stop) is { } code)
            Console.WriteLine($"Nobody has an account yet. Set up the clinic at {new Uri(registry.PublicUrl ?? new Uri(app.Urls.First()), "/setup")} with the code {code}");
        await app.WaitForShutdownAsync(stop);
        return 0;
    }
}
