using System.Collections.Immutable;

namespace ThinIce.Core.Contract;

/// <summary>One thing wrong with an input: a stable code, a sentence with the way out, and where. It repeats nobody's words.</summary>
/// <param name="Code">Code of <see cref="Problems"/>.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Path">Field at fault, such as <c>client.age</c>; empty where it is the whole.</param>
public sealed record Problem(string Code, string Message, string Path);

/// <summary>What a code means: the one registry behind command line, web and reference docs. Codes are never reused.</summary>
/// <param name="Code">The code.</param>
/// <param name="Meaning">What is wrong.</param>
/// <param name="WayOut">What to do.</param>
/// <param name="HttpStatus">Status over HTTP when it concerns the whole request.</param>
/// <param name="ExitCode">Exit status of the command line.</param>
public sealed record ProblemKind(string Code, string Meaning, string WayOut, int HttpStatus, int ExitCode);

/// <summary>All codes.</summary>
public static class Problems
{
    /// <summary>Not JSON.</summary>
    public const string MalformedJson = "malformed-json";

    /// <summary>JSON, but not an object.</summary>
    public const string NotAnObject = "not-an-object";

    /// <summary>A field of the wrong type.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>A number outside what is possible.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>A word that is none of those the field takes.</summary>
    public const string UnknownValue = "unknown-value";

    /// <summary>Another format, or another version of it.</summary>
    public const string UnknownFormat = "unknown-format";

    /// <summary>Words too long to be read.</summary>
    public const string TooLong = "too-long";

    /// <summary>Too many items in a list.</summary>
    public const string TooMany = "too-many";

    /// <summary>An intake or request too large to be read.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Nothing there.</summary>
    public const string Empty = "empty";

    /// <summary>A table without a column that was named.</summary>
    public const string MissingColumn = "missing-column";

    /// <summary>A table whose rows cannot be told apart.</summary>
    public const string MalformedTable = "malformed-table";

    /// <summary>A row of a table with a cell missing.</summary>
    public const string MissingCell = "missing-cell";

    /// <summary>A row of a table with more or fewer cells than its heading.</summary>
    public const string RaggedRow = "ragged-row";

    /// <summary>More events than people or visits.</summary>
    public const string MoreEventsThanPeople = "more-events-than-people";

    /// <summary>Not enough to work anything out.</summary>
    public const string TooFew = "too-few";

    /// <summary>Reports that do not come from sources that were blind to each other.</summary>
    public const string NotIndependent = "not-independent";

    /// <summary>Choices that do not go together.</summary>
    public const string DoesNotApply = "does-not-apply";

    /// <summary>A command that is not understood.</summary>
    public const string Usage = "usage";

    /// <summary>A file that cannot be read.</summary>
    public const string UnreadableFile = "unreadable-file";

    /// <summary>A file that cannot be written.</summary>
    public const string UnwritableFile = "unwritable-file";

    /// <summary>An address that cannot be listened on.</summary>
    public const string CannotListen = "cannot-listen";

    /// <summary>Knowledge with errors in it.</summary>
    public const string BrokenKnowledge = "broken-knowledge";

    /// <summary>Nothing of that id, or not in this clinic.</summary>
    public const string NotFound = "not-found";

    /// <summary>A role that may not do this.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>A field that has to be filled in.</summary>
    public const string Missing = "missing";

    /// <summary>Too late or too early for this.</summary>
    public const string WrongState = "wrong-state";

    /// <summary>Somebody changed it meanwhile.</summary>
    public const string Changed = "changed";

    /// <summary>There is one already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A link that opens nothing.</summary>
    public const string LinkUnknown = "link-unknown";

    /// <summary>A link whose time is over.</summary>
    public const string LinkExpired = "link-expired";

    /// <summary>A link that has done its work.</summary>
    public const string LinkUsed = "link-used";

    /// <summary>A record that was erased.</summary>
    public const string Erased = "erased";

