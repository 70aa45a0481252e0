using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Registry.Events;
using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>One complaint of a check-in. The primitives that every published scale of severity can be worked out from.</summary>
/// <param name="Words">What, in the person's words or a line of the check-list.</param>
public sealed record ComplaintOfBody(string Words)
{
    /// <summary>How strong at its worst, 0 to 10.</summary>
    public Answer<int> Intensity { get; init; }

    /// <summary>How long, in hours; so far, when it is not over.</summary>
    public Answer<double> Hours { get; init; }

    /// <summary>How far it reached into daily life.</summary>
    public Answer<Impact> Impact { get; init; }

    /// <summary>Whether it is still there.</summary>
    public Answer<bool> StillThere { get; init; }
}

/// <summary>An answer to a check-in.</summary>
public sealed record CheckInReport
{
    /// <summary>"All fine", in one tap. Then nothing else is looked at but the benefit.</summary>
    public bool AllFine { get; init; }

    /// <summary>What was felt.</summary>
    public ImmutableArray<ComplaintOfBody> Complaints { get; init; } = [];

    /// <summary>Whether it is getting better or worse; null not said.</summary>
    public Core.Clinical.Course? Course { get; init; }

    /// <summary>Care sought because of it.</summary>
    public Answer<CareSought> Care { get; init; }

    /// <summary>Whether the session did good.</summary>
    public Answer<bool> Benefit { get; init; }

    /// <summary>Which good, in the person's words.</summary>
    public string? BenefitWords { get; init; }

    /// <summary>Answers to ThinIce's own questions. A question of the knowledge that is gone is left out.</summary>
    public ImmutableArray<DirectAnswer> Answers { get; init; } = [];
}

/// <summary>What somebody sees who opens a check-in link. Names nobody and no health fact.</summary>
/// <param name="Clinic">Name of the clinic.</param>
/// <param name="Country">Its country, for emergency numbers.</param>
/// <param name="Wave">Which check-in.</param>
/// <param name="IsAnswered">Whether it was answered already; a later answer is added to it.</param>
/// <param name="TimeZone">The clinic's time zone, by its IANA name.</param>
/// <param name="Regions">Ids of the regions treated, for a check-list that fits; empty for a control.</param>
public sealed record CheckInVisit(string Clinic, string Country, Wave Wave, bool IsAnswered, string TimeZone, ImmutableArray<string> Regions);

/// <summary>What somebody who answered is told at once.</summary>
/// <param name="Id">The answer.</param>
/// <param name="Advice">Advice.</param>
/// <param name="Alerted">Whether the clinic was alerted.</param>
/// <param name="SomebodyReads">Whether somebody is there to read it now.</param>
/// <param name="ReadFrom">From when somebody is; null where the clinic has set no hours: then nobody may read it.</param>
public sealed record CheckInReply(AnswerId Id, TriageAnswer Advice, bool Alerted, bool SomebodyReads, DateTimeOffset? ReadFrom);

/// <summary>Check-ins after sessions, and controls far from any.</summary>
public sealed class CheckIns
{
    private readonly ClinicRegistry _registry;

    internal CheckIns(ClinicRegistry registry) => _registry = registry;

    /// <summary>Puts the check-ins that are due into the outbox, and marks those that were not answered in time. For a timer; several servers may call it at once.</summary>
    /// <returns>How many were put out and how many were missed.</returns>
    public async Task<Outcome<(int Asked, int Missed)>> RunAsync(ClinicId clinic, CancellationToken stop = default)
    {
        if (_registry.Options.PublicUrl is null) return new Problem(Problems.NoPublicUrl, Problems.Kind(Problems.NoPublicUrl).WayOut, "");
        var missed = await _registry.ActAsync<int>(EventTypes.ContactMissed, Actor.System(clinic), stop, MissAsync);
        var asked = await _registry.ActAsync<int>(EventTypes.ContactAsked, Actor.System(clinic), stop, AskAsync);
        return asked.IsDone && missed.IsDone ? (asked.Value, missed.Value) : Outcome<(int, int)>.Refused(asked.Problems.Concat(missed.Problems));
    }

