using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Shared;

/// <summary>Walks once through what everybody asks for, so that the first visitor does not wait for the program to get going.</summary>
public static class WarmUp
{
    private static readonly (string Path, string? Form)[] Walks =
    [
        ("/", null), ("/check", null), ("/after", null), ("/harms", null), ("/check", "go=person&at=massage&technique=x"), ("/check", "go=answer&at=health&words=x&rest=none"), ("/after", "go=answer&at=session&symptoms=x"),
    ];

    /// <summary>Asks the running site itself. A site that cannot be reached from here is left as it is.</summary>
    public static async Task WarmUpAsync(this WebApplication app, CancellationToken stop)
    {
        if (app.Urls.FirstOrDefault(u => u.StartsWith("http:", StringComparison.Ordinal)) is not { } url) return;
        var address = new Uri(url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "[::1]", StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            foreach (var (path, form) in Walks)
            {
                using var content = form is null ? null : new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
                using var reply = content is null ? await http.GetAsync(new Uri(path, UriKind.Relative), stop) : await http.PostAsync(new Uri(path, UriKind.Relative), content, stop);
            }

            using var words = await http.GetAsync(new Uri(Features.Answer.WordList.Address(app.Services.GetRequiredService<Answerer>().Knowledge), UriKind.Relative), stop);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The first visitor waits a little; nothing else is lost.
        }
    }
}
