using System.Text;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Web.Delivery;

/// <summary>
/// Puts messages into a folder, for a clinic without a mail server: a mail as .eml, which any mail program opens, a text message as .txt.
/// The file is named by the message: put there again after a power cut, it takes the place of itself.
/// </summary>
internal sealed class FolderCarrier(DeliveryOptions options, TimeProvider clock) : ICarrier
{
    public async Task<HandOver> CarryAsync(OutgoingMessage message, MessageText text, CancellationToken stop)
    {
        var name = $"{message.Id.Value:N}.{(message.Channel == Channel.Email ? "eml" : "txt")}";
        var (path, temporary) = (Path.Combine(options.Folder, name), Path.Combine(options.Folder, $".{name}.{Environment.ProcessId}"));
        try
        {
            MakeFolder();
            await using (var file = new FileStream(temporary, OwnerOnly()))
            {
                if (message.Channel == Channel.Email)
                {
                    using var mail = Mail.Of(message, text, options.From, clock.GetUtcNow());
                    await mail.WriteToAsync(file, stop);
                }
                else await file.WriteAsync(Encoding.UTF8.GetBytes($"{message.To}\n\n{text.Body}\n"), stop);

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            return HandOver.Taken;
        }
        catch (MimeKit.ParseException)
        {
            File.Delete(temporary);
            return HandOver.Refused;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HandOver.Later;
        }
    }

    public Task RestAsync() => Task.CompletedTask;

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(options.Folder);
        else Directory.CreateDirectory(options.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions OwnerOnly()
    {
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return file;
    }
}