    /// <summary>Draws people who have had no session for a while, and have none soon, to be asked as controls. Once a day.</summary>
    public Task<Outcome<int>> DrawControlsAsync(ClinicId clinic, CancellationToken stop = default) =>
        _registry.ActAsync<int>(EventTypes.ControlOpened, Actor.System(clinic), stop, async act =>
        {
            var settings = (await act.FindAsync<Clinic>(clinic))!;
            var (from, to) = (act.Now.AddDays(-Schedule.ControlDays), act.Now.AddDays(Schedule.ControlDays));
            var candidates = await act.Rows<ClientRecord>().Where(c => c.ErasedAt == null
                && act.Db.Set<Session>().Any(s => s.ClientId == c.ClientId) && !act.Db.Set<Session>().Any(s => s.ClientId == c.ClientId && s.StartedAt > from)
                && !act.Db.Set<Appointment>().Any(a => a.ClientId == c.ClientId && a.State == AppointmentState.Booked && a.StartsAt > from && a.StartsAt < to)
                && !act.Db.Set<Series>().Any(s => s.ClientId == c.ClientId && (s.State == SeriesState.Open || s.OpenedAt > from))).OrderBy(c => c.ClientId).ToListAsync(stop);
            var drawn = 0;
            foreach (var client in candidates.Where(Clients.CanBeAsked).Where(_ => _registry.Options.Chance() < settings.ControlProbability))
            {
                var series = act.Add(new Series { Id = new(Guid.NewGuid()), ClientId = client.ClientId, Kind = SeriesKind.Control, InclusionProbability = settings.ControlProbability, State = SeriesState.Open, OpenedAt = act.Now });
                var planned = Schedule.Control(act.Now, new(settings));
                act.Add(new Contact { Id = new(Guid.NewGuid()), ClientId = client.ClientId, SeriesId = series.Id, Wave = planned.Wave, DueAt = planned.DueAt, ClosesAt = planned.ClosesAt, State = ContactState.Planned });
                drawn++;
            }

            return drawn;
        });

    /// <summary>Opens a check-in link.</summary>
    public Task<Outcome<CheckInVisit>> OpenAsync(LinkToken token, CancellationToken stop = default) =>
        Links.FollowAsync<CheckInVisit>(_registry, token, LinkPurpose.CheckIn, EventTypes.RecordRead, stop, async (act, link, _) =>
        {
            var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
            var contact = (await act.FindAsync<Contact>(link.ContactId!.Value))!;
            var session = contact.SessionId is { } id ? await act.FindAsync<Session>(id) : null;
            return new CheckInVisit(clinic.Name, clinic.Country, contact.Wave, contact.State == ContactState.Answered, clinic.TimeZone, session is null ? [] : Coding.Regions(session.Performed ?? session.Plan));
        });

    /// <summary>What would be advised on a report, without keeping it: for the questions that still matter. Reads the person's own record by the person's own link.</summary>
    public Task<Outcome<TriageAnswer>> PreviewAsync(LinkToken token, CheckInReport report, CancellationToken stop = default) =>
        Links.FollowAsync<TriageAnswer>(_registry, token, LinkPurpose.CheckIn, EventTypes.RecordRead, stop, async (act, link, key) =>
        {
            var contact = (await act.FindAsync<Contact>(link.ContactId!.Value))!;
            var session = contact.SessionId is { } id ? await act.FindAsync<Session>(id) : null;
            var reply = _registry.Answerer.Triage(Coding.Item(Asked(report, session, key, (await act.FindAsync<Clinic>(act.Clinic))!, act.Now)));
            return reply.Answer is { } advice ? advice : Outcome<TriageAnswer>.Refused(reply.Problems);
        });

