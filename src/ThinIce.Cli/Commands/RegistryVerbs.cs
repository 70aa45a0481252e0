using ThinIce.Core.Contract;
using ThinIce.Knowledge;
using ThinIce.Registry;
using ThinIce.Registry.Demo;
using ThinIce.Registry.Events;
using ThinIce.Registry.Pages;

namespace ThinIce.Cli.Commands;

/// <summary>What the verbs of the registry do.</summary>
internal static class RegistryVerbs
{
    public static Task<int> VerifyAsync(RegistryPlace place, CancellationToken stop) => WithAsync(place, async registry =>
    {
        var found = await registry.VerifyAsync(stop);
        Print(found);
        if (found.IsSound) Console.WriteLine("Sound: the chains are whole, and state is what the events say.");
        return found.IsSound ? 0 : Figures.Refuse(new Problem(Problems.StoreDamaged, Problems.Kind(Problems.StoreDamaged).WayOut, ""));
    }, stop);

    public static Task<int> BackupAsync(RegistryPlace place, string file, CancellationToken stop) => WithAsync(place, async registry =>
    {
        var found = await Backups.TakeAsync(registry, file, stop);
        Print(found);
        Console.WriteLine($"{file}: written, put back into a temporary database, and sound there. Keep the master keys elsewhere: without them nobody can read it.");
        return 0;
    }, stop);

    public static Task<int> RestoreAsync(RegistryPlace place, string file, bool replace, bool check, CancellationToken stop) => GuardedAsync(async () =>
    {
        var found = check ? await Backups.CheckAsync(Options(place), file, stop) : await Backups.RestoreAsync(Options(place), file, replace, stop);
        Print(found);
        Console.WriteLine(found.IsSound ? check ? "The backup is sound." : "Put back, and sound." : "Not sound.");
        return found.IsSound ? 0 : Figures.Refuse(new Problem(Problems.StoreDamaged, Problems.Kind(Problems.StoreDamaged).WayOut, ""));
    });

    public static Task<int> EraseAsync(RegistryPlace place, Guid clinic, Guid client, string? why, bool despite, CancellationToken stop) => WithAsync(place, async registry =>
    {
        var outcome = await registry.Privacy.EraseAsync(Actor.Operator(new(clinic)) with { Why = why ?? "" }, new(client), despite, stop);
        if (!outcome.IsDone) return Figures.Refuse(outcome.Problems[0]);
        Console.WriteLine("Erased. Backups from before still hold the person until they are put back, deleted, or their master key is destroyed (thinice keys rotate --forget-old).");
        return 0;
    }, stop);

    public static Task<int> EraseExpiredAsync(RegistryPlace place, CancellationToken stop) => WithAsync(place, async registry =>
    {
        var (erased, exit) = (0, 0);
        foreach (var clinic in await registry.Clinics.AllAsync(stop))
            foreach (var client in await registry.Privacy.ExpiredAsync(clinic.ClinicId, stop))
            {
                var outcome = await registry.Privacy.EraseAsync(Actor.Operator(clinic.ClinicId) with { Why = "The retention period has passed." }, client, stop: stop);
                if (outcome.IsDone) erased++;
                else exit = Figures.Refuse(outcome.Problems[0]);
            }

        Console.WriteLine($"{erased} erased whose retention period has passed.");
        return exit;
    }, stop);

    public static Task<int> RotateAsync(RegistryPlace place, bool forget, CancellationToken stop) => WithAsync(place, async registry =>
    {
        var count = await registry.Privacy.RotateAsync(forget, stop);
        Console.WriteLine($"{count} keys wrapped anew. {(forget ? "The older master keys are destroyed." : "The older master keys are still there, for backups from before.")} Copy the key folder to where you keep it, and to every other server.");
        return 0;
    }, stop);

    public static Task<int> DemoAsync(RegistryPlace place, int seed, string? knowledge, CancellationToken stop) => GuardedAsync(async () =>
    {
        var answerer = new Answerer(KnowledgeSource.Load(knowledge), KnowledgeSource.Today);
        var made = await DemoClinic.FillAsync(Options(place), new(answerer, await BundleAsync(knowledge, stop)), seed, stop);
        Console.WriteLine($"A made-up clinic, {made.Clinic}: {made.Clients} clients, {made.Sessions} sessions, {made.Answers} answered check-ins, {made.Alerts} alerts.");
        await DemoAccountsAsync(place, made, stop);
        return 0;
    });

