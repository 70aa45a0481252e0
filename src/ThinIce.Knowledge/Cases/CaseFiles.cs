using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Knowledge.Mapping;

namespace ThinIce.Knowledge.Cases;

/// <summary>Reads the cases beside the rules, and checks that every rule has one that fires, one near miss and one with the answer missing.</summary>
public static class CaseFiles
{
    private const string Ending = ".cases.yaml";

    /// <summary>All cases of a folder; what is wrong with them is added to <paramref name="errors"/>.</summary>
    public static ImmutableArray<RuleCase> Read(string folder, KnowledgeBase knowledge, List<KnowledgeError> errors)
    {
        var rules = knowledge.Rules.Concat<Rule>(knowledge.Aftercare).ToDictionary(r => r.File, StringComparer.Ordinal);
        var cases = ImmutableArray.CreateBuilder<RuleCase>();
        foreach (var file in KnowledgeFolder.Cases(folder, errors))
        {
            if (rules.TryGetValue(file.Path[..^Ending.Length] + ".yaml", out var rule)) cases.AddRange(Read(file, rule, errors));
            else errors.Add(new("K036", new(file.Path, 1), "There is no rule beside these cases, or it is retired."));
        }

        foreach (var rule in rules.Values) CheckShape(rule, [.. cases.Where(c => c.Rule == rule.Id.Value)], errors);
        return cases.ToImmutable();
    }

    private static void CheckShape(Rule rule, ImmutableArray<RuleCase> cases, List<KnowledgeError> errors)
    {
        void Need(bool there, string what)
        {
            if (!there) errors.Add(new("K037", new(rule.File, 1), $"The rule has no case {what} (in {Path.GetFileNameWithoutExtension(rule.File)}{Ending})."));
        }

        Need(cases.Any(c => c.Expect.Status == FindingStatus.Holds), "that fires (status: holds)");
        Need(cases.Any(c => c.Expect.IsNone), "that nearly fires and does not (status: none)");
        Need(cases.Any(c => c.Expect.Status == FindingStatus.Undetermined), "with the answer missing (status: undetermined)");
    }

    private static List<RuleCase> Read(KnowledgeFile file, Rule rule, List<KnowledgeError> errors)
    {
        var fields = new Fields(file.Root, errors);
        var cases = fields.List("cases").Select(node => Case(fields.Under(node), rule)).ToList();
        fields.NoOthers();
        return cases;
    }

    private static RuleCase Case(Fields fields, Rule rule)
    {
        var aftercare = rule is AftercareRule;
        var name = fields.Text("name");
        var input = YamlJson.Element(fields.Need(aftercare ? "report" : "intake"));
        var expect = fields.Need("expect") is { } expected ? Expected(fields.Under(expected), aftercare) : new();
        fields.NoOthers();
        return new(rule.Id.Value, name, fields.At, input, aftercare, expect);
    }

    private static readonly NameList Statuses = new(0, "holds", "undetermined", "none");

    private static Expectation Expected(Fields fields, bool aftercare)
    {
        FindingStatus? status = fields.NeedOneOf("status", Statuses) is var number && number == 2 ? null : (FindingStatus)number;
        var expectation = new Expectation
        {
            Status = status,
            IsNone = status is null,
            Outcome = aftercare
                ? fields.Find("urgency") is { } urgency ? ContractNames.Of((Urgency)fields.AsOneOf(urgency, Names.Urgencies)) : null
                : fields.Find("decision") is { } decision ? ContractNames.Of((Decision)fields.AsOneOf(decision, Names.Decisions)) : null,
            Elements = fields.Texts("elements"),
            Harms = fields.Texts("harms"),
            Question = fields.TextOrNull("question"),
            Undetermined = fields.Find("undetermined") is { } open ? fields.AsFlag(open) : null,
        };
        fields.NoOthers();
        return expectation;
    }
}
