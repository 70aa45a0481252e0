using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using ThinIce.Core;

namespace ThinIce.Web.Features.Drill;

/// <summary>
/// Where somebody is in a run of practice cases. All of it stands in the address, so that back and refresh do no harm and nothing is
/// kept on the server.
/// </summary>
/// <param name="Deal">Number that the cases were dealt by.</param>
/// <param name="Many">How many cases.</param>
/// <param name="Answers">Choices so far, in the order of the cases.</param>
public sealed record DrillRun(int Deal, int Many, ImmutableArray<DrillChoice> Answers)
{
    /// <summary>Cases of a short run.</summary>
    public const int Few = 6;

    /// <summary>The run in an address; null where it is none.</summary>
    public static DrillRun? From(IQueryCollection query, int all)
    {
        if (!int.TryParse(query["deal"], NumberStyles.None, CultureInfo.InvariantCulture, out var deal)) return null;
        if (!int.TryParse(query["many"], NumberStyles.None, CultureInfo.InvariantCulture, out var many) || many < 1 || many > all) return null;
        var answers = query["answers"].ToString();
        return answers.Length > many || answers.Any(c => c is < '0' or > '3') ? null : new(deal, many, [.. answers.Select(c => (DrillChoice)(c - '0'))]);
    }

    /// <summary>The cases of the run, in its order. The same number deals the same cases.</summary>
    public ImmutableArray<DrillCase> Cases(Catalogue<DrillCase> all)
    {
        var cases = all.ToArray();
        // A fixed number deals a fixed order: this is a shuffle, not a secret.
#pragma warning disable CA5394
        new Random(Deal).Shuffle(cases);
#pragma warning restore CA5394
        return [.. cases.Take(Many)];
    }

    /// <summary>Whether every case was answered.</summary>
    public bool IsOver => Answers.Length == Many;

    /// <summary>The run with one more answer.</summary>
    public DrillRun With(DrillChoice choice) => this with { Answers = Answers.Add(choice) };

    /// <summary>The answers as the address has them.</summary>
    public string Written => string.Concat(Answers.Select(a => (char)('0' + (int)a)));

    /// <summary>Address of the next step.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"/drill/play?deal={Deal}&many={Many}&answers={Written}");
}