    /// <summary>A password of the day for all of the made-up team, so that one can look at the pages with each role.</summary>
    private static async Task DemoAccountsAsync(RegistryPlace place, DemoResult made, CancellationToken stop)
    {
        await using var registry = await ClinicRegistry.OpenAsync(Options(place), null, stop);
        var password = System.Security.Cryptography.RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 14);
        var staff = (await registry.Clinics.StaffAsync(Actor.Operator(made.Clinic), stop)).Value;
        var admin = staff.First(s => s.Roles.Contains(Role.ClinicAdmin));
        await registry.Accounts.AddSystemAdminAsync(Actor.Operator(ClinicId.Installation), admin.Name, admin.Email, stop);
        foreach (var one in staff)
            if (await Web.WebHost.AddAccountAsync(registry, one.Email, password, stop)) Console.WriteLine($"  {one.Email}  {string.Join(", ", one.Roles)}");
        Console.WriteLine($"All of them sign in with the password {password}. To see it: thinice serve --data {place.Data}, then /sign-in.");
    }

    /// <summary>A link to set a password, for who lost it.</summary>
    public static Task<int> PasswordLinkAsync(RegistryPlace place, string email, Uri? publicUrl, CancellationToken stop) => WithAsync(place, async registry =>
    {
        if (await Web.WebHost.PasswordLinkAsync(registry, email, stop) is not { } path) return Figures.Refuse(new Problem(Problems.NotFound, "Nobody on any team has this address.", "email"));
        Console.WriteLine($"{new Uri(publicUrl ?? new("http://localhost:5080/"), path)}\nIt sets a password, once, within three days. Give it to nobody but the person.");
        return 0;
    }, stop);

    /// <summary>Opens the registry, or makes a new one, for as long as the server runs.</summary>
    public static Task<int> ServeAsync(RegistryPlace place, Uri? publicUrl, Answerer answerer, string? knowledge, Func<ClinicRegistry, Task<int>> run, CancellationToken stop) => GuardedAsync(async () =>
    {
        await using var registry = await ClinicRegistry.OpenAsync(Options(place) with { PublicUrl = publicUrl }, new(answerer, await BundleAsync(knowledge, stop)), stop);
        return await run(registry);
    });

    public static int Docs(string folder)
    {
        File.WriteAllText(Path.Combine(folder, RegistryPage.FileName), RegistryPage.Write());
        File.WriteAllText(Path.Combine(folder, CaseDictionaryPage.FileName), CaseDictionaryPage.Write());
        return 0;
    }

    /// <summary>The bundle that answers, to be kept; nothing where a folder answers that somebody is editing.</summary>
    private static async Task<byte[]> BundleAsync(string? knowledge, CancellationToken stop) =>
        knowledge is null || File.Exists(knowledge) ? await File.ReadAllBytesAsync(knowledge ?? KnowledgeFolder.BundlePath, stop) : [];

    private static RegistryOptions Options(RegistryPlace place) => new() { DataFolder = place.Data, KeyFolder = place.Keys, PostgreSql = place.PostgreSql };

    /// <summary>Does something with one clinic of a registry that is there: the only one, or the one that was named.</summary>
    public static Task<int> WithClinicAsync(RegistryPlace place, Guid? named, string? knowledge, Func<ClinicRegistry, ClinicId, Task<int>> work, CancellationToken stop) => WithAsync(place, async registry =>
    {
        var clinics = await registry.Clinics.AllAsync(stop);
        var found = named is { } id ? clinics.FirstOrDefault(c => c.ClinicId == new ClinicId(id)) : clinics.Length == 1 ? clinics[0] : null;
        if (clinics.Length == 0) return Figures.Refuse(new Problem(Problems.NotFound, "There is no clinic in this registry yet. Set one up on its pages first: thinice serve.", ""));
        if (found is null) return Figures.Refuse(new Problem(named is null ? Problems.Missing : Problems.NotFound, $"Name one of these with --clinic: {string.Join(", ", clinics.Select(c => $"{c.ClinicId} ({c.Name})"))}.", "--clinic"));
        return await work(registry, found.ClinicId);
    }, stop, async () => new(new Answerer(KnowledgeSource.Load(knowledge), KnowledgeSource.Today), await BundleAsync(knowledge, stop)));

    /// <summary>Opens a registry that is there; a misspelt folder must not become an empty one.</summary>
    private static Task<int> WithAsync(RegistryPlace place, Func<ClinicRegistry, Task<int>> work, CancellationToken stop, Func<Task<KnowledgeInUse>>? knowledge = null) => GuardedAsync(async () =>
    {
        if (place.PostgreSql is null && !File.Exists(Path.Combine(place.Data, "registry.db")))
            return Figures.Refuse(new Problem(Problems.UnreadableFile, "There is no registry in this folder. Name it with --data.", place.Data));
        await using var registry = await ClinicRegistry.OpenAsync(Options(place), knowledge is null ? null : await knowledge(), stop);
        return await work(registry);
    });

    private static async Task<int> GuardedAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (RegistryException e)
        {
            return Figures.Refuse(e.Problem);
        }
    }

    private static void Print(Verification found)
    {
        Console.WriteLine($"{found.Events} events, {found.Rows} rows of state, {found.Sealed} encrypted values opened.");
        foreach (var head in found.Heads) Console.WriteLine($"  {(head.Clinic == ClinicId.Installation ? "installation" : head.Clinic.ToString())}  event {head.Number}  {head.Hash}");
        foreach (var fault in found.Faults) Console.Error.WriteLine($"  {fault.Clinic}  {(fault.Event is { } number ? $"event {number}: " : "")}{fault.What}");
    }
}