    /// <summary>Answers a check-in. Advice comes at once; an alarming answer raises an alert in the same act. A second answer is added, not put in place of the first.</summary>
    /// <param name="token">Secret of the link.</param>
    /// <param name="report">The answer.</param>
    /// <param name="once">Id of the page that it was sent from: sent twice, by a double tap or a line that broke, it is kept once and answered twice. Null for none.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<Outcome<CheckInReply>> AnswerAsync(LinkToken token, CheckInReport report, AnswerId? once, CancellationToken stop = default) =>
        Links.FollowAsync(_registry, token, LinkPurpose.CheckIn, EventTypes.ContactAnswered, stop, async (act, link, key) =>
        {
            var contact = (await act.FindAsync<Contact>(link.ContactId!.Value))!;
            if (once is { } id && await act.FindAsync<CheckInAnswer>(id) is { } kept) return kept.ContactId == contact.Id ? await AgainAsync(act, kept, key) : Refusal.NotFound("once");
            link.UsedAt ??= act.Now;
            return await AnswerAsync(act, contact, key, report, once);
        });

    /// <summary>Answers a check-in.</summary>
    public Task<Outcome<CheckInReply>> AnswerAsync(LinkToken token, CheckInReport report, CancellationToken stop = default) => AnswerAsync(token, report, null, stop);

    /// <summary>Writes down what a client told on the telephone.</summary>
    public Task<Outcome<CheckInReply>> TakeAsync(Actor actor, ContactId id, CheckInReport report, CancellationToken stop = default) =>
        _registry.ActAsync<CheckInReply>(EventTypes.ContactAnswered, actor, stop, async act =>
        {
            if (await act.FindAsync<Contact>(id) is not { } contact) return Refusal.NotFound("contact");
            return await act.KeyAsync(contact.ClientId.Value) is { } key ? await AnswerAsync(act, contact, key, report) : Refusal.Erased("contact");
        });

    /// <summary>No more messages: by the link at the foot of each, also when it has done its work or its time is over. Ends an open series.</summary>
    public Task<Outcome<Done>> OptOutAsync(LinkToken token, CancellationToken stop = default) => Links.OptOutAsync(_registry, token, stop);

    internal static async Task EndOpenSeriesAsync(Act act, ClientId client, SeriesState to)
    {
        foreach (var series in await act.Rows<Series>().Where(s => s.ClientId == client && s.State == SeriesState.Open).ToListAsync(act.Stop))
        {
            (series.State, series.EndedAt) = (to, act.Now);
            foreach (var contact in await act.Rows<Contact>().Where(c => c.SeriesId == series.Id && (c.State == ContactState.Planned || c.State == ContactState.Asked)).ToListAsync(act.Stop))
            {
                if (contact.State == ContactState.Planned) contact.State = ContactState.CalledOff;
                // One that was sent stays open for an answer; one still in the outbox is not sent.
                foreach (var message in await act.Rows<Message>().Where(m => m.ContactId == contact.Id && m.State == MessageState.Waiting).ToListAsync(act.Stop))
                    (message.State, contact.State) = (MessageState.CalledOff, ContactState.CalledOff);
            }

            // Before another series is opened: the database allows one.
            await act.FlushAsync();
        }
    }

    /// <summary>The reply to an answer that was kept already.</summary>
    private async Task<Outcome<CheckInReply>> AgainAsync(Act act, CheckInAnswer kept, SubjectKey key)
    {
        var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
        var cover = new ClinicClock(clinic).Cover(act.Now, await act.Rows<CoverHours>().AsNoTracking().ToListAsync(act.Stop));
        var advice = _registry.Answerer.Triage(Coding.Item(key.Open(kept.Asked, "asked")!)).Answer!;
        return new CheckInReply(kept.Id, advice, await act.Rows<Alert>().AnyAsync(a => a.AnswerId == kept.Id, act.Stop), cover.Now, cover.Next);
    }

    private async Task<Outcome<CheckInReply>> AnswerAsync(Act act, Contact contact, SubjectKey key, CheckInReport report, AnswerId? once = null)
    {
        if (Check(report).ToList() is { Count: > 0 } problems) return Outcome<CheckInReply>.Refused(problems);
        var session = contact.SessionId is { } id ? await act.FindAsync<Session>(id) : null;
        var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
        var asked = Asked(report, session, key, clinic, act.Now);
        var reply = _registry.Answerer.Triage(Coding.Item(asked));
        if (reply.Answer is not { } advice) return Outcome<CheckInReply>.Refused(reply.Problems);
        var answer = Keep(act, contact, session, key, report, asked, reply, once);
        var alerted = Alerts.IsAlarming(advice);
        if (alerted) await Alerts.RaiseAsync(act, clinic, answer, session);
        contact.State = ContactState.Answered;
        await CloseSeriesAsync(act, contact);
        var cover = new ClinicClock(clinic).Cover(act.Now, await act.Rows<CoverHours>().AsNoTracking().ToListAsync(act.Stop));
        return new CheckInReply(answer.Id, advice, alerted, cover.Now, cover.Next);
    }

