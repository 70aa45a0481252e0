using System.Collections.Immutable;
using System.Globalization;

namespace ThinIce.Registry.Imports;

/// <summary>What a file holds.</summary>
public enum ImportKind : byte
{
    /// <summary>Clients.</summary>
    Clients = 1,

    /// <summary>Appointments.</summary>
    Appointments,

    /// <summary>Reports of harm, which become cases. Taken in by the command line.</summary>
    Reports,
}

/// <summary>What a column means.</summary>
public enum ImportField : byte
{
    /// <summary>The whole name.</summary>
    Name = 1,

    /// <summary>First name.</summary>
    FirstName,

    /// <summary>Last name.</summary>
    LastName,

    /// <summary>E-mail address.</summary>
    Email,

    /// <summary>Telephone number.</summary>
    Phone,

    /// <summary>Birth date.</summary>
    BirthDate,

    /// <summary>Sex.</summary>
    Sex,

    /// <summary>The other program's number for the client.</summary>
    Client,

    /// <summary>The other program's number for the appointment.</summary>
    Appointment,

    /// <summary>Date, or date and time, of the appointment.</summary>
    Start,

    /// <summary>Time of day, where it stands in a column of its own.</summary>
    Time,

    /// <summary>When it ends.</summary>
    End,

    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Who gives it: name or e-mail address.</summary>
    Therapist,

    /// <summary>What was booked.</summary>
    Service,

    /// <summary>How the appointment stands: rows that say it was cancelled are left out.</summary>
    Status,
}

/// <summary>In which order day, month and year are written.</summary>
public enum DateOrder : byte
{
    /// <summary>2026-11-25.</summary>
    YearMonthDay = 1,

    /// <summary>25/11/2026.</summary>
    DayMonthYear,

    /// <summary>11/25/2026.</summary>
    MonthDayYear,
}

/// <summary>Which column means what. Guessed from the headings, and put right by whoever imports.</summary>
/// <param name="Columns">Heading of the column for each field that has one.</param>
/// <param name="Dates">Order of dates.</param>
public sealed record ImportMapping(ImmutableSortedDictionary<ImportField, string> Columns, DateOrder Dates)
{
    /// <summary>Headings that programs and people use, in capitals and without spaces or marks.</summary>
    private static readonly (ImportField Field, string[] Headings)[] Known =
    [
        (ImportField.FirstName, ["FIRSTNAME", "GIVENNAME", "FORENAME", "PREFERREDFIRSTNAME", "PATIENTFIRSTNAME"]),
        (ImportField.LastName, ["LASTNAME", "SURNAME", "FAMILYNAME", "PATIENTLASTNAME"]),
        (ImportField.Name, ["NAME", "FULLNAME", "CLIENTNAME", "PATIENTNAME", "CLIENT", "PATIENT"]),
        (ImportField.Email, ["EMAIL", "EMAILADDRESS", "PATIENTEMAIL", "CLIENTEMAIL"]),
        (ImportField.Phone, ["MOBILEPHONE", "MOBILE", "CELLPHONE", "CELL", "MOBILENUMBER", "PHONE", "PHONENUMBER", "PHONENUMBERS", "TELEPHONE", "HOMEPHONE"]),
        (ImportField.BirthDate, ["BIRTHDATE", "DATEOFBIRTH", "DOB", "BIRTHDAY"]),
        (ImportField.Sex, ["SEX", "GENDER", "LEGALSEX"]),
        (ImportField.Client, ["PATIENTNUMBER", "PATIENTID", "CLIENTID", "CLIENTNUMBER", "PATIENTGUID", "ID", "REFERENCE"]),
        (ImportField.Appointment, ["APPOINTMENTID", "BOOKINGID"]),
        (ImportField.Start, ["STARTAT", "STARTSAT", "START", "STARTTIME", "APPOINTMENTSTART", "APPOINTMENTDATE", "STARTDATE", "DATE", "WHEN"]),
        (ImportField.Time, ["TIME", "APPOINTMENTTIME"]),
        (ImportField.End, ["ENDAT", "ENDSAT", "END", "ENDTIME", "APPOINTMENTEND"]),
        (ImportField.Minutes, ["MINUTES", "DURATION", "LENGTH", "DURATIONMINUTES"]),
        (ImportField.Therapist, ["PRACTITIONER", "PRACTITIONERNAME", "STAFFMEMBER", "STAFFMEMBERNAME", "STAFF", "THERAPIST", "PROVIDER"]),
        (ImportField.Service, ["TREATMENT", "TREATMENTNAME", "APPOINTMENTTYPE", "SERVICE", "TYPE"]),
        (ImportField.Status, ["STATUS", "STATE", "CANCELLED", "CANCELLEDAT"]),
    ];

