using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Keys;

/// <summary>The keys of people and of the installation, as far as one database and one folder of master keys hold them.</summary>
internal sealed class KeyRing
{
    private const string Lookup = "lookup", Links = "links";
    private byte[] _lookup = [], _links = [];

    public KeyRing(MasterKeys masters) => Masters = masters;

    public MasterKeys Masters { get; }

    /// <summary>Opens the installation's own keys; makes them when the database is new.</summary>
    public async Task OpenAsync(RegistryContext db, CancellationToken stop)
    {
        if (!await db.Set<SystemKey>().AnyAsync(stop))
        {
            if (!Masters.Exist) Masters.Use(Masters.Make());
            foreach (var name in new[] { Lookup, Links })
                db.Add(new SystemKey { Name = name, Master = Masters.CurrentId, Wrapped = Masters.Wrap(Masters.CurrentId, RandomNumberGenerator.GetBytes(Sealing.KeyBytes), name) });
            await db.SaveChangesAsync(stop);
        }

        foreach (var key in await db.Set<SystemKey>().AsNoTracking().ToListAsync(stop))
        {
            // A folder into which only the key itself was put back.
            if (!Masters.Exist && File.Exists(Masters.FileOf(key.Master))) Masters.Use(key.Master);
            var plain = Masters.Unwrap(key.Master, key.Wrapped, key.Name);
            if (key.Name == Lookup) _lookup = plain;
            else if (key.Name == Links) _links = plain;
        }
    }

    /// <summary>A new key for a person, wrapped.</summary>
    public PersonKey New(Guid subject, ClinicId clinic, out SubjectKey key)
    {
        var plain = RandomNumberGenerator.GetBytes(Sealing.KeyBytes);
        key = new(subject, plain);
        return new() { Subject = subject, ClinicId = clinic, Master = Masters.CurrentId, Wrapped = Masters.Wrap(Masters.CurrentId, plain, Use(subject)) };
    }

    public SubjectKey Open(PersonKey key) => new(key.Subject, Masters.Unwrap(key.Master, key.Wrapped, Use(key.Subject)));

    /// <summary>Wraps a key with the current master key.</summary>
    public void Rewrap(PersonKey key) =>
        (key.Wrapped, key.Master) = (Masters.Wrap(Masters.CurrentId, Masters.Unwrap(key.Master, key.Wrapped, Use(key.Subject)), Use(key.Subject)), Masters.CurrentId);

    /// <summary>Wraps a key with the current master key.</summary>
    public void Rewrap(SystemKey key) =>
        (key.Wrapped, key.Master) = (Masters.Wrap(Masters.CurrentId, Masters.Unwrap(key.Master, key.Wrapped, key.Name), key.Name), Masters.CurrentId);

    /// <summary>A keyed hash by which a value can be found again without being stored: the same in one clinic, another in the next.</summary>
    public byte[]? Index(ClinicId clinic, string kind, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : HMACSHA256.HashData(_lookup, Encoding.UTF8.GetBytes($"{clinic}|{kind}|{value.Trim().ToUpperInvariant()}"));

    /// <summary>The secret of a link: 256 bits that only the installation's key can make anew.</summary>
    public LinkToken Token(LinkId link) => new(Convert.ToBase64String(HMACSHA256.HashData(_links, link.Value.ToByteArray())).TrimEnd('=').Replace('+', '-').Replace('/', '_'));

    private static string Use(Guid subject) => $"person|{subject:N}";
}

/// <summary>The secret in a link, of 43 characters. Given out once, compared by its hash, stored nowhere.</summary>
public readonly record struct LinkToken(string Value)
{
    /// <summary>What is stored of it.</summary>
    internal byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Value ?? ""));

    /// <summary>Hidden, so that no log holds it; read <see cref="Value"/> to put it into an address.</summary>
    public override string ToString() => "(link)";
}
