using CsCheck;

namespace ThinIce.Tests.Property;

/// <summary>
/// Random cases that are the same in every run, so that a red run can be repeated and a green one lands; with THINICE_LONG=1 forty times
/// as many that are new each time, shrunk by CsCheck.
/// </summary>
internal static class Trials
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("THINICE_LONG") == "1";

    /// <summary>The claim is true of every case.</summary>
    public static void Holds<T>(this Gen<T> cases, Func<T, bool> claim, long iter = 100) => Try(cases, claim, iter, () => cases.Sample(claim, iter: iter * 40));

    /// <summary>The check throws for no case.</summary>
    public static void Holds<T>(this Gen<T> cases, Action<T> check, long iter = 100) => Try(cases, c => Passes(() => check(c)), iter, () => cases.Sample(check, iter: iter * 40));

    /// <inheritdoc cref="Holds{T}(Gen{T}, Func{T, bool}, long)"/>
    public static void Holds<T1, T2>(this Gen<(T1, T2)> cases, Func<T1, T2, bool> claim, long iter = 100) => cases.Holds(c => claim(c.Item1, c.Item2), iter);

    /// <inheritdoc cref="Holds{T}(Gen{T}, Action{T}, long)"/>
    public static void Holds<T1, T2>(this Gen<(T1, T2)> cases, Action<T1, T2> check, long iter = 100) => cases.Holds(c => check(c.Item1, c.Item2), iter);

    /// <inheritdoc cref="Holds{T}(Gen{T}, Func{T, bool}, long)"/>
    public static void Holds<T1, T2, T3>(this Gen<(T1, T2, T3)> cases, Func<T1, T2, T3, bool> claim, long iter = 100) => cases.Holds(c => claim(c.Item1, c.Item2, c.Item3), iter);

    /// <inheritdoc cref="Holds{T}(Gen{T}, Action{T}, long)"/>
    public static void Holds<T1, T2, T3>(this Gen<(T1, T2, T3)> cases, Action<T1, T2, T3> check, long iter = 100) => cases.Holds(c => check(c.Item1, c.Item2, c.Item3), iter);

    /// <inheritdoc cref="Holds{T}(Gen{T}, Func{T, bool}, long)"/>
    public static void Holds<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> cases, Action<T1, T2, T3, T4> check, long iter = 100) => cases.Holds(c => check(c.Item1, c.Item2, c.Item3, c.Item4), iter);

    private static bool Passes(Action check)
    {
        check();
        return true;
    }

    private static void Try<T>(Gen<T> cases, Func<T, bool> claim, long times, Action longer)
    {
        if (IsLong)
        {
            longer();
            return;
        }

        // Shares are fixed, not one for each processor, so that the cases are the same on every machine.
        Parallel.For(0, 4, share =>
        {
            var random = new PCG((uint)share, 20_261_125);
            for (var i = share; i < times; i += 4)
            {
                var one = cases.Generate(random, null, out _);
                bool holds;
                try
                {
                    holds = claim(one);
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException($"Case {i} failed: {e.Message}\n{one}", e);
                }

                Assert.True(holds, $"Not true of case {i}: {one}");
            }
        });
    }
}
