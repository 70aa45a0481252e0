using System.Collections.Immutable;
using System.Text.Json;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Contract;

/// <summary>What reading an object came to: the value, or everything that is wrong with it.</summary>
/// <param name="Value">The value; null when there are problems.</param>
/// <param name="Id">The object's id as far as it could be read; empty where it could not.</param>
/// <param name="Problems">All problems, in the order of the fields.</param>
public sealed record ReadResult<T>(T? Value, string Id, ImmutableArray<Problem> Problems)
    where T : class;

/// <summary>
/// Reads the formats <c>thinice/intake/1</c> and <c>thinice/aftercare/1</c>. Collects every problem of an object rather than
/// stopping at the first. Fields it does not know are listed, not refused and not dropped silently.
/// </summary>
public static class IntakeReader
{
    private const string IntakeFormat = "thinice/intake/1", AftercareFormat = "thinice/aftercare/1";

    private static readonly HashSet<string> IntakeFields =
        ["format", "id", "client", "session", "notAsked", "declined", "dontKnow", "place", "words", "expect"];

    private static readonly HashSet<string> AftercareFields = [.. IntakeFields, "hoursAfter", "symptoms", "before", "course", "careSought"];

    private static readonly HashSet<string> SessionFields =
        ["technique", "regions", "pressure", "minutes", "devices", "heat", "position", "products", "provider", "priorSessions"];

    // In the order of their enumerations.
    private static readonly string[] Pressures = ["light", "moderate", "strong"];
    private static readonly string[] Sexes = ["female", "male"];
    private static readonly string[] Courses = ["better", "same", "worse"];

    /// <summary>Reads an intake.</summary>
    public static ReadResult<Intake> ReadIntake(JsonElement element)
    {
        var fields = new FieldReader(element, "");
        fields.Format(IntakeFormat);
        var intake = Intake(fields, IntakeFields, aftercare: false, symptoms: null);
        return fields.Result(intake, intake.Id);
    }

    /// <summary>Reads an aftercare report. Its symptoms are those of now.</summary>
    public static ReadResult<AftercareReport> ReadAftercare(JsonElement element)
    {
        var fields = new FieldReader(element, "");
        fields.Format(AftercareFormat);
        var symptoms = fields.Words("symptoms");
        var report = new AftercareReport
        {
            Intake = Intake(fields, AftercareFields, aftercare: true, symptoms),
            HoursAfter = fields.Number("hoursAfter", 0, 87_660),
            // The client's own symptoms are those of the intake, before the session.
            Before = Together(fields.Words("before"), fields.Object("client")?.Words("symptoms")) is { } before ? Answer<ImmutableArray<string>>.Known(before) : default,
            Course = (Course?)fields.OneOf("course", Courses),
            CareSought = fields.Text("careSought"),
        };
        return fields.Result(report, report.Intake.Id);
    }

    private static Intake Intake(FieldReader fields, HashSet<string> known, bool aftercare, ImmutableArray<string>? symptoms)
    {
        var states = States(fields);
        var client = fields.Object("client");
        var session = fields.Object("session");
        return new()
        {
            Id = fields.Id(),
            Client = ReadClient(client, states, aftercare, symptoms),
            Session = session is null ? PlannedSession.Empty : Session(session),
            Place = fields.Text("place", 10),
            InOneLine = fields.Text("words"),
            NotRead = [.. fields.Unread(known), .. client?.Unread(ClientFieldNames) ?? [], .. session?.Unread(SessionFields) ?? []],
        };
    }

    private static ImmutableArray<string>? Together(ImmutableArray<string>? one, ImmutableArray<string>? other) =>
        one is null && other is null ? null : [.. one ?? [], .. other ?? []];

    private static readonly HashSet<string> ClientFieldNames =
        [.. Enumerable.Range(0, ClientFields.Count).Select(f => ((ClientField)f).Name()), "answers"];

    /// <summary>The fields named in notAsked, declined and dontKnow.</summary>
    private static Dictionary<ClientField, AnswerState> States(FieldReader fields)
    {
        var states = new Dictionary<ClientField, AnswerState>();
        foreach (var (list, state) in new[] { ("notAsked", AnswerState.NotAsked), ("declined", AnswerState.Declined), ("dontKnow", AnswerState.Unknown) })
        {
            var names = fields.Words(list) ?? [];
            for (var i = 0; i < names.Length; i++)
            {
                var name = names[i].StartsWith("client.", StringComparison.Ordinal) ? names[i]["client.".Length..] : names[i];
                if (ClientFields.TryParse(name, out var field)) states[field] = state;
                else fields.Fault(Problems.UnknownValue, $"{list}[{i}]", "Not the name of a client field.");
            }
        }

        return states;
    }

    private static Client ReadClient(FieldReader? client, Dictionary<ClientField, AnswerState> states, bool aftercare, ImmutableArray<string>? symptoms) => new()
    {
        Age = Number(client, states, ClientField.Age, 0, 130),
        Sex = client?.OneOf("sex", Sexes) is { } sex ? Answer<Sex>.Known((Sex)sex) : Missing<Sex>(states, ClientField.Sex),
        PregnancyWeeks = Number(client, states, ClientField.PregnancyWeeks, 0, 45),
        WeightKg = Number(client, states, ClientField.WeightKg, 0.3, 650),
        Lists = Lists(client, states, aftercare, symptoms),
        Direct = client?.Answers() ?? [],
    };

    private static ImmutableArray<Answer<ImmutableArray<string>>> Lists(
        FieldReader? client, Dictionary<ClientField, AnswerState> states, bool aftercare, ImmutableArray<string>? symptoms)
    {
        var lists = new Answer<ImmutableArray<string>>[ClientFields.ListCount];
        for (var f = 0; f < lists.Length; f++)
        {
            var field = (ClientField)f;
            var words = aftercare && field == ClientField.Symptoms ? symptoms : client?.Words(field.Name());
            // An empty list beside "declined" is not "none".
            lists[f] = words is { } list && (list.Length > 0 || !states.ContainsKey(field)) ? Answer<ImmutableArray<string>>.Known(list) : Missing<ImmutableArray<string>>(states, field);
        }

        return [.. lists];
    }

    private static Answer<double> Number(FieldReader? client, Dictionary<ClientField, AnswerState> states, ClientField field, double low, double high) =>
        client?.Number(field.Name(), low, high) is { } value ? Answer<double>.Known(value) : Missing<double>(states, field);

    private static Answer<T> Missing<T>(Dictionary<ClientField, AnswerState> states, ClientField field) =>
        Answer<T>.Missing(states.GetValueOrDefault(field, AnswerState.NotAsked));

    private static PlannedSession Session(FieldReader session) => new()
    {
        Technique = session.Text("technique"),
        Regions = session.Words("regions") is { Length: > 0 } regions ? regions : null,
        Pressure = (PressureLevel?)session.OneOf("pressure", Pressures),
        Minutes = session.Number("minutes", 1, 1440),
        Devices = session.Words("devices"),
        Heat = session.Flag("heat"),
        Position = session.Text("position"),
        Products = session.Words("products"),
        Provider = session.Text("provider"),
        PriorSessions = (int?)session.Number("priorSessions", 0, 100_000),
    };
}
