using System.Collections.Immutable;
using System.Text.Json;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;
using ThinIce.Knowledge.Mapping;

namespace ThinIce.Knowledge.Cases;

/// <summary>An ordinary client with an ordinary massage: somebody whom the rules must let through. Made up; no real person.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Name">Who it is, in a sentence.</param>
/// <param name="At">File and line.</param>
/// <param name="Input">The intake, as the contract's JSON.</param>
/// <param name="Allowed">The strictest decision that is right for this person: adapt, unless a stricter one is listed with its reason.</param>
/// <param name="Because">Why a stricter one is right; empty where none is.</param>
public sealed record OrdinaryPerson(string Id, string Name, SourceLine At, JsonElement Input, Decision Allowed, string Because);

/// <summary>What part of the people must have something, so that the panel is like the people who come.</summary>
/// <param name="Name">What they have.</param>
/// <param name="AtLeast">The smallest share, 0 to 1.</param>
/// <param name="When">A condition they meet; null where a field counts.</param>
/// <param name="Field">A client field in which something is said to be there; null where a condition counts.</param>
public sealed record PanelShare(string Name, double AtLeast, Condition? When, ClientField? Field);

/// <summary>The panel of ordinary people.</summary>
/// <param name="People">The people.</param>
/// <param name="Shares">Its composition.</param>
public sealed record Panel(ImmutableArray<OrdinaryPerson> People, ImmutableArray<PanelShare> Shares)
{
    /// <summary>Reads <c>people/</c>; what is wrong is added to <paramref name="errors"/>.</summary>
    public static Panel Read(string folder, KnowledgeBase knowledge, List<KnowledgeError> errors)
    {
        var people = ImmutableArray.CreateBuilder<OrdinaryPerson>();
        var shares = ImmutableArray.CreateBuilder<PanelShare>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in KnowledgeFolder.Checking(folder, KnowledgeFolder.People, errors))
        {
            var fields = new Fields(file.Root, errors);
            foreach (var node in fields.List("people"))
            {
                var person = Person(fields.Under(node));
                if (Readable.Problems(IntakeReader.ReadIntake(person.Input)) is { Length: > 0 } faults)
                {
                    errors.Add(new("K040", person.At, faults));
                    continue;
                }

                if (ids.Add(person.Id)) people.Add(person);
                else errors.Add(new("K021", person.At, $"The person '{person.Id}' stands twice; ids are never reused."));
            }

            shares.AddRange(fields.List("composition").Select(node => Share(fields.Under(node), knowledge)));
            fields.NoOthers();
        }

        return new(people.ToImmutable(), shares.ToImmutable());
    }

    private static OrdinaryPerson Person(Fields fields)
    {
        var allowed = Decision.Adapt;
        var because = "";
        if (fields.Find("allowed") is { } node)
        {
            var under = fields.Under(node);
            (allowed, because) = ((Decision)under.NeedOneOf("decision", Names.Decisions), under.Text("because"));
            under.NoOthers();
        }

        var person = new OrdinaryPerson(fields.Text("id"), fields.Text("name"), fields.At, YamlJson.Element(fields.Need("intake")), allowed, because);
        fields.NoOthers();
        return person;
    }

    private static PanelShare Share(Fields fields, KnowledgeBase knowledge)
    {
        var uses = new Uses();
        Condition? when = fields.Find("when") is { } condition ? new ConditionMapping(uses, fields.Errors).Condition(condition) : null;
        foreach (var use in uses.All.Where(u => knowledge.Vocabulary.IndexOf(new(u.Id)) < 0 && !knowledge.Definitions.ContainsKey(u.Id)))
            fields.Fault("K020", use.At, $"There is no {use.Kind.Name} '{use.Id}'.");
        ClientField? field = fields.Find("field") is { } node ? (ClientField)fields.AsOneOf(node, Names.ClientLists) : null;
        var share = new PanelShare(fields.Text("name"), fields.Number("at-least"), when, field);
        fields.NoOthers();
        return share;
    }
}

/// <summary>How one ordinary person was answered.</summary>
/// <param name="Person">The person.</param>
/// <param name="Decision">The decision.</param>
/// <param name="Elements">Elements that are changed, each once.</param>
/// <param name="Undetermined">Whether the answer was left open.</param>
/// <param name="NotUnderstood">Words that nothing was made of.</param>
/// <param name="Rules">Rules that count.</param>
/// <param name="Answer">The answer in short.</param>
public sealed record PersonResult(
    OrdinaryPerson Person, Decision Decision, ImmutableArray<string> Elements, bool Undetermined, ImmutableArray<string> NotUnderstood, ImmutableArray<string> Rules, string Answer)
{
    /// <summary>Whether the person was stopped, or sent on, without a reason that is listed.</summary>
    public bool IsOverAlert => Decision > Person.Allowed;
}

/// <summary>Runs ordinary people through the rules.</summary>
public sealed class PanelRunner
{
    private readonly KnowledgeBase _knowledge;
    private readonly ScreeningEngine _engine;
    private readonly Recogniser _recogniser;

    /// <summary>Compiles the rules once for all people.</summary>
    public PanelRunner(KnowledgeBase knowledge)
    {
        (_knowledge, _recogniser) = (knowledge, new(knowledge));
        _engine = new(knowledge, _recogniser);
    }

    /// <summary>One person's answer.</summary>
    public PersonResult Run(OrdinaryPerson person)
    {
        var answer = _engine.Screen(IntakeOf(person));
        var elements = answer.Adaptations.Select(a => ContractNames.Of(a.Element)).Distinct().ToImmutableArray();
        return new(person, answer.Decision, elements, answer.Undetermined, answer.NotUnderstood,
            [.. answer.Findings.Where(f => f.Counts).Select(f => f.Rule)], CaseRunner.Short(answer));
    }

    /// <summary>The part of the people who have what the share asks for.</summary>
    public double ShareOf(PanelShare share, ImmutableArray<OrdinaryPerson> people) =>
        people.IsEmpty ? 0 : (double)people.Count(p => Has(share, _recogniser.Read(IntakeOf(p)).Case)) / people.Length;

    private bool Has(PanelShare share, CodedCase coded) => share.When is { } when
        ? new PlainEvaluator(_knowledge, coded, misreadCounts: false).Evaluate(when).AsNo
        : coded.Facts.Any(f => f.Field == share.Field && f is { Presence: Presence.Present, Whose: Whose.Own, Currency: Currency.Current });

    private static Intake IntakeOf(OrdinaryPerson person) => IntakeReader.ReadIntake(person.Input).Value!;
}
