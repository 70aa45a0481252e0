using System.Collections.Immutable;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Imports;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>Getting the day in out of other programs' files.</summary>
public abstract class ImportTests(PostgreSqlServer server, Database database)
{
    /// <summary>The encoding that office programs of the West write without saying so.</summary>
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Fact]
    public async Task Five_thousand_rows_in_another_encoding_with_broken_ones_are_taken_in_and_the_broken_ones_kept_aside()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var text = new StringBuilder("Patient Number;First Name;Last Name;Email;Mobile Phone;Date of Birth;Gender\r\n");
        var broken = new Dictionary<int, string>
        {
            [17] = "\"never closed;A;B;;;;", [100] = "100;;;;;;", [101] = "101;Zoë;Müller;no address;;;", [2000] = "2000;Ann;Age;;;31/02/1990;", [3000] = "3000;Fay;Future;;;01/01/2031;", [4999] = "4999;a;b;c@d.example;;;f;too;many", [4998] = "4998;P;Hone;;12;;",
        };
        for (var i = 2; i <= 5001; i++)
            text.Append(broken.TryGetValue(i, out var bad) ? bad : $"{i};Zoë{i};\"O'Müller; \"\"the {i}th\"\"\";zoe{i}@home.example;+44 7700 {900000 + i};{1 + (i % 28):00}/05/{1950 + (i % 50)};F").Append("\r\n");
        var file = Windows1252.GetBytes(text.ToString());
        var preview = desk.Registry.Imports.Preview(file, ImportKind.Clients).Value;
        Assert.Equal((5000, DateOrder.DayMonthYear, "Zoë2 O'Müller; \"the 2th\""), (preview.Rows, preview.Mapping.Dates, preview.First[0].Name));
        var result = (await desk.Registry.Imports.TakeAsync(desk.Admin, file, ImportKind.Clients)).Value;
        Assert.Equal((4993, 0, 7), (result.Added, result.Known, result.Rejected.Length));
        (int, string, string)[] expected =
        [
            (17, Problems.CsvRow, ""), (100, Problems.Missing, "Last Name"), (101, Problems.UnknownValue, "Email"), (2000, Problems.NotADate, "Date of Birth"),
            (3000, Problems.InTheFuture, "Date of Birth"), (4998, Problems.UnknownValue, "Mobile Phone"), (4999, Problems.CsvRow, ""),
        ];
        Assert.Equal(expected, result.Rejected.Select(r => (r.Line, r.Problem.Code, r.Problem.Path)));
        var aside = (await desk.Registry.Imports.RejectedAsync(desk.Admin, result.Id)).Value;
        Assert.Equal(broken.OrderBy(b => b.Key).Select(b => b.Value), aside.Select(r => r.Raw));
        Assert.Equal("Zoë4321 O'Müller; \"the 4321th\"", Assert.Single((await desk.Registry.Clients.FindAsync(desk.Therapist, "zoë4321 ")).Value).Details.Name);
        // The same file again adds nobody.
        var again = (await desk.Registry.Imports.TakeAsync(desk.Admin, file, ImportKind.Clients)).Value;
        Assert.Equal((0, 4993), (again.Added, again.Known));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Appointments_find_their_client_and_therapist_and_stand_on_the_clinics_clock()
    {
        await using var desk = await Desk.NewAsync(database, server);
        await desk.Registry.Imports.TakeAsync(desk.Admin, "ID,Name,Date of birth\n7,Ann Early,1970-02-03\n"u8.ToArray(), ImportKind.Clients);
        const string file = "Appointment ID,Client ID,Client Name,Start Time,End Time,Practitioner,Status,Treatment\n"
            + "a1,7,Ann Early,2027-06-01 10:30,2027-06-01 11:15,Theo Therapist,Booked,Sports massage 45\n"
            + "a2,8,Bob Walk,2027-06-01 2:00 PM,2027-06-01 3:00 PM,Somebody Else,Booked,\n"
            + "a3,7,Ann Early,2027-06-02 10:30,,Theo Therapist,Cancelled,\n"
            + "a4,7,Ann Early,next week,,,,\n"
            + "a1,7,Ann Early,2027-06-01 10:30,2027-06-01 11:15,Theo Therapist,Booked,Sports massage 45\n";
        var result = (await desk.Registry.Imports.TakeAsync(desk.Admin, Encoding.UTF8.GetBytes(file), ImportKind.Appointments)).Value;
        Assert.Equal((2, 1), (result.Added, result.Known));
        Assert.Equal((5, Problems.NotADate, "Start Time"), (Assert.Single(result.Rejected).Line, result.Rejected[0].Problem.Code, result.Rejected[0].Problem.Path));
        var day = (await desk.Registry.Clients.DayAsync(desk.Therapist, new(2027, 6, 1))).Value;
        Assert.Equal(["Ann Early", "Bob Walk"], day.Select(d => d.Name));
        Assert.Equal([new DateTimeOffset(2027, 6, 1, 9, 30, 0, TimeSpan.Zero), new(2027, 6, 1, 13, 0, 0, TimeSpan.Zero)], day.Select(d => d.StartsAt));
        Assert.Equal((45, desk.Therapist.Id, null), (day[0].Minutes, day[0].Therapist?.Value, day[1].Therapist));
        // What was booked decides what the intake asks.
        var link = (await desk.Registry.Intakes.InviteAsync(desk.Therapist, day[0].Appointment, send: false)).Value.Token;
        Assert.Equal("Sports massage 45", (await desk.Registry.Intakes.OpenAsync(link)).Value.Service);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task An_import_is_undone_as_far_as_nothing_was_added_to_it_since()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var result = (await desk.Registry.Imports.TakeAsync(desk.Admin, "Name,Email\nAnn Early,\nBob Walk,bob@home.example\n,x\n"u8.ToArray(), ImportKind.Clients)).Value;
        var bob = Assert.Single((await desk.Registry.Clients.FindAsync(desk.Therapist, "bob")).Value).Id;
        await desk.SessionAsync(bob);
        Assert.Equal((1, 1), (await desk.Registry.Imports.UndoAsync(desk.Admin, result.Id)).Value);
        Assert.Equal(["Bob Walk"], (await desk.Registry.Clients.FindAsync(desk.Therapist, "")).Value.Select(c => c.Details.Name));
        Assert.Empty((await desk.Registry.Imports.RejectedAsync(desk.Admin, result.Id)).Value);
        Assert.Equal(Problems.WrongState, (await desk.Registry.Imports.UndoAsync(desk.Admin, result.Id)).Problems[0].Code);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_file_without_headings_or_with_a_wrong_mapping_says_what_to_do()
    {
        await using var desk = await Desk.NewAsync(database, server);
        Assert.Equal(Problems.CsvNoHeader, desk.Registry.Imports.Preview("\0\0\0PK"u8, ImportKind.Clients).Problems[0].Code);
        Assert.Equal(Problems.CsvNoHeader, desk.Registry.Imports.Preview(""u8, ImportKind.Clients).Problems[0].Code);
        Assert.Equal("Name", desk.Registry.Imports.Preview("Colour,Shape\nred,round\n"u8, ImportKind.Clients).Problems[0].Path);
        var mapping = new ImportMapping(ImmutableSortedDictionary<ImportField, string>.Empty.Add(ImportField.Name, "Colour"), DateOrder.YearMonthDay);
        Assert.Equal("red", desk.Registry.Imports.Preview("Colour,Shape\nred,round\n"u8, ImportKind.Clients, mapping).Value.First[0].Name);
        Assert.Equal(Problems.CsvColumn, desk.Registry.Imports.Preview("Shape,Size\nround,2\n"u8, ImportKind.Clients, mapping).Problems[0].Code);
    }
}

public sealed class ImportsOnSqlite(PostgreSqlServer server) : ImportTests(server, Database.Sqlite);

public sealed class ImportsOnPostgreSql(PostgreSqlServer server) : ImportTests(server, Database.PostgreSql);
