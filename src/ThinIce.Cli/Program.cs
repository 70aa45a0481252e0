using System.CommandLine;
using ThinIce.Cli.Commands;
using ThinIce.Core.Contract;

var root = new RootCommand("What could possibly go wrong with this massage, for this person?")
{
    ScreenCommand.Create(),
    TriageCommand.Create(),
    CodeCommand.Create(),
    KnowledgeCommand.Create(),
    RatesCommand.Create(),
    PoolCommand.Create(),
    PowerCommand.Create(),
    CoverageCommand.Create(),
    ServeCommand.Create(),
    SignalsCommand.Create(),
    MonitorCommand.Create(),
    DuplicatesCommand.Create(),
};
foreach (var command in RegistryCommands.Create()) root.Add(command);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine($"{Problems.Usage}: {error.Message}");
    Console.Error.WriteLine(Problems.Kind(Problems.Usage).WayOut);
    return Problems.Kind(Problems.Usage).ExitCode;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return 130;
}
#pragma warning disable CA1031 // The last line of defence: nothing of the input may reach the message.
catch (Exception e)
#pragma warning restore CA1031
{
    Console.Error.WriteLine($"{Problems.Internal}: {e.GetType().Name}. {Problems.Kind(Problems.Internal).WayOut}");
    if (Environment.GetEnvironmentVariable("THINICE_DEBUG") == "1") Console.Error.WriteLine(e);
    return Problems.Kind(Problems.Internal).ExitCode;
}
