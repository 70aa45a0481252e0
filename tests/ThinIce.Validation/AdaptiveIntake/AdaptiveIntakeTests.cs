using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Knowledge.Cases;
using ThinIce.TestSupport;

namespace ThinIce.Validation.AdaptiveIntake;

/// <summary>
/// The adaptive intake over everybody the repository knows: the panel of ordinary people and the vignettes of the fresh readers.
/// Each is asked as the page asks; what is said is what the vignette says. Beside it the full questionnaire: every field of the
/// person, then every question there is until none is left. Counted is every single thing a person is asked about their body,
/// and besides it the three that everybody is asked: consent, pressure, and how the body feels (symptoms, always first).
/// </summary>
public sealed class AdaptiveIntakeTests
{
    private const int Always = 2;
    private static readonly Answerer Answerer = new(Repository.Compiled, () => new DateOnly(2026, 11, 25));

    /// <summary>How a person answers what the vignette is silent about.</summary>
    public enum Silence
    {
        /// <summary>"I do not know".</summary>
        DoesNotKnow,

        /// <summary>Yes, no or "I do not know", by chance, and the same each time.</summary>
        ByChance,
    }

    [Theory]
    [InlineData(true, Silence.DoesNotKnow)]
    [InlineData(true, Silence.ByChance)]
    [InlineData(false, Silence.DoesNotKnow)]
    [InlineData(false, Silence.ByChance)]
    public void The_adaptive_intake_takes_few_questions_and_decides_as_the_full_questionnaire_does(bool planIsKnown, Silence silence)
    {
        var results = People().Select(p => Run(p.Truth with { Id = p.Id }, planIsKnown, silence)).ToList();
        var counts = results.Select(r => r.Adaptive + Always).Order().ToList();
        var other = results.Where(r => !r.IsSame).ToList();
        var line = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"plan {(planIsKnown ? "known" : "not known")}, {silence}: {results.Count} people, adaptive median {counts[counts.Count / 2]}, 90 % {counts[(int)(counts.Count * 0.9)]}, most {counts[^1]}; full median {results.Select(r => r.Full + Always).Order().ElementAt(results.Count / 2)}; decision equal {results.Count - other.Count} ({100.0 * (results.Count - other.Count) / results.Count:0.0} %); other: {string.Join(", ", other.Select(o => $"{o.Id}: {o.Ours} for {o.Theirs}").Take(20))}");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.True(results.Count > 700, line);
        Assert.True(counts[counts.Count / 2] <= 12, line);
        Assert.True(results.Count - other.Count >= 0.99 * results.Count, line);
    }

    private sealed record Result(string Id, int Adaptive, int Full, (Decision, Within) Ours, (Decision, Within) Theirs)
    {
        public bool IsSame => Ours == Theirs;
    }

    private static Result Run(Intake truth, bool planIsKnown, Silence silence)
    {
        var plan = planIsKnown ? truth.Session : PlannedSession.Empty;
        var person = new Person(truth, silence);
        var (adaptive, asked) = Adaptive(person, plan);
        var (full, askedInFull) = Full(person, plan);
        return new(truth.Id, asked, askedInFull, Decide(adaptive, truth), Decide(full, truth));
    }

    /// <summary>The decision once the therapist has said what is planned.</summary>
    private static (Decision, Within) Decide(Intake said, Intake truth) => Answerer.Screen(said with { Session = truth.Session }) is var a ? (a.Decision, a.Within) : default;

    private static (Intake Said, int Asked) Adaptive(Person person, PlannedSession plan)
    {
        // How the body feels is asked of everybody, first: it is what the check-in is compared with.
        var asked = new HashSet<string>(StringComparer.Ordinal) { "field:symptoms" };
        var said = person.Tell(new Intake { Session = plan, Place = person.Truth.Place }, ClientField.Symptoms);
        while (AdaptiveOrder.Next(Answerer.Screen(said), asked) is { } next)
        {
            asked.Add(next.Id);
            said = next.Field is { } field ? person.Tell(said, field) : person.Tell(said, next.Question!);
        }

        return (said, asked.Count);
    }

    private static (Intake Said, int Asked) Full(Person person, PlannedSession plan)
    {
        var said = new Intake { Session = plan, Place = person.Truth.Place };
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var f = 0; f < ClientFields.Count; f++)
        {
            asked.Add($"field:{((ClientField)f).Name()}");
            said = person.Tell(said, (ClientField)f);
        }

        while (Answerer.Screen(said).Questions.FirstOrDefault(q => !asked.Contains(q.Id) && ClientFields.TryParse(q.Field, out _)) is { } question)
        {
            asked.Add(question.Id);
            said = person.Tell(said, question);
        }

        return (said, asked.Count);
    }

    private static IEnumerable<(string Id, Intake Truth)> People()
    {
        foreach (var one in Panel.Read(Repository.Knowledge, Repository.Compiled, []).People) yield return (one.Id, IntakeReader.ReadIntake(one.Input).Value!);
        var folder = Path.Combine(Repository.Root, "tests", "ThinIce.Validation", "FreshReader");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Where(f => !f.EndsWith("aftercare.json", StringComparison.Ordinal)).Order())
            foreach (var item in JsonObjects.Read(File.ReadAllBytes(file)))
                yield return ($"{Path.GetRelativePath(folder, file)} {item.Element.GetProperty("id").GetString()}", IntakeReader.ReadIntake(item.Element).Value!);
    }

    /// <summary>Somebody who answers what the vignette says.</summary>
    private sealed class Person(Intake truth, Silence silence)
    {
        public Intake Truth => truth;

        /// <summary>Says all of a field. What the vignette does not give at all is "none" for a list and "does not know" for a number.</summary>
        public Intake Tell(Intake said, ClientField field) => said with { Client = Told(said.Client, field) };

        /// <summary>Answers one question; what was to be said of it in words was said in the field already.</summary>
        public Intake Tell(Intake said, Question question)
        {
            if (!question.YesNo) return said;
            bool? yes = silence == Silence.DoesNotKnow ? null : Chance(question.Id) switch { < 2 => true, < 8 => false, _ => null };
            return said with { Client = said.Client with { Direct = said.Client.Direct.Add(new(question.Id, yes)) } };
        }

        private Client Told(Client said, ClientField field) => field switch
        {
            ClientField.Age => said with { Age = Given(truth.Client.Age) },
            ClientField.Sex => said with { Sex = Given(truth.Client.Sex) },
            ClientField.PregnancyWeeks => said with { PregnancyWeeks = Given(truth.Client.PregnancyWeeks) },
            ClientField.WeightKg => said with { WeightKg = Given(truth.Client.WeightKg) },
            _ => said with { Lists = said.Lists.SetItem((int)field, truth.Client.Words(field) is { State: not AnswerState.NotAsked } given ? given : Answer<ImmutableArray<string>>.Known([])) },
        };

        private static Answer<T> Given<T>(Answer<T> answer) => answer.State == AnswerState.NotAsked ? Answer<T>.Unknown : answer;

        /// <summary>0 to 9, by person and question.</summary>
        private uint Chance(string question)
        {
            var hash = 2166136261u;
            foreach (var c in truth.Id + question) hash = (hash ^ c) * 16777619u;
            return hash / 7 % 10;
        }
    }
}
