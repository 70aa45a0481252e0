using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Screening;

namespace ThinIce.Knowledge.Mapping;

/// <summary>Maps <c>knowledge/cases/</c>: all its files together are one entry.</summary>
internal sealed class CaseMapping(List<KnowledgeError> errors)
{
    public CaseGuide Read(IReadOnlyList<KnowledgeFile> files)
    {
        if (files.Count == 0) return new();
        var fields = new Fields(new MapNode(new("cases", 0), [.. files.SelectMany(f => f.Root is MapNode map ? map.Entries : [])]), errors);
        var due = fields.Under(fields.Need("due-hours") ?? new MapNode(fields.At, []));
        var guide = new CaseGuide
        {
            SeriousHours = due.Number("serious"),
            NotKnownHours = due.Number("not-known"),
            NotSeriousHours = due.Number("not-serious"),
            EscalateAfter = fields.Number("escalate-after"),
            NearHours = fields.Number("near-hours"),
            PresumedFromGravity = (int)fields.Number("presumed-from-gravity"),
            PresumedFromUrgency = (Urgency)fields.NeedOneOf("presumed-from-urgency", Names.Urgencies),
            ModerateFrom = (int)fields.Number("moderate-from"),
            SevereFrom = (int)fields.Number("severe-from"),
            Answers = [.. fields.List("answers").Select(Item)],
            Headings = [.. fields.List("headings").Select(Item)],
        };
        due.NoOthers();
        fields.NoOthers();
        Check(fields, guide);
        return guide;

        ScaleItem Item(Node node)
        {
            var item = fields.Under(node);
            ScaleItem read = new(item.Text("id"), item.Local("text"));
            item.NoOthers();
            return read;
        }
    }

    private static void Check(Fields fields, CaseGuide guide)
    {
        if (guide.SeriousHours > guide.NotKnownHours || guide.NotKnownHours > guide.NotSeriousHours) fields.Fault("K013", fields.At, "What is more serious cannot have longer: due-hours rise from serious to not-serious.");
        if (guide.EscalateAfter is not (> 0 and < 1)) fields.Fault("K013", fields.At, "escalate-after lies above 0 and below 1.");
        if (guide.ModerateFrom >= guide.SevereFrom) fields.Fault("K013", fields.At, "severe-from lies above moderate-from.");
    }
}
