using System.Text;
using System.Text.Json;
using CsCheck;
using ThinIce.Core;
using ThinIce.Core.Aftercare;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Property;

/// <summary>What must be true of every answer, on random cases (see <see cref="Trials"/>).</summary>
public sealed class ScreeningPropertyTests
{
    private static readonly KnowledgeBase Knowledge = Repository.Compiled;
    private static readonly ScreeningEngine Engine = new(Knowledge);
    private static readonly TriageEngine Triage = new(Knowledge);
    private const long Times = 5_000;

    [Fact]
    public void The_plain_slow_twin_gives_the_same_answer() => Cases.Any.Holds(
        coded => Json(Engine.Screen(coded)) == Json(Engine.ScreenPlainly(coded)), iter: Times);

    [Fact]
    public void The_plain_slow_twin_gives_the_same_triage() => Cases.Any.Holds(
        coded => Json(Triage.Triage(coded)) == Json(Triage.TriagePlainly(coded)), iter: Times);

    [Fact]
    public void The_order_of_entry_is_irrelevant() => Cases.Any.Select(Gen.Int[0, int.MaxValue]).Holds(
        (coded, seed) =>
        {
            var facts = coded.Facts.ToArray();
            new Random(seed).Shuffle(facts);
            return Same(Engine.Screen(coded), Engine.Screen(coded with { Facts = [.. facts] }));
        }, iter: Times);

    [Fact]
    public void Adding_a_red_flag_never_makes_the_answer_more_permissive() => Cases.Any.Select(Cases.Fact, Gen.OneOf([.. RedFlags])).Holds(
        (coded, fact, concept) =>
        {
            var flag = fact with { Concept = concept, Field = Cases.Home(concept), Presence = Presence.Present, Whose = Whose.Own, Currency = Currency.Current };
            var (without, with) = (Engine.Screen(coded), Engine.Screen(coded with { Facts = coded.Facts.Add(flag) }));
            if (Strictness(with) >= Strictness(without)) return;
            Assert.Fail($"{Knowledge.Vocabulary.Concepts[concept].Id} relaxed {without.Decision}/{without.Within} to {with.Decision}/{with.Within}: "
                + string.Join(", ", without.Findings.Select(f => $"{f.Rule} {f.Status}").Except(with.Findings.Select(f => $"{f.Rule} {f.Status}"))));
        }, iter: Times);

    [Fact]
    public void Less_pressure_never_makes_it_stricter() => Cases.Any.Select(Gen.Enum<PressureLevel>(), Gen.Enum<PressureLevel>()).Holds(
        (coded, a, b) =>
        {
            var (lighter, harder) = (With(coded, a < b ? a : b), With(coded, a < b ? b : a));
            return Strictness(lighter) <= Strictness(harder) && Elements(lighter).IsSubsetOf(Elements(harder));
        }, iter: Times);

    [Fact]
    public void Less_time_never_makes_it_stricter() => Cases.Any.Select(Gen.Int[5, 180], Gen.Int[5, 180]).Holds(
        (coded, a, b) =>
        {
            var shorter = Engine.Screen(coded with { Session = coded.Session with { Minutes = Math.Min(a, b) } });
            var longer = Engine.Screen(coded with { Session = coded.Session with { Minutes = Math.Max(a, b) } });
            return Strictness(shorter) <= Strictness(longer) && Elements(shorter).IsSubsetOf(Elements(longer));
        }, iter: Times);

    [Fact]
    public void An_unknown_field_never_reassures_more_than_a_no() => Cases.Any.Select(Gen.Int[0, ClientFields.ListCount - 1], Gen.OneOf(AnswerState.NotAsked, AnswerState.Declined, AnswerState.Unknown)).Holds(
        (coded, field, state) =>
        {
            var said = coded with { Facts = [.. coded.Facts.Where(f => f.Field != (ClientField)field)], MisreadFields = coded.MisreadFields & ~(1 << field), Definitions = coded.Definitions.Clear() };
            var no = Engine.Screen(said with { Fields = said.Fields.SetItem(field, AnswerState.Known) });
            var unknown = Engine.Screen(said with { Fields = said.Fields.SetItem(field, state) });
            return Strictness(unknown) >= Strictness(no) && (!no.Undetermined || unknown.Undetermined || Strictness(unknown) > Strictness(no))
                && unknown.Questions.Length >= Math.Min(no.Questions.Length, 12);
        }, iter: Times);

    [Fact]
    public void Not_being_certain_of_a_fact_never_reassures_more_than_denying_it() => Cases.Any.Select(Cases.Fact).Holds(
        (coded, fact) =>
        {
            var denied = Engine.Screen(coded with { Facts = coded.Facts.Add(fact with { Presence = Presence.Denied, Whose = Whose.Own }) });
            var open = Engine.Screen(coded with { Facts = coded.Facts.Add(fact with { Presence = Presence.Open, Whose = Whose.Own }) });
            return Strictness(open) >= Strictness(denied);
        }, iter: Times);

    [Fact]
    public void Unread_symptoms_never_end_in_nothing_to_do_without_saying_so() => Cases.Any.Holds(
        coded =>
        {
            var answer = Triage.Triage(coded with { MisreadFields = coded.MisreadFields | (1 << (int)ClientField.Symptoms) });
            return answer.Urgency > Urgency.None && (answer.Undetermined || answer.Urgency == Urgency.Emergency) && answer.Questions.Length > 0;
        }, iter: Times);

