using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>The loop of a clinic, from the first record to the alert: the same on both databases.</summary>
public abstract class ClinicLoopTests(PostgreSqlServer server, Database database)
{
    private Task<Desk> DeskAsync(ClinicSettings? settings = null) => Desk.NewAsync(database, server, settings);

    [Fact]
    public async Task From_intake_by_link_to_an_alert_that_the_officer_opens()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var appointment = await desk.AppointmentAsync(client);
        var invitation = (await desk.Registry.Intakes.InviteAsync(desk.Therapist, appointment, send: true)).Value;
        var visit = (await desk.Registry.Intakes.OpenAsync(invitation.Token)).Value;
        Assert.Equal(("Harbour Massage", 0, null), (visit.Clinic, visit.Revision, visit.Answers));
        const string intake = """{"client":{"conditions":[],"medicines":["warfarin"],"symptoms":["stiff neck"]}}""";
        var sent = await desk.Registry.Intakes.SendAsync(invitation.Token, 0, intake, new() { Consent = Answer<bool>.Known(true), Pain = Answer<int>.Known(6), Function = Answer<int>.Declined });
        Assert.Equal(1, sent.Value);
        var recorded = await desk.SessionAsync(client, appointment, Desk.Plan("strong"));
        Assert.Equal("adapt", ContractNames.Of(recorded.Answer.Decision));
        Assert.Equal((FollowUpReason.FirstVisit, 1.0), (recorded.FollowUp, recorded.InclusionProbability));

        desk.Clock.Now = desk.Clock.Now.AddHours(9.5);
        var mails = (await desk.SendAllAsync()).Where(m => m.Message.Template == Template.CheckIn).ToList();
        var (mail, token) = Assert.Single(mails);
        Assert.Equal("mira@home.example", mail.To);
        var reply = (await desk.Registry.CheckIns.AnswerAsync(token, new() { Complaints = [new("left arm weak and speech slurred") { Intensity = Answer<int>.Known(8) }] })).Value;
        Assert.True(reply.Alerted);
        Assert.False(reply.SomebodyReads);

        var line = Assert.Single((await desk.Registry.Alerts.BoardAsync(desk.Officer)).Value);
        Assert.Equal("emergency", line.Urgency);
        var alert = (await desk.Registry.Alerts.OpenAsync(desk.Officer, line.Id)).Value;
        Assert.Equal("Mira Quillfeather", alert.Client.Details.Name);
        Assert.Contains("speech slurred", alert.Asked, StringComparison.Ordinal);
        Assert.True((await desk.Registry.Alerts.CloseAsync(desk.Officer, line.Id, AlertOutcome.Helped, "Ambulance called.")).IsDone);
        Assert.True((await desk.SoundAsync()).Events > 15);
    }
}

public sealed class ClinicLoopOnSqlite(PostgreSqlServer server) : ClinicLoopTests(server, Database.Sqlite);

public sealed class ClinicLoopOnPostgreSql(PostgreSqlServer server) : ClinicLoopTests(server, Database.PostgreSql);
