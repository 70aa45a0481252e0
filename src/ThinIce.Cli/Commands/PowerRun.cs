using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Plots;
using ThinIce.Numbers.Statistics.Power;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Cli.Commands;

/// <summary>The work of <c>thinice power</c>.</summary>
internal static class PowerRun
{
    public static int Run(PowerAsked asked)
    {
        DesignInflation design = new(asked.ClusterSize, asked.Icc, asked.Response);
        var problems = Check(asked, design);
        if (problems.Count > 0) return Figures.Refuse(problems);
        if (asked.Rate is { } rate) Size(asked, rate, design);
        else Bound(asked, asked.N!.Value, design);
        if (asked.Plot is not { } file) return 0;
        double[] sizes = asked.N is { } n ? [.. new[] { 100.0, 1000, 10_000, n }.Distinct().Order()] : [100, 1000, 10_000];
        return Figures.Write(file, Pictures.RuleOut(sizes, asked.Probability).Save);
    }

    private static List<Problem> Check(PowerAsked asked, DesignInflation design)
    {
        List<Problem> problems = [];
        void Inside(double? value, string name)
        {
            if (value is { } v && !(v > 0 && v < 1)) problems.Add(new(Problems.OutOfRange, "It lies between 0 and 1.", name));
        }

        Inside(asked.Rate, "--rate");
        Inside(asked.Probability, "--probability");
        Inside(asked.Compare, "--compare");
        Inside(asked.Power, "--power");
        Inside(asked.Precision, "--precision");
        if (asked.Rate is > 0 and < 1e-12) problems.Add(new(Problems.OutOfRange, "So rare an event needs more people than there are.", "--rate"));
        if (asked.Precision is > 0 and < 1e-5) problems.Add(new(Problems.OutOfRange, "So fine a precision needs more people than there are; at least 0.00001.", "--precision"));
        if (asked.N < 1) problems.Add(new(Problems.OutOfRange, "People or visits are a whole number from 1.", "--n"));
        if (asked.AtLeast is < 1 or > 1_000_000) problems.Add(new(Problems.OutOfRange, "Events to be seen: 1 to 1,000,000.", "--at-least"));
        if (asked.N is { } n && n >= 1 && asked.AtLeast > n) problems.Add(new(Problems.MoreEventsThanPeople, Problems.Kind(Problems.MoreEventsThanPeople).Meaning, "--at-least"));
        if (!design.IsPossible) problems.Add(new(Problems.OutOfRange, "A cluster has at least 1, --icc lies between 0 and 1, and --response is above 0 and at most 1.", "--cluster-size, --icc, --response"));
        if (asked.Compare == asked.Rate && asked.Rate is not null) problems.Add(new(Problems.DoesNotApply, "Two equal rates cannot be told apart by any number of people.", "--compare"));
        return problems;
    }

    private static void Size(PowerAsked asked, double rate, DesignInflation design)
    {
        double independent = asked.Compare is { } other ? Math.Ceiling(Comparisons.PerGroup(rate, other, asked.Power))
            : asked.Precision is { } far ? Comparisons.ForPrecision(rate, far, ProportionMethod.ClopperPearson, asked.Probability)
            : RareEvents.SizeToSee(rate, asked.Probability, asked.AtLeast);
        var question = asked.Compare is { } second ? $"To tell {Figures.Percent(rate)} from {Figures.Percent(second)} in {Figures.Words(asked.Power)} of studies (two-sided 5 %), in each of two groups:"
            : asked.Precision is { } wide ? $"For a {Figures.Words(asked.Probability)} interval that reaches at most {Figures.Percent(wide)} to either side of {Figures.Percent(rate)}:"
            : $"To see at least {asked.AtLeast} {(asked.AtLeast == 1 ? "event" : "events")} that happens to {Pictures.OneIn(rate)}, with a probability of {Figures.Words(asked.Probability)}:";
        if (asked.Json)
        {
            Figures.WriteJson(json =>
            {
                json.WriteNumber("n", design.Answers(independent));
                json.WriteNumber("rate", rate);
                json.WriteNumber("probability", asked.Probability);
                json.WriteNumber("atLeast", asked.AtLeast);
                json.WriteNumber("independent", independent);
                Write(json, design);
                json.WriteNumber("invite", design.Invitations(independent));
                if (asked.Compare is null) return;
                json.WriteNumber("compare", asked.Compare.Value);
                json.WriteNumber("power", asked.Power);
                json.WriteString("nIs", "per group");
            });
            return;
        }

        Console.WriteLine(question);
        Console.WriteLine($"  {Figures.Whole(design.Answers(independent))} people who answer{(design.Response < 1 ? $"; {Figures.Whole(design.Invitations(independent))} to invite" : "")}");
        Foot(design, independent);
    }

    private static void Bound(PowerAsked asked, long n, DesignInflation design)
    {
        var effective = design.Effective(n);
        var (rate, bound) = (RareEvents.DetectableRate(effective, asked.Probability, asked.AtLeast), RareEvents.UpperBoundIfNone(effective, asked.Probability));
        var both = RareEvents.UpperBoundIfNone(effective, asked.Probability, Sides.Both);
        if (asked.Json)
        {
            Figures.WriteJson(json =>
            {
                json.Number("detectableRate", rate);
                json.WriteNumber("upperBoundIfNone", bound);
                json.WriteNumber("upperBoundIfNoneTwoSided", both);
                json.WriteNumber("n", n);
                json.WriteNumber("probability", asked.Probability);
                json.WriteNumber("atLeast", asked.AtLeast);
                Write(json, design);
                json.WriteNumber("effectiveN", effective);
            });
            return;
        }

        Console.WriteLine($"{Figures.Whole(n)} people who answer:");
        Console.WriteLine(double.IsNaN(rate) ? "  are worth too few independent people to see that many events."
            : $"  see at least {asked.AtLeast} {(asked.AtLeast == 1 ? "event" : "events")} of {Figures.Percent(rate)} ({Pictures.OneIn(rate)}) or more, with a probability of {Figures.Words(asked.Probability)};");
        Console.WriteLine($"  if none of them had the event, it can still happen to {Figures.Percent(bound)}, {Pictures.OneIn(bound)} (one-sided {Figures.Words(asked.Probability)} bound; two-sided {Figures.Percent(both)}).");
        Console.WriteLine("  That is a bound, not a rate: \"none seen\" is not \"none happen\".");
        Foot(design, null);
    }

    private static void Write(Utf8JsonWriter json, DesignInflation design)
    {
        json.WriteNumber("designEffect", design.DesignEffect);
        json.WriteNumber("response", design.Response);
    }

    private static void Foot(DesignInflation design, double? independent)
    {
        if (design.DesignEffect > 1) Console.WriteLine($"  Clients of one therapist are alike: a design effect of {Figures.Round(design.DesignEffect)}{(independent is { } n ? $"; independent people would be {Figures.Whole(n)}" : "")}.");
        else Console.WriteLine("  People are taken as independent; clients of one therapist are not: see --cluster-size and --icc.");
        if (design.Response < 1) Console.WriteLine("  That those who do not answer are like those who do is assumed, not known.");
    }
}