    [Fact]
    public void One_more_oil_or_technique_never_relaxes_the_answer() => Cases.Any.Select(Cases.Session).Holds(
        (coded, more) =>
        {
            var session = coded.Session with { Products = coded.Session.Products with { IsKnown = true }, Techniques = coded.Session.Techniques with { IsKnown = true } };
            var both = session with
            {
                Products = session.Products with { Concepts = [.. session.Products.Concepts.Union(more.Products.Concepts)] },
                Techniques = session.Techniques with { Concepts = [.. session.Techniques.Concepts.Union(more.Techniques.Concepts)] },
            };
            var (fewer, wider) = (Engine.Screen(coded with { Session = session }), Engine.Screen(coded with { Session = both }));
            if (Strictness(fewer) <= Strictness(wider) && Elements(fewer).IsSubsetOf(Elements(wider))) return;
            Assert.Fail($"Relaxed: {string.Join(", ", fewer.Adaptations.Select(a => $"{a.Rule}/{a.Element}").Except(wider.Adaptations.Select(a => $"{a.Rule}/{a.Element}")))} {fewer.Decision}->{wider.Decision}");
        }, iter: Times);

    [Fact]
    public void What_is_undetermined_comes_with_a_question() => Cases.Any.Holds(
        coded =>
        {
            var (screened, triaged) = (Engine.Screen(coded), Triage.Triage(coded));
            Assert.True(!screened.Undetermined || screened.Questions.Length > 0, $"No question before, for {string.Join(", ", screened.Findings.Select(f => f.Rule))}");
            Assert.True(!triaged.Undetermined || triaged.Questions.Length > 0, $"No question after, for {string.Join(", ", triaged.Findings.Select(f => f.Rule))}");
        }, iter: Times);

    [Fact]
    public void Must_implies_as_no_implies_can_for_every_rule() => Cases.Any.Holds(
        coded => Knowledge.Rules.Concat<Rule>(Knowledge.Aftercare).All(rule =>
        {
            var verdict = new PlainEvaluator(Knowledge, coded, misreadCounts: true).Evaluate(rule.When);
            return (!verdict.Must || verdict.AsNo) && (!verdict.AsNo || verdict.Can) && (!verdict.AsPointed || verdict.Can);
        }), iter: Times);

    [Fact]
    public void No_answer_lists_more_than_eight_harms_or_twelve_questions() => Cases.Any.Holds(
        coded => Engine.Screen(coded) is { Harms.Length: <= 8, Questions.Length: <= 12 }, iter: Times);

    private static readonly HashSet<int> Excuses = [];
    private static readonly HashSet<int> RedFlags = FindRedFlags();

    /// <summary>
    /// Concepts that a red-flag rule asks for, found in the knowledge itself; without those that explain another sign in any rule,
    /// as a flare of bowel disease explains diarrhoea that is then not catching: they may relax that rule, and should.
    /// </summary>
    private static HashSet<int> FindRedFlags()
    {
        var (asked, others) = (new HashSet<int>(), new HashSet<int>());
        foreach (var rule in Knowledge.Rules) Collect(rule.When, rule.Kind == RuleKind.RedFlag ? asked : others, excuse: false);
        return [.. Enumerable.Range(0, Knowledge.Vocabulary.Concepts.Length).Where(c => asked.Any(wider => Knowledge.Vocabulary.IsA(c, wider)) && !Excuses.Any(e => Knowledge.Vocabulary.IsA(c, e)))];
    }

    private static void Collect(Condition condition, HashSet<int> into, bool excuse)
    {
        switch (condition)
        {
            case AllOf all: foreach (var part in all.Of) Collect(part, into, excuse); break;
            case AnyOf any: foreach (var part in any.Of) Collect(part, into, excuse); break;
            case AtLeast some: foreach (var part in some.Of) Collect(part, into, excuse); break;
            case NoneOf none: foreach (var part in none.Of) Collect(part, into, !excuse); break;
            case IsDefined defined: Collect(Knowledge.Definitions[defined.Definition.Value].When, into, excuse); break;
            case HasFact has: (excuse ? Excuses : into).Add(Knowledge.Vocabulary.IndexOf(has.Concept)); break;
            default: break;
        }
    }

    private static ScreeningAnswer With(CodedCase coded, PressureLevel pressure) => Engine.Screen(coded with { Session = coded.Session with { Pressure = pressure } });

    private static HashSet<Element> Elements(ScreeningAnswer answer) => [.. answer.Adaptations.Select(a => a.Element)];

    private static int Strictness(ScreeningAnswer answer) => ((int)answer.Decision * 4) + (int)answer.Within;

    private static bool Same(ScreeningAnswer a, ScreeningAnswer b) =>
        a.Decision == b.Decision && a.Within == b.Within && a.Undetermined == b.Undetermined && a.Harms.SequenceEqual(b.Harms)
        && a.Adaptations.SequenceEqual(b.Adaptations) && a.Questions.Select(q => q.Id).Order().SequenceEqual(b.Questions.Select(q => q.Id).Order())
        && a.Findings.Select(f => (f.Rule, f.Status, f.Counts)).SequenceEqual(b.Findings.Select(f => (f.Rule, f.Status, f.Counts)));

    private static string Json(ScreeningAnswer answer) => Json(json => AnswerWriter.Write(json, answer));

    private static string Json(TriageAnswer answer) => Json(json => AnswerWriter.Write(json, answer));

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
