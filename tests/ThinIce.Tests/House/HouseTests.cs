using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using ThinIce.Core;
using ThinIce.Knowledge;
using ThinIce.Knowledge.Cases;
using ThinIce.Knowledge.Pages;
using ThinIce.TestSupport;

namespace ThinIce.Tests.House;

/// <summary>The rules of the house that no reviewer should have to remember.</summary>
public sealed partial class HouseTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Fact]
    public void Core_references_only_the_base_class_library() =>
        Assert.All(typeof(KnowledgeBase).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    [Fact]
    public void No_clinical_id_of_the_knowledge_stands_in_the_code()
    {
        var knowledge = Repository.Compiled;
        // Words that the contract itself uses for fields, elements and kinds may well be ids too: "device", "pressure"; and so may columns
        // of the registry: a score of pain.
        var contract = new HashSet<string>(["device", "professional", "student", "lay", "self", "region", "technique", "position", "product", "pain", "benefit"]);
        var ids = knowledge.Rules.Select(r => r.Id.Value).Concat(knowledge.Aftercare.Select(r => r.Id.Value)).Concat(knowledge.Harms.Select(h => h.Id.Value))
            .Concat(knowledge.Vocabulary.Concepts.Select(c => c.Id.Value)).Concat(knowledge.Definitions.Select(d => d.Id.Value)).Concat(knowledge.References.Select(r => r.Id.Value))
            .Where(id => !contract.Contains(id)).ToHashSet();
        var found = Files("*.cs", "*.razor").SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetRelativePath(Source, file), Text: m.Groups[1].Value)))
            .Where(l => ids.Contains(l.Text)).ToList();
        Assert.Empty(found);
    }

    [Fact]
    public void Every_public_type_of_Core_is_immutable()
    {
        var mutable =
            from type in typeof(KnowledgeBase).Assembly.GetExportedTypes()
            where !type.IsEnum
            from fault in Faults(type)
            select $"{type.Name}.{fault}";
        Assert.Empty(mutable);
    }

    private static IEnumerable<string> Faults(Type type)
    {
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !f.IsInitOnly)) yield return field.Name;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))) yield return property.Name;
            if (property.PropertyType.IsArray || typeof(System.Collections.IList).IsAssignableFrom(property.PropertyType) && !property.PropertyType.Name.StartsWith("Immutable", StringComparison.Ordinal)) yield return property.Name;
        }
    }

    [Fact]
    public void The_projects_look_only_one_way()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["ThinIce.Core"] = [], ["ThinIce.Knowledge"] = ["ThinIce.Core"], ["ThinIce.Numbers"] = ["ThinIce.Core"], ["ThinIce.Registry"] = ["ThinIce.Knowledge"],
            ["ThinIce.Web"] = ["ThinIce.Knowledge", "ThinIce.Registry", "ThinIce.Numbers"], ["ThinIce.Cli"] = ["ThinIce.Web", "ThinIce.Registry", "ThinIce.Knowledge", "ThinIce.Numbers"],
        };
        foreach (var project in Files("*.csproj"))
        {
            var references = ProjectReference().Matches(File.ReadAllText(project)).Select(m => m.Groups[1].Value);
            Assert.All(references, r => Assert.Contains(r, allowed[Path.GetFileNameWithoutExtension(project)]));
        }
    }

    [Fact]
    public void The_generated_reference_pages_are_up_to_date()
    {
        var errors = new List<KnowledgeError>();
        var cases = CaseFiles.Read(Repository.Knowledge, Repository.Compiled, errors);
        foreach (var (name, page) in ReferencePages.All(Repository.Compiled, cases).Concat(PanelPages.All(Repository.Compiled, Repository.Knowledge, errors)))
            Assert.True(page == File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", name)), $"docs/reference/{name} is old: run ./thinice knowledge docs --to docs/reference");
    }

    [Fact]
    public void Nothing_says_that_a_rule_was_reviewed_while_there_is_no_reviewer()
    {
        Assert.Empty(Repository.Compiled.Reviewers);
        Assert.False(Repository.Compiled.ReviewedByClinician);
    }

    [Fact]
    public void Every_code_of_the_knowledge_compiler_is_in_the_reference()
    {
        var used = Files("*.cs").SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Value)).ToHashSet();
        Assert.Equal(KnowledgeErrorCodes.All.Select(c => c.Code).Order(), used.Order());
    }

    [Fact]
    public void No_rule_speaks_of_a_person_with_blame_or_certainty()
    {
        var words = Repository.Compiled.Rules.Concat<Core.Screening.Rule>(Repository.Compiled.Aftercare).Select(r => r.ForClient.In("en"));
        Assert.All(words, text => Assert.DoesNotMatch("(?i)\\b((?<!not )your fault|you should have|you caused|you have (a|had) (clot|stroke|embolism))\\b", text));
    }

    private static IEnumerable<string> Files(params string[] patterns) =>
        patterns.SelectMany(p => Directory.EnumerateFiles(Source, p, SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex("\"([a-z0-9]+(?:-[a-z0-9]+)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("ProjectReference Include=\"[^\"]*/(ThinIce\\.\\w+)\\.csproj\"")]
    private static partial Regex ProjectReference();

    [GeneratedRegex("\\bK0\\d\\d\\b")]
    private static partial Regex Code();
}
