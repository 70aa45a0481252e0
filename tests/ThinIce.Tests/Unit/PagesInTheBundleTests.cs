using ThinIce.Core;
using ThinIce.Knowledge;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Unit;

/// <summary>What the pages show is the same from the bundle as from the folder.</summary>
public sealed class PagesInTheBundleTests
{
    [Fact]
    public void A_bundle_holds_the_same_pages_practice_cases_history_and_figures_as_its_folder()
    {
        var bundle = Path.Combine(Path.GetTempPath(), $"thinice-pages-{Environment.ProcessId}.knowledge");
        try
        {
            Assert.NotNull(KnowledgeFolder.Build(Repository.Knowledge, bundle).Knowledge);
            Assert.Equal(Told(Repository.Compiled), Told(KnowledgeFolder.Load(bundle)));
        }
        finally
        {
            File.Delete(bundle);
        }
    }

    private static List<string> Told(KnowledgeBase knowledge) =>
    [
        .. knowledge.Guidance.SelectMany(p => p.Sections.SelectMany(s => s.Points.Select(point => $"{p.Id} {s.Id} {s.Tone} {point.Say.In("en")} {string.Join(' ', point.References)}"))),
        .. knowledge.Guidance.SelectMany(p => p.Rates).Concat(knowledge.Harms.SelectMany(h => h.Rates)).Select(r => $"{r.Events} {r.Of} {r.IsGood} {r.Range} {r.What.In("en")} {r.Limits.In("en")} {r.Reference}"),
        .. knowledge.Harms.Select(h => $"{h.Id} {string.Join(' ', h.Where)}"),
        .. knowledge.Rates.Select(r => $"{r.Id} {r.Events} {r.Of} {r.Unit} {r.Treatment} {r.Reference} {r.Name.In("en")} {r.What.In("en")} {r.Asked.In("en")} {r.Window.In("en")} {r.Limits.In("en")}"),
        .. knowledge.RatesLeftOut.Select(r => $"{r.Id} {r.Reference} {r.What.In("en")} {r.Why.In("en")}"),
        .. knowledge.Drill.Select(d => $"{d.Id} {d.Case} {d.Right} {d.Moment.In("en")} {d.Why.In("en")} {d.Check?.Json}"),
        .. knowledge.History.Select(h => $"{h.On} {h.Kind} {h.What.In("en")} {string.Join(' ', h.Rules)} {string.Join(' ', h.Areas)} {string.Join(' ', h.Harms)}"),
    ];
}
