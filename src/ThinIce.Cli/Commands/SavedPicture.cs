using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Plots;

namespace ThinIce.Cli.Commands;

/// <summary>Saves the pictures of signals and monitors; what goes wrong becomes a coded problem.</summary>
internal static class SavedPicture
{
    public static void Save(Picture picture, string file)
    {
        if (!Picture.CanWrite(file)) throw new FileProblemException(new(Problems.UnknownFormat, "A plot is saved as .svg or .png.", "--plot"));
        try
        {
            picture.Save(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileProblemException(new(Problems.UnwritableFile, Problems.Kind(Problems.UnwritableFile).WayOut, Path.GetFileName(file)));
        }
    }
}