    /// <summary>A record that has to be kept for now.</summary>
    public const string Held = "held";

    /// <summary>A date that has not come yet.</summary>
    public const string InTheFuture = "in-the-future";

    /// <summary>No way to reach the person.</summary>
    public const string NoContact = "no-contact";

    /// <summary>No address to put into a link.</summary>
    public const string NoPublicUrl = "no-public-url";

    /// <summary>A master key that is not there.</summary>
    public const string NoKey = "no-key";

    /// <summary>A database that does not answer.</summary>
    public const string NoStore = "no-store";

    /// <summary>A database of a later version.</summary>
    public const string NewerStore = "newer-store";

    /// <summary>Events and state that do not agree.</summary>
    public const string StoreDamaged = "store-damaged";

    /// <summary>A backup that is not whole.</summary>
    public const string BrokenBackup = "broken-backup";

    /// <summary>A registry that holds something already.</summary>
    public const string NotEmpty = "not-empty";

    /// <summary>A table without usable headings.</summary>
    public const string CsvNoHeader = "csv-no-header";

    /// <summary>A column that the mapping names and the file has not.</summary>
    public const string CsvColumn = "csv-column";

    /// <summary>A row that cannot be read.</summary>
    public const string CsvRow = "csv-row";

    /// <summary>The file that says what headings mean cannot be read as one.</summary>
    public const string MalformedMap = "malformed-map";

    /// <summary>No date or time.</summary>
    public const string NotADate = "not-a-date";

    /// <summary>A fault of ThinIce's own.</summary>
    public const string Internal = "internal";