    private CheckInAnswer Keep(Act act, Contact contact, Session? session, SubjectKey key, CheckInReport report, string asked, Reply<TriageAnswer> reply, AnswerId? once)
    {
        var advice = reply.Answer!;
        var answer = act.Add(new CheckInAnswer
        {
            Id = once ?? new(Guid.NewGuid()), ClientId = contact.ClientId, ContactId = contact.Id, SessionId = session?.Id, GivenAt = act.Now,
            HoursAfter = session is null ? null : Hours(session, act.Now), AllFine = report.AllFine,
            Asked = key.Seal(asked, "asked"), Answered = key.Seal(Coding.Written(reply, Answerer.Write), "answered"), BenefitWords = key.Seal(report.BenefitWords, "benefit_words"),
            Complaints = Complaints(report, advice), NewOrWorse = KnowsBefore(asked) ? advice.NewOrWorse.Length : null,
            Urgency = ContractNames.Of(advice.Urgency), Undetermined = advice.Undetermined, Suspected = Coding.List(advice.Suspected), Knowledge = advice.Knowledge,
        });
        (answer.CareState, answer.Care) = Registry.Asked.Write(report.Care);
        (answer.BenefitState, answer.Benefit) = Registry.Asked.Write(report.Benefit);
        return answer;
    }

    private string Complaints(CheckInReport report, TriageAnswer advice) => new JsonArray([.. (report.AllFine ? [] : report.Complaints).Select(c => (JsonNode)new JsonObject
    {
        ["concepts"] = _registry.Coding.Concepts(c.Words),
        ["newOrWorse"] = advice.NewOrWorse.Contains(c.Words),
        ["intensity"] = Primitive(c.Intensity, v => v), ["hours"] = Primitive(c.Hours, v => v), ["impact"] = Primitive(c.Impact, v => v.ToString().ToLowerInvariant()), ["stillThere"] = Primitive(c.StillThere, v => v),
    })]).ToJsonString();

    /// <summary>A primitive, or the contract's word for why there is none.</summary>
    private static JsonNode Primitive<T>(Answer<T> answer, Func<T, JsonNode> value) => answer.IsKnown ? value(answer.Value) : new JsonObject { ["missing"] = ContractNames.Of(answer.State) };

    private static bool KnowsBefore(string asked) => IntakeReader.ReadAftercare(Coding.Item(asked).Element).Value is { Before.IsKnown: true };

    private static double Hours(Session session, DateTimeOffset now) => Math.Round(Math.Max(0, (now - session.StartedAt).TotalHours), 2);

    /// <summary>The report as one object of the contract: what was told before the session, the session, and what is told now.</summary>
    private static string Asked(CheckInReport report, Session? session, SubjectKey key, Clinic clinic, DateTimeOffset now)
    {
        var asked = session is null ? [] : JsonNode.Parse(key.Open(session.Asked, "asked")!)!.AsObject();
        asked["format"] = "thinice/aftercare/1";
        asked["place"] ??= clinic.Country;
        if (session is not null) asked["hoursAfter"] = Hours(session, now);
        asked["symptoms"] = new JsonArray([.. (report.AllFine ? [] : report.Complaints).Select(c => (JsonNode)c.Words.Trim())]);
        if (report.Course is { } course) asked["course"] = course.ToString().ToLowerInvariant();
        if (report.Answers.Length > 0)
        {
            var client = asked["client"] as JsonObject;
            if (client is null) asked["client"] = client = [];
            var answers = client["answers"] as JsonObject;
            if (answers is null) client["answers"] = answers = [];
            foreach (var answer in report.Answers) answers[answer.Question] = answer.Yes switch { true => "yes", false => "no", _ => "unknown" };
        }

        if (report.Care.IsKnown) asked["careSought"] = report.Care.Value.ToString().ToLowerInvariant();
        return asked.ToJsonString();
    }

