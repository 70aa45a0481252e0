using System.Collections.Immutable;
using System.Text.Json;
using ThinIce.Core;
using ThinIce.Core.Aftercare;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;
using ThinIce.Knowledge.Mapping;

namespace ThinIce.Knowledge.Cases;

/// <summary>A published case turned into an intake, and the same person without the risk; and its first signs as reports.</summary>
/// <param name="Case">Id of the published case.</param>
/// <param name="At">File and line.</param>
/// <param name="Screen">What was known before; null where there was nothing to foresee.</param>
/// <param name="Signs">The first signs that the report states.</param>
public sealed record Challenge(string Case, SourceLine At, ScreenChallenge? Screen, ImmutableArray<SignChallenge> Signs)
{
    /// <summary>Reads <c>challenge/</c>; what is wrong is added to <paramref name="errors"/>.</summary>
    public static ImmutableArray<Challenge> Read(string folder, KnowledgeBase knowledge, List<KnowledgeError> errors)
    {
        var all = ImmutableArray.CreateBuilder<Challenge>();
        foreach (var file in KnowledgeFolder.Checking(folder, KnowledgeFolder.Challenge, errors))
        {
            var fields = new Fields(file.Root, errors);
            foreach (var node in fields.List("challenge"))
            {
                var one = One(fields.Under(node));
                if (!knowledge.Published.ContainsKey(one.Case)) errors.Add(new("K020", one.At, $"There is no published case '{one.Case}'."));
                var faults = Readable.Problems([
                    .. one.Screen is { } screen ? new[] { screen.Intake, screen.WithoutTheRisk }.Select(i => Readable.Problems(IntakeReader.ReadIntake(i))) : [],
                    .. one.Signs.Select(s => Readable.Problems(IntakeReader.ReadAftercare(s.Report)))]);
                if (faults.Length > 0) errors.Add(new("K040", one.At, faults));
                else all.Add(one);
            }

            fields.NoOthers();
        }

        return all.ToImmutable();
    }

    private static Challenge One(Fields fields)
    {
        var screen = fields.Find("screen") is { } node ? OfScreen(fields.Under(node)) : null;
        var challenge = new Challenge(fields.Text("case"), fields.At, screen, [.. fields.List("signs").Select(s => OfSign(fields.Under(s)))]);
        fields.NoOthers();
        return challenge;
    }

    private static ScreenChallenge OfScreen(Fields fields)
    {
        var screen = new ScreenChallenge(
            YamlJson.Element(fields.Need("intake")), YamlJson.Element(fields.Need("without-the-risk")), fields.Texts("harms"), fields.Texts("elements"));
        fields.NoOthers();
        return screen;
    }

    private static SignChallenge OfSign(Fields fields)
    {
        var sign = new SignChallenge(YamlJson.Element(fields.Need("report")), (Urgency)fields.NeedOneOf("at-least", Names.Urgencies), fields.Texts("harms"));
        fields.NoOthers();
        return sign;
    }
}

/// <summary>What was known before the massage.</summary>
/// <param name="Intake">The person and the massage, as the contract's JSON.</param>
/// <param name="WithoutTheRisk">The same person and massage without what made it dangerous.</param>
/// <param name="Harms">Harms of which one is to be warned of.</param>
/// <param name="Elements">Elements of which one is to be changed, where the massage is not refused.</param>
public sealed record ScreenChallenge(JsonElement Intake, JsonElement WithoutTheRisk, ImmutableArray<string> Harms, ImmutableArray<string> Elements);

/// <summary>A first sign, as a report.</summary>
/// <param name="Report">The report, as the contract's JSON.</param>
/// <param name="AtLeast">The mildest urgency that is right.</param>
/// <param name="Harms">Harms of which one is to be suspected.</param>
public sealed record SignChallenge(JsonElement Report, Urgency AtLeast, ImmutableArray<string> Harms);

/// <summary>How a published case came out.</summary>
/// <param name="Challenge">The case.</param>
/// <param name="Answer">The answer in short; null where there was nothing to foresee.</param>
/// <param name="Warned">Whether the relevant element was changed, or the person referred, for the right harm.</param>
/// <param name="TwinAnswer">The answer for the same person without the risk.</param>
/// <param name="TwinWarned">Whether the twin was warned too, as it should not be.</param>
/// <param name="Signs">Each first sign: the answer in short, and whether it was triaged as it should be.</param>
public sealed record ChallengeResult(
    Challenge Challenge, string? Answer, bool Warned, string? TwinAnswer, bool TwinWarned, ImmutableArray<SignResult> Signs);

/// <summary>How a first sign was triaged.</summary>
public sealed record SignResult(string Answer, bool Triaged);

/// <summary>Runs the published cases through the rules.</summary>
public sealed class ChallengeRunner
{
    private const int HarmsRead = 4;
    private readonly ScreeningEngine _screening;
    private readonly TriageEngine _triage;

    /// <summary>Compiles the rules once for all cases.</summary>
    public ChallengeRunner(KnowledgeBase knowledge)
    {
        var recogniser = new Recogniser(knowledge);
        (_screening, _triage) = (new(knowledge, recogniser), new(knowledge, recogniser));
    }

    /// <summary>One case.</summary>
    public ChallengeResult Run(Challenge challenge)
    {
        var signs = challenge.Signs.Select(Sign).ToImmutableArray();
        if (challenge.Screen is not { } screen) return new(challenge, null, false, null, false, signs);
        var answer = Screen(screen.Intake);
        var twin = Screen(screen.WithoutTheRisk);
        return new(challenge, CaseRunner.Short(answer), Warns(answer, screen), CaseRunner.Short(twin), Warns(twin, screen), signs);
    }

    private static bool Warns(ScreeningAnswer answer, ScreenChallenge screen) =>
        answer.Harms.Take(HarmsRead).Any(h => screen.Harms.Contains(h))
        && (answer.Decision >= Decision.Refer || answer.Adaptations.Any(a => screen.Elements.Contains(ContractNames.Of(a.Element))));

    private SignResult Sign(SignChallenge sign)
    {
        var answer = _triage.Triage(IntakeReader.ReadAftercare(sign.Report).Value!);
        return new(ContractNames.Of(answer.Urgency), answer.Urgency >= sign.AtLeast && (sign.Harms.IsEmpty || answer.Suspected.Take(HarmsRead).Any(h => sign.Harms.Contains(h))));
    }

    private ScreeningAnswer Screen(JsonElement intake) => _screening.Screen(IntakeReader.ReadIntake(intake).Value!);
}

/// <summary>Says what is wrong with an intake or report that is written in the knowledge.</summary>
internal static class Readable
{
    /// <summary>The problems in one sentence; empty where there are none.</summary>
    public static string Problems<T>(ReadResult<T> read)
        where T : class => Problems([.. read.Value is null ? read.Problems.Select(p => $"{p.Path}: {p.Code} {p.Message}") : []]);

    /// <summary>Several such sentences in one.</summary>
    public static string Problems(ImmutableArray<string> sentences) => string.Join("; ", sentences.Where(s => s.Length > 0));
}