    /// <summary>What every code means.</summary>
    public static ImmutableArray<ProblemKind> All { get; } =
    [
        new(MalformedJson, "The input is not valid JSON.", "Check it with a JSON tool; the path names the object, the message line and column.", 400, 65),
        new(NotAnObject, "An intake or report has to be a JSON object.", "Send one object, or an array of objects.", 400, 65),
        new(WrongType, "A field has the wrong type.", "The message names the type it takes.", 400, 65),
        new(OutOfRange, "A number is outside what is possible.", "The message names the range.", 400, 65),
        new(UnknownValue, "A field holds a word that it does not take.", "The message lists the words it takes; use null when not known.", 400, 65),
        new(UnknownFormat, "The format is not one that this version reads.", "Use thinice/intake/1 or thinice/aftercare/1.", 400, 65),
        new(TooLong, "One item of words is too long to be read.", "Write one thing per item, at most 2,000 characters each.", 400, 65),
        new(TooMany, "A list has too many items.", "At most 200 items in a list.", 400, 65),
        new(TooLarge, "An intake or a request is too large.", "At most 256 kB for one intake, 32 MB for a request.", 413, 65),
        new(Empty, "There is nothing to read.", "Send at least one object.", 400, 65),
        new(MissingColumn, "A table has no column of that name.", "The message lists the columns it has; the first line has to be the heading.", 400, 65),
        new(MalformedTable, "The rows of a table cannot be told apart.", "The message names the line where it goes wrong.", 400, 65),
        new(MissingCell, "A row of a table has nothing in a column that is needed.", "Fill it in, or leave the row out; a gap is never read as 0.", 400, 65),
        new(RaggedRow, "A row has more or fewer cells than the heading.", "Check its quotes and separators; the path names the row.", 400, 65),
        new(MoreEventsThanPeople, "There are more events than people or visits.", "Check the two columns; for events over time use person-time and a rate.", 400, 65),
        new(TooFew, "There is not enough to work anything out.", "The message says what is needed.", 400, 65),
        new(NotIndependent, "The reports were not made, or are not known to have been made, before either side saw the other's.", "Capture-recapture needs reports made blind; without them only the number seen can be given.", 400, 65),
        new(DoesNotApply, "Choices that do not go together.", "The message says which do.", 400, 65),
        new(Usage, "The command is not understood.", "Run it with --help.", 400, 64),
        new(UnreadableFile, "A file cannot be read.", "Check its name and your right to read it.", 400, 66),
        new(UnwritableFile, "A file cannot be written.", "Check that its folder is there, and your right to write in it.", 500, 66),
        new(CannotListen, "The address cannot be listened on.", "Another program may be using it: name another with --urls, such as http://localhost:5081.", 500, 70),
        new(BrokenKnowledge, "The knowledge has errors; nothing was compiled.", "Each line names file and line; mend them and run the command again.", 500, 65),
        new(NotFound, "There is nothing of that id in this clinic.", "Go back to the list; the record may have been erased.", 404, 65),
        new(NotAllowed, "The role does not allow it.", "Ask the clinic's administrator.", 403, 77),
        new(Missing, "A field that is needed is empty.", "Fill in the field that the path names.", 400, 65),
        new(WrongState, "It cannot be done to a record in this state.", "The message says what has to come first.", 409, 65),
        new(Changed, "Somebody else, or another tab, changed it meanwhile. Nothing was overwritten.", "Load it again; what you entered is still on your page.", 409, 65),
        new(Duplicate, "There is one already.", "Open the one that is there.", 409, 65),
        new(LinkUnknown, "The link opens nothing here.", "Copy the whole link, or ask the clinic for a new one.", 404, 65),
        new(LinkExpired, "The link's time is over.", "Ask the clinic for a new one. If you feel ill, do not wait for it: call your local emergency number or advice line.", 410, 65),
        new(LinkUsed, "The link was used already; what was sent has arrived.", "To change or add something, ask the clinic for a new one.", 410, 65),
        new(Erased, "The person's record was erased.", "Nothing can be added to it; make a new one.", 410, 65),
        new(Held, "The record has to be kept until the date named.", "Erase it after that date, or lift the hold first.", 409, 65),
        new(InTheFuture, "The date lies in the future.", "Check day, month and year.", 400, 65),
        new(NoContact, "There is no address to write to, or the person asked not to be written to.", "Ask the person at the next visit.", 409, 65),
        new(NoPublicUrl, "No link can be sent: nobody said under which address people reach this server.", "Start it with --public-url.", 409, 64),
        new(NoKey, "The registry was encrypted with a master key that is not in the key folder.", "Put the file back that the message names; without it names and words cannot be read by anybody.", 500, 66),
        new(NoStore, "The database cannot be opened.", "Check the data folder or the connection string, and that its server runs.", 503, 66),
        new(NewerStore, "The database was made by a later version of the program.", "Use that version, or restore a backup of this one.", 500, 66),
        new(StoreDamaged, "Events and state of the registry do not agree, or the chain of events is broken.", "Stop writing, keep the files, and restore the last backup that verifies.", 500, 65),
        new(BrokenBackup, "The backup is cut short, altered, or none.", "Take another copy.", 400, 65),
        new(NotEmpty, "There is a registry already.", "Name another data folder, or say --replace.", 409, 65),
        new(CsvNoHeader, "The file has no line of column names that could be read.", "Export it again with headings, separated by comma, semicolon or tab.", 400, 65),
        new(CsvColumn, "The mapping names a column that the file does not have.", "Choose one of the file's columns.", 400, 65),
        new(CsvRow, "The row cannot be read as a row of this table.", "Correct the line and import it again; the other rows are in.", 400, 65),
        new(MalformedMap, "The map of the headings cannot be read.", "Write YAML with the keys columns, values, defaults and dates; the path names the line.", 400, 65),
        new(NotADate, "It cannot be read as a date or time of day.", "Write 2026-11-25, or say in the mapping in which order day and month stand.", 400, 65),
        new(Internal, "A fault of ThinIce's own. Nothing of the input is in this message.", "Try again; report it with what you did, without anybody's health data.", 500, 70),
    ];

    /// <summary>What a code means. Throws <see cref="InvalidOperationException"/> on a code that is not registered.</summary>
    public static ProblemKind Kind(string code) => All.First(k => k.Code == code);
}
