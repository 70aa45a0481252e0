using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Screening;

namespace ThinIce.Knowledge.Mapping;

/// <summary>Maps a rule file, before or after a session.</summary>
internal sealed class RuleMapping(Uses uses, List<KnowledgeError> errors)
{
    private readonly ConditionMapping _conditions = new(uses, errors);

    public ScreeningRule Screening(KnowledgeFile file)
    {
        var fields = new Fields(file.Root, errors);
        var rule = new ScreeningRule(Id(fields, file), When(fields));
        rule = (ScreeningRule)Common(rule, fields, file) with { WorseWhenLight = fields.Flag("worse-when-light") };
        if (fields.Need("decide") is { } node)
        {
            var decide = fields.Under(node);
            rule = rule with
            {
                Decision = (Decision)decide.NeedOneOf("decision", Names.Decisions),
                Within = (Within)decide.OneOf("within", Names.Withins, (int)Within.None),
            };
            decide.NoOthers();
            if (rule.Decision == Decision.Refer && rule.Within == Within.None) errors.Add(new("K034", node.At, "A referral says how soon: within: today or within: days."));
            if (rule.Decision != Decision.Refer && rule.Within != Within.None) errors.Add(new("K034", node.At, "'within' belongs to a referral only."));
        }

        rule = rule with { Adapt = Fields.Each(fields.List("adapt"), Adaptation) };
        if (rule.Decision == Decision.Adapt && rule.Adapt.IsEmpty) errors.Add(new("K035", fields.At, "A rule that adapts says what to change ('adapt')."));
        fields.NoOthers();
        return rule;
    }

    public AftercareRule Aftercare(KnowledgeFile file)
    {
        var fields = new Fields(file.Root, errors);
        var rule = (AftercareRule)Common(new AftercareRule(Id(fields, file), When(fields)), fields, file);
        if (fields.Need("decide") is { } node)
        {
            var decide = fields.Under(node);
            rule = rule with { Urgency = (Urgency)decide.NeedOneOf("urgency", Names.Urgencies) };
            decide.NoOthers();
        }

        fields.NoOthers();
        return rule;
    }

    private RuleId Id(Fields fields, KnowledgeFile file)
    {
        var id = fields.Text("id");
        var name = Path.GetFileNameWithoutExtension(file.Path);
        if (id != name) errors.Add(new("K022", fields.At, $"The id '{id}' and the file name '{name}' differ: a rule lives in a file of its name."));
        return new(id);
    }

    private Condition When(Fields fields) => fields.Need("when") is { } when ? _conditions.Condition(when) : new AnyOf([]);

    private Rule Common(Rule rule, Fields fields, KnowledgeFile file)
    {
        var words = fields.Need("words") is { } node ? Words(fields, node) : new(LocalText.None, LocalText.None);
        var reviewed = fields.Need("reviewed") is { } review ? Reviewed(fields.Under(review)) : null;
        var status = (RuleStatus)fields.NeedOneOf("status", Names.Statuses);
        var overAlerts = fields.Texts("over-alerts");
        if (overAlerts.IsEmpty) errors.Add(new("K030", fields.At, "'over-alerts' is empty: name whom this rule could stop without need."));
        if (status is RuleStatus.Reviewed or RuleStatus.InForce && reviewed is null)
            errors.Add(new("K032", fields.At, "A rule is reviewed or in force only when 'reviewed.by' names a clinician of reviewers.yaml."));
        return rule with
        {
            Kind = (RuleKind)fields.NeedOneOf("kind", Names.RuleKinds),
            Status = status,
            Area = Area(file.Path),
            IfUnknown = (IfUnknown)fields.NeedOneOf("if-unknown", Names.IfUnknowns),
            AskIf = fields.Find("ask-if") is { } ask ? _conditions.Condition(ask) : null,
            Harms = Fields.Each(fields.List("harms"), h => new HarmId(uses.Note(UseKind.Harm, fields.AsText(h), h.At))),
            ForTherapist = words.Therapist,
            ForClient = words.Client,
            Misuse = fields.Text("misuse"),
            OverAlerts = overAlerts,
            Evidence = Evidence(fields),
            ReviewedBy = reviewed,
            File = file.Path,
        };
    }

    private static string Area(string path) => path.Split('/') is { Length: > 2 } parts ? parts[1] : "";

    private static SaidTo Words(Fields fields, Node node)
    {
        var (therapist, client) = (ImmutableArray.CreateBuilder<Translation>(), ImmutableArray.CreateBuilder<Translation>());
        foreach (var entry in fields.AsEntries(node))
        {
            var language = fields.Under(entry.Value);
            therapist.Add(new(entry.Key, language.Text("therapist")));
            client.Add(new(entry.Key, language.Text("client")));
            language.NoOthers();
        }

        var words = new SaidTo(new(therapist.ToImmutable()), new(client.ToImmutable()));
        if (words.Client.Exactly("en") is null) fields.Fault("K011", node.At, "The English words ('en') are missing.");
        return words;
    }

    private sealed record SaidTo(LocalText Therapist, LocalText Client);

    private string? Reviewed(Fields fields)
    {
        var by = fields.Find("by") is { } node ? uses.Note(UseKind.Reviewer, fields.AsText(node), node.At) : null;
        fields.TextOrNull("on");
        fields.TextOrNull("again-by");
        fields.NoOthers();
        return by;
    }

    private ImmutableArray<Evidence> Evidence(Fields fields)
    {
        var evidence = Fields.Each(fields.List("evidence"), Evidence);
        if (evidence.IsEmpty) errors.Add(new("K031", fields.At, "'evidence' is empty: name a source, or say supports: convention."));
        return evidence;
    }

    private Evidence Evidence(Node node)
    {
        var fields = new Fields(node, errors);
        var supports = (SupportKind)fields.NeedOneOf("supports", Names.Supports);
        ReferenceId? reference = fields.Find("ref") is { } named ? new ReferenceId(uses.Note(UseKind.Reference, fields.AsText(named), named.At)) : null;
        if (reference is null && supports != SupportKind.Convention) errors.Add(new("K031", node.At, "Only supports: convention may go without 'ref'."));
        var evidence = new Evidence(reference, fields.Text("says"), supports);
        fields.NoOthers();
        return evidence;
    }

    private Adaptation Adaptation(Node node)
    {
        var fields = new Fields(node, errors);
        var adaptation = new Adaptation((Element)fields.NeedOneOf("element", Names.Elements), fields.Local("advice"))
        {
            When = fields.Find("when") is { } when ? _conditions.Condition(when) : null,
            Unless = fields.Find("unless") is { } unless ? _conditions.Condition(unless) : null,
        };
        fields.NoOthers();
        return adaptation;
    }
}
