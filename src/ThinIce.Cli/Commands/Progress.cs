using System.Diagnostics;

namespace ThinIce.Cli.Commands;

/// <summary>Says on standard error how far long work is: nothing in the first second, then at most once a second.</summary>
internal sealed class Progress(string verb)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long next = 1000;

    public void Say(string how)
    {
        if (clock.ElapsedMilliseconds < next) return;
        next = clock.ElapsedMilliseconds + 1000;
        Console.Error.WriteLine($"{verb}: {how} …");
    }
}