    /// <summary>Guesses from headings and, for the order of dates, from the dates themselves.</summary>
    internal static ImportMapping Guess(CsvTable table)
    {
        var columns = ImmutableSortedDictionary.CreateBuilder<ImportField, string>();
        foreach (var (field, headings) in Known)
            foreach (var heading in headings)
                if (!columns.ContainsKey(field) && table.Columns.FirstOrDefault(c => Bare(c) == heading) is { } column) columns[field] = column;
        if (columns.ContainsKey(ImportField.FirstName) || columns.ContainsKey(ImportField.LastName)) columns.Remove(ImportField.Name);
        return new(columns.ToImmutable(), GuessDates(table, columns));
    }

    /// <summary>The order that reads most of the dates. Where several read all, as when no day is above 12, day first: only a person can tell.</summary>
    private static DateOrder GuessDates(CsvTable table, ImmutableSortedDictionary<ImportField, string>.Builder columns)
    {
        var at = new[] { ImportField.BirthDate, ImportField.Start }.Where(columns.ContainsKey).Select(f => table.Columns.IndexOf(columns[f])).ToList();
        var dates = table.Rows.Take(500).SelectMany(r => at.Where(i => i < r.Cells.Length).Select(i => r.Cells[i].Trim())).Where(d => d.Length > 0).ToList();
        return new[] { DateOrder.YearMonthDay, DateOrder.DayMonthYear, DateOrder.MonthDayYear }.MaxBy(order => dates.Count(d => Date(d, order) is not null));
    }

    /// <summary>A date with or without a time of day; null where it is none in this order.</summary>
    internal static DateTime? Date(string text, DateOrder order)
    {
        text = text.Trim();
        var cut = text.IndexOfAny([' ', 'T']);
        var (date, time) = cut < 0 ? (text, "") : (text[..cut], text[(cut + 1)..].Trim());
        var parts = date.Split('/', '-', '.');
        if (parts.Length != 3 || !parts.All(p => p.Length is >= 1 and <= 4 && p.All(char.IsAsciiDigit))) return null;
        var numbers = parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        var (year, month, day) = order switch
        {
            DateOrder.YearMonthDay => (0, 1, 2),
            DateOrder.DayMonthYear => (2, 1, 0),
            _ => (2, 0, 1),
        };
        if (parts[year].Length != 4 || numbers[year] < 1850 || numbers[month] is < 1 or > 12 || numbers[day] < 1 || numbers[day] > DateTime.DaysInMonth(numbers[year], numbers[month])) return null;
        var found = new DateTime(numbers[year], numbers[month], numbers[day], 0, 0, 0, DateTimeKind.Unspecified);
        return time.Length == 0 ? found : TimeOfDay(time) is { } of ? found + of.ToTimeSpan() : null;
    }

    internal static TimeOnly? TimeOfDay(string text) =>
        TimeOnly.TryParseExact(text.Trim().ToUpperInvariant(), ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss", "h:mm tt", "h:mmtt", "htt", "h tt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    internal static string Bare(string heading) => new([.. heading.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