    private static IEnumerable<Problem> Check(CheckInReport report)
    {
        if (!report.AllFine && report.Complaints.Length == 0 && !report.Benefit.IsKnown && !report.Answers.Any(a => a.Yes == true)) yield return Refusal.Missing("complaints", "Say what you noticed, or that all is fine.");
        if (report.Complaints.Length > Limits.ListLength) yield return new(Problems.TooMany, Problems.Kind(Problems.TooMany).WayOut, "complaints");
        for (var i = 0; i < report.Complaints.Length; i++)
        {
            var one = report.Complaints[i];
            if (string.IsNullOrWhiteSpace(one.Words)) yield return Refusal.Missing($"complaints[{i}].words", "Say what it was.");
            if (one.Words is { Length: > Limits.ItemLength }) yield return new(Problems.TooLong, Problems.Kind(Problems.TooLong).WayOut, $"complaints[{i}].words");
            foreach (var problem in Intakes.Scale(one.Intensity, $"complaints[{i}].intensity")) yield return problem;
            if (one.Hours.IsKnown && one.Hours.Value is not (>= 0 and <= 8760)) yield return Refusal.OutOfRange($"complaints[{i}].hours", "0 to 8,760");
        }
    }

    private static async Task CloseSeriesAsync(Act act, Contact contact)
    {
        var open = await act.Rows<Contact>().Where(c => c.SeriesId == contact.SeriesId && c.Id != contact.Id).Select(c => c.State).ToListAsync(act.Stop);
        if (open.Any(s => s is ContactState.Planned or ContactState.Asked)) return;
        var series = (await act.FindAsync<Series>(contact.SeriesId))!;
        if (series.State == SeriesState.Open) (series.State, series.EndedAt) = (SeriesState.Done, act.Now);
    }

    private static async Task<Outcome<int>> MissAsync(Act act)
    {
        var late = await act.Rows<Contact>().Where(c => (c.State == ContactState.Asked || c.State == ContactState.Planned) && c.ClosesAt <= act.Now).OrderBy(c => c.DueAt).Take(500).ToListAsync(act.Stop);
        foreach (var contact in late)
        {
            // One that was never asked, because the server was down the whole time, is called off and not held against the person.
            contact.State = contact.State == ContactState.Asked ? ContactState.Missed : ContactState.CalledOff;
            await CloseSeriesAsync(act, contact);
            await act.FlushAsync();
        }

        return late.Count;
    }

    private async Task<Outcome<int>> AskAsync(Act act)
    {
        var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
        var due = await act.Rows<Contact>().Where(c => c.State == ContactState.Planned && c.DueAt <= act.Now && c.ClosesAt > act.Now).OrderBy(c => c.DueAt).Take(500).ToListAsync(act.Stop);
        foreach (var contact in due)
        {
            var client = (await act.FindAsync<ClientRecord>(contact.ClientId))!;
            if (!Clients.CanBeAsked(client) || (contact.Wave == Wave.Control && await HasSessionNearAsync(act, contact)))
            {
                contact.State = ContactState.CalledOff;
                await CloseSeriesAsync(act, contact);
                continue;
            }

            var link = Links.Make(act, contact.ClientId, LinkPurpose.CheckIn, contact.ClosesAt, out _);
            link.ContactId = contact.Id;
            Outbox.Put(act, client, Template.CheckIn, link, new ClinicClock(clinic).NextAllowed(act.Now), contact.ClosesAt).ContactId = contact.Id;
            (contact.State, contact.AskedAt) = (ContactState.Asked, act.Now);
        }

        return due.Count;
    }

    private static Task<bool> HasSessionNearAsync(Act act, Contact contact)
    {
        var from = contact.DueAt.AddDays(-Schedule.ControlDays);
        return act.Rows<Session>().AnyAsync(s => s.ClientId == contact.ClientId && s.StartedAt > from, act.Stop);
    }
}
