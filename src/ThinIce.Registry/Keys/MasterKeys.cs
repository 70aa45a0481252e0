using System.Security.Cryptography;
using System.Text;
using ThinIce.Core.Contract;

namespace ThinIce.Registry.Keys;

/// <summary>
/// The master keys: files of 32 random bytes in a folder of their own, outside of the database and of its backups. The file
/// <c>current</c> names the one that wraps new keys; older ones still open what they wrapped.
/// </summary>
internal sealed class MasterKeys
{
    private const string Current = "current";
    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public MasterKeys(string folder) => Folder = Private.Folder(folder);

    public string Folder { get; }

    /// <summary>The erasure ledger, kept beside the keys.</summary>
    public string Ledger => Path.Combine(Folder, "erased.jsonl");

    public bool Exist => File.Exists(Path.Combine(Folder, Current));

    public string CurrentId => File.ReadAllText(Path.Combine(Folder, Current)).Trim();

    public string FileOf(string id) => Path.Combine(Folder, $"master-{id}.key");

    public IEnumerable<string> Ids => Directory.EnumerateFiles(Folder, "master-*.key").Select(f => Path.GetFileNameWithoutExtension(f)["master-".Length..]);

    /// <summary>Makes a master key and says which. Two processes that do so at once each make one; <see cref="Use"/> decides.</summary>
    public string Make()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        Private.Write(FileOf(id), Convert.ToBase64String(RandomNumberGenerator.GetBytes(Sealing.KeyBytes)) + "\n");
        return id;
    }

    /// <summary>From now on this one wraps.</summary>
    public void Use(string id)
    {
        var temporary = Path.Combine(Folder, $"{Current}.{Environment.ProcessId}.new");
        Private.Write(temporary, id + "\n");
        File.Move(temporary, Path.Combine(Folder, Current), overwrite: true);
    }

    public void Forget(string id)
    {
        lock (_lock) _keys.Remove(id);
        File.Delete(FileOf(id));
    }

    public byte[] Wrap(string master, byte[] key, string use) => Sealing.Seal(Key(master), key, Encoding.UTF8.GetBytes(use));

    public byte[] Unwrap(string master, byte[] wrapped, string use) => Sealing.Open(Key(master), wrapped, Encoding.UTF8.GetBytes(use));

    private byte[] Key(string id)
    {
        lock (_lock)
        {
            if (_keys.TryGetValue(id, out var key)) return key;
            if (!File.Exists(FileOf(id))) throw new RegistryException(Problems.NoKey, $"The master key {id} is not in the key folder: put back the file master-{id}.key.", FileOf(id));
            var bytes = Convert.FromBase64String(File.ReadAllText(FileOf(id)).Trim());
            if (bytes.Length != Sealing.KeyBytes) throw new RegistryException(Problems.NoKey, $"The file master-{id}.key is no master key: put back the one that was there.", FileOf(id));
            return _keys[id] = bytes;
        }
    }
}

/// <summary>Files and folders that only their owner may read.</summary>
internal static class Private
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, or takes others' rights to it away.</summary>
    public static string Folder(string path)
    {
        var full = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(full).FullName;
        Directory.CreateDirectory(full, OwnerFolder);
        if (File.GetUnixFileMode(full) != OwnerFolder) File.SetUnixFileMode(full, OwnerFolder);
        return full;
    }

    /// <summary>A new file, on the disk when this returns.</summary>
    public static void Write(string path, string text)
    {
        using var file = Open(path, FileMode.Create);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return new(path, options);
    }

    /// <summary>Takes others' rights to a file away.</summary>
    public static void Tighten(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && File.GetUnixFileMode(path) != OwnerFile) File.SetUnixFileMode(path, OwnerFile);
    }
}
