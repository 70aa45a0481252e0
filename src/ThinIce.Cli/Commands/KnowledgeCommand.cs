using System.CommandLine;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;
using ThinIce.Knowledge;
using ThinIce.Knowledge.Cases;
using ThinIce.Knowledge.Pages;
using ThinIce.Knowledge.Reading;
using Challenge = ThinIce.Knowledge.Cases.Challenge;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice knowledge …</c>: for the clinician who reads and changes the rules.</summary>
internal static class KnowledgeCommand
{
    private static int Broken => Problems.Kind(Problems.BrokenKnowledge).ExitCode;

    public static Command Create() => new("knowledge", "Read, check and build the clinical knowledge") { Check(), List(), Show(), Cases(), People(), PublishedCases(), Words(), Reading(), Docs(), Build() };

    private static Option<string?> From() => new("--from") { Description = "The knowledge folder (default: knowledge/ of this repository)" };

    private static Command Check()
    {
        var from = From();
        var command = new Command("check", "Say, with file and line, what is wrong in the YAML and whose answers changed") { from };
        command.SetAction(parsed => InFolder(parsed.GetValue(from), (folder, knowledge) =>
        {
            var errors = new List<KnowledgeError>();
            var cases = CaseFiles.Read(folder, knowledge, errors);
            var results = cases.Select(new CaseRunner(knowledge).Run).ToList();
            foreach (var result in results.Where(r => r.Failures.Length > 0))
                errors.Add(new("K038", result.Case.At, $"{result.Case.Name}: {string.Join("; ", result.Failures)}."));
            var panel = Panel.Read(folder, knowledge, errors);
            var runner = new PanelRunner(knowledge);
            var people = panel.People.Select(runner.Run).ToList();
            foreach (var person in people.Where(p => p.IsOverAlert))
                errors.Add(new("K039", person.Person.At, $"{person.Person.Name}: {person.Answer}, by {string.Join(", ", person.Rules)}. Milden the rule, or list the reason under 'allowed'."));
            var challenge = Challenge.Read(folder, knowledge, errors).Select(new ChallengeRunner(knowledge).Run).ToList();
            PrintChanges(results, people, challenge);
            Console.WriteLine(Summary.Of(knowledge, results));
            foreach (var line in PanelPages.Summary(runner, panel, people).Concat(PanelPages.Summary(knowledge, challenge))) Console.WriteLine(line);
            Console.WriteLine(ReadingSummary(ClientTexts.In(folder)));
            return errors.Count > 0 ? Report(errors) : 0;
        }));
        return command;
    }

    private static Command Reading()
    {
        var from = From();
        var command = new Command("reading", "List the words for the public that are hard to read, with file and line") { from };
        command.SetAction(parsed => InFolder(parsed.GetValue(from), (folder, _) =>
        {
            var texts = ClientTexts.In(folder);
            foreach (var hard in texts.Where(t => t.Reading.IsHard).OrderByDescending(t => t.Reading.Grade)) Console.WriteLine($"{hard}{Environment.NewLine}        {hard.Text}");
            Console.WriteLine(ReadingSummary(texts));
            return 0;
        }));
        return command;
    }

    private static string ReadingSummary(System.Collections.Immutable.ImmutableArray<ClientText> texts) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"Words for the public: {texts.Length} texts at grade {ReadingGrade.Of(texts.Select(t => t.Text)).Grade:0.0}; {texts.Count(t => t.Reading.IsHard)} above grade {ReadingGrade.Highest} (./thinice knowledge reading).");

    /// <summary>Compares with the knowledge that was built last, so that a clinician sees whose answer an edit changed.</summary>
    private static void PrintChanges(List<CaseResult> results, List<PersonResult> people, List<ChallengeResult> challenge)
    {
        KnowledgeBase built;
        try
        {
            built = KnowledgeFolder.Load(KnowledgeFolder.BundlePath);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Console.WriteLine("There is no knowledge built by this program yet to compare with.");
            return;
        }

        CaseRunner cases = new(built);
        PanelRunner panel = new(built);
        ChallengeRunner published = new(built);
        var all = results.Select(r => (What: "case", Was: cases.Run(r.Case).Answer, Is: r.Answer, r.Case.Name, r.Case.At))
            .Concat(people.Select(p => (What: "ordinary person", Was: panel.Run(p.Person).Answer, Is: p.Answer, p.Person.Name, p.Person.At)))
            .Concat(challenge.Select(c => (What: "published case", Was: PanelPages.Short(published.Run(c.Challenge)), Is: PanelPages.Short(c), Name: c.Challenge.Case, c.Challenge.At)))
            .ToList();
        var changed = all.Where(one => one.Was != one.Is).ToList();
        foreach (var (what, was, now, name, at) in changed) Console.WriteLine($"CHANGED  {was} -> {now}  {name}  ({what}, {at})");
        Console.WriteLine(changed.Count == 0
            ? "No case, ordinary person or published case has another answer than in the knowledge built last."
            : $"{changed.Count} of {all.Count} cases, ordinary people and published cases have another answer than in the knowledge built last.");
    }

    private static Command People()
    {
        var from = From();
        var command = new Command("people", "Run the panel of ordinary people, who must be let through") { from };
        command.SetAction(parsed => InFolder(parsed.GetValue(from), (folder, knowledge) =>
        {
            var errors = new List<KnowledgeError>();
            var panel = Panel.Read(folder, knowledge, errors);
            var runner = new PanelRunner(knowledge);
            var people = panel.People.Select(runner.Run).ToList();
            foreach (var person in people)
                Console.WriteLine($"{(person.IsOverAlert ? "FAIL" : "ok  ")}  {person.Answer}  {person.Person.Name}{(person.Rules.IsEmpty ? "" : $"  [{string.Join(", ", person.Rules)}]")}{(person.NotUnderstood.IsEmpty ? "" : $"  not understood: {string.Join(", ", person.NotUnderstood)}")}");
            foreach (var line in PanelPages.Summary(runner, panel, people)) Console.WriteLine(line);
            return errors.Count > 0 ? Report(errors) : people.Exists(p => p.IsOverAlert) ? Broken : 0;
        }));
        return command;
    }

    private static Command PublishedCases()
    {
        var from = From();
        var command = new Command("challenge", "Run the published cases that the rules were written from") { from };
        command.SetAction(parsed => InFolder(parsed.GetValue(from), (folder, knowledge) =>
        {
            var errors = new List<KnowledgeError>();
            var results = Challenge.Read(folder, knowledge, errors).Select(new ChallengeRunner(knowledge).Run).ToList();
            foreach (var result in results) Console.WriteLine($"{(PanelPages.IsMiss(result) ? "MISS" : "ok  ")}  {result.Challenge.Case}  {PanelPages.Short(result)}");
            foreach (var line in PanelPages.Summary(knowledge, results)) Console.WriteLine(line);
            return errors.Count > 0 ? Report(errors) : 0;
        }));
        return command;
    }

    private static Command List()
    {
        var what = new Argument<string>("WHAT") { Description = "rules, aftercare, concepts, harms, references, definitions, measures or places", DefaultValueFactory = _ => "rules" };
        what.AcceptOnlyFromAmong([.. Describe.Kinds]);
        var knowledge = KnowledgeSource.Option();
        var command = new Command("list", "List what the knowledge holds") { what, knowledge };
        command.SetAction(parsed =>
        {
            foreach (var line in Describe.List(KnowledgeSource.Load(parsed.GetValue(knowledge)), parsed.GetValue(what)!)) Console.WriteLine(line);
        });
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<string>("ID") { Description = "The id of a rule, concept, harm, reference, definition, measure or place" };
        var knowledge = KnowledgeSource.Option();
        var command = new Command("show", "Show one entry, with its sources") { id, knowledge };
        command.SetAction(parsed =>
        {
            var loaded = KnowledgeSource.Load(parsed.GetValue(knowledge));
            if (Describe.Show(loaded, parsed.GetValue(id)!) is { } text)
            {
                Console.WriteLine(text);
                return 0;
            }

            var near = Describe.Nearest(loaded, parsed.GetValue(id)!);
            Console.Error.WriteLine($"{Problems.UnknownValue}: there is no entry of that id.{(near is null ? "" : $" Did you mean {near}?")}");
            return Problems.Kind(Problems.UnknownValue).ExitCode;
        });
        return command;
    }

    private static Command Cases()
    {
        var rule = new Argument<string?>("RULE") { Description = "Only the cases of this rule", Arity = ArgumentArity.ZeroOrOne };
        var from = From();
        var command = new Command("cases", "Run the cases beside the rules") { rule, from };
        command.SetAction(parsed => InFolder(parsed.GetValue(from), (folder, knowledge) =>
        {
            var errors = new List<KnowledgeError>();
            var runner = new CaseRunner(knowledge);
            var results = CaseFiles.Read(folder, knowledge, errors).Where(c => parsed.GetValue(rule) is not { } only || c.Rule == only).Select(runner.Run).ToList();
            foreach (var result in results)
            {
                Console.WriteLine($"{(result.Failures.Length == 0 ? "ok  " : "FAIL")}  {result.Outcome,-9}  {result.Case.Name}  ({result.Case.Rule})");
                foreach (var failure in result.Failures) Console.WriteLine($"        {result.Case.At}: {failure}");
            }

            var failed = results.Count(r => r.Failures.Length > 0);
            Console.WriteLine($"{results.Count} cases, {failed} failed");
            return failed > 0 || results.Count == 0 ? Broken : errors.Count > 0 ? Report(errors) : 0;
        }));
        return command;
    }

    private static Command Words()
    {
        var words = new Argument<string>("WORDS") { Description = "What somebody wrote; - reads a line each from standard input" };
        var field = new Option<string>("--in") { Description = "The list it stands in", DefaultValueFactory = _ => "conditions" };
        field.AcceptOnlyFromAmong("conditions", "medicines", "procedures", "symptoms", "allergies", "pastReactions");
        var from = From();
        var command = new Command("words", "Show how words are read: each thing found, and what was made of no word") { words, field, from };
        command.SetAction(parsed => InFolder(parsed.GetValue(from), (_, knowledge) =>
        {
            var many = parsed.GetValue(words) == "-";
            var recogniser = new Recogniser(knowledge);
            foreach (var said in many ? Lines(Console.In) : [parsed.GetValue(words)!])
            {
                if (many) Console.WriteLine($"# {said}");
                foreach (var line in WordsRead.Of(knowledge, recogniser, parsed.GetValue(field)!, said, KnowledgeSource.Today())) Console.WriteLine(line);
            }

            return 0;
        }));
        return command;
    }

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static Command Docs()
    {
        var from = From();
        var to = new Option<string>("--to") { Description = "Folder of the reference pages", Required = true };
        var command = new Command("docs", "Write the reference pages of rules, harms, sources and error codes") { from, to };
        command.SetAction(parsed => InFolder(parsed.GetValue(from), (folder, knowledge) =>
        {
            var errors = new List<KnowledgeError>();
            foreach (var (name, page) in ReferencePages.All(knowledge, CaseFiles.Read(folder, knowledge, errors)).Concat(PanelPages.All(knowledge, folder, errors)))
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(parsed.GetValue(to)!).FullName, name), page);
            return 0;
        }));
        return command;
    }

    private static Command Build()
    {
        var from = From();
        var to = new Option<string>("--to") { Description = "The bundle to write", Required = true };
        var command = new Command("build", "Compile the folder into the bundle the program answers from") { from, to };
        command.SetAction(parsed =>
        {
            var folder = KnowledgeSource.Folder(parsed.GetValue(from));
            if (!Directory.Exists(folder)) return NoFolder(folder);
            var compilation = KnowledgeFolder.Build(folder, parsed.GetValue(to)!);
            if (compilation.Knowledge is null) return Report(compilation.Errors);
            Console.WriteLine($"Built {compilation.Knowledge.Version}.");
            return 0;
        });
        return command;
    }

    /// <summary>Compiles a folder and goes on with it, or says what is wrong.</summary>
    private static int InFolder(string? named, Func<string, KnowledgeBase, int> goOn)
    {
        var folder = KnowledgeSource.Folder(named);
        if (!Directory.Exists(folder)) return NoFolder(folder);
        var compilation = KnowledgeFolder.Compile(folder);
        return compilation.Knowledge is { } knowledge ? goOn(folder, knowledge) : Report(compilation.Errors);
    }

    private static int NoFolder(string folder)
    {
        Console.Error.WriteLine($"{Problems.UnreadableFile}: {folder}: there is no such folder. Name one with --from.");
        return Problems.Kind(Problems.UnreadableFile).ExitCode;
    }

    private static int Report(IReadOnlyCollection<KnowledgeError> errors)
    {
        foreach (var error in errors) Console.Error.WriteLine(error);
        Console.Error.WriteLine($"{errors.Count} {(errors.Count == 1 ? "error" : "errors")} ({Problems.BrokenKnowledge}).");
        return Broken;
    }
}
