using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Storage;

/// <summary>The tables. One model for both databases; each has its own migrations. Not for use outside of the registry: whoever writes past it writes no event.</summary>
public abstract class RegistryContext(DbContextOptions options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var id in typeof(ClinicId).Assembly.GetTypes().Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStrongId<>))))
            configurationBuilder.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        configurationBuilder.Properties<SealedText>().HaveConversion<SealedConverter, SealedComparer>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Properties<decimal>().HavePrecision(12, 2);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Places(modelBuilder);
        People(modelBuilder);
        Care(modelBuilder);
        Asking(modelBuilder);
        Cases(modelBuilder);
        Ledger(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
    }

    private static void Places(ModelBuilder model)
    {
        Table<Clinic>(model, "clinics").HasKey(c => c.ClinicId);
        Table<StaffMember>(model, "staff", s => s.Id);
        Table<StaffRole>(model, "staff_roles").HasKey(r => new { r.StaffId, r.Role });
        Table<CoverHours>(model, "cover_hours", c => c.Id);
        Table<KeptBundle>(model, "bundles").HasKey(b => b.Version);
        model.Entity<StaffMember>().HasIndex(s => new { s.ClinicId, s.EmailIndex }).IsUnique();
    }

    private static void People(ModelBuilder model)
    {
        var client = Table<ClientRecord>(model, "clients");
        client.HasKey(c => c.ClientId);
        client.HasIndex(c => new { c.ClinicId, c.EmailIndex });
        client.HasIndex(c => new { c.ClinicId, c.PersonIndex });
        client.HasIndex(c => new { c.ClinicId, c.ExternalIndex }).IsUnique();
        var appointment = OfClient<Appointment>(model, "appointments", a => a.Id);
        appointment.HasIndex(a => new { a.ClinicId, a.StartsAt });
        appointment.HasIndex(a => new { a.ClinicId, a.ExternalIndex }).IsUnique();
        OfClient<Link>(model, "links", l => l.Id).HasIndex(l => l.TokenHash).IsUnique();
        OfClient<Hold>(model, "holds", h => h.Id);
        OfClient<Redaction>(model, "redactions", r => r.Id);
        Table<Import>(model, "imports", i => i.Id);
        Table<ImportReject>(model, "import_rejects", r => r.Id).HasIndex(r => r.ImportId);
    }

    private static void Care(ModelBuilder model)
    {
        OfClient<IntakeRecord>(model, "intakes", i => i.Id).HasIndex(i => i.AppointmentId).IsUnique();
        var session = OfClient<Session>(model, "sessions", s => s.Id);
        session.HasIndex(s => new { s.ClinicId, s.StartedAt });
        session.HasIndex(s => s.AppointmentId).IsUnique();
        OfClient<CourseRecord>(model, "courses", c => c.Id);
        OfClient<Score>(model, "scores", s => s.Id).HasIndex(s => new { s.CourseId, s.Order }).IsUnique();
    }

    private static void Asking(ModelBuilder model)
    {
        var series = OfClient<Series>(model, "series", s => s.Id);
        // A person has one open series at most: the database itself refuses a second.
        series.HasIndex(s => s.ClientId).IsUnique().HasFilter("state = 'Open'").HasDatabaseName("one_open_series_a_person");
        var contact = OfClient<Contact>(model, "contacts", c => c.Id);
        contact.HasIndex(c => new { c.SeriesId, c.Wave }).IsUnique();
        contact.HasIndex(c => new { c.ClinicId, c.State, c.DueAt });
        OfClient<CheckInAnswer>(model, "answers", a => a.Id).HasIndex(a => a.ContactId);
        OfClient<Alert>(model, "alerts", a => a.Id).HasIndex(a => new { a.ClinicId, a.State });
        var recipient = Table<AlertRecipient>(model, "alert_recipients");
        recipient.HasKey(r => new { r.AlertId, r.StaffId });
        recipient.HasIndex(r => r.ClientId);
        var complaint = Table<Complaint>(model, "complaints", c => c.Id);
        complaint.HasIndex(c => c.ClientId);
        complaint.HasOne<ClientRecord>().WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Restrict);
        var message = Table<Message>(model, "messages", m => m.Id);
        // One message to a check-in: the database itself refuses a second.
        message.HasIndex(m => m.ContactId).IsUnique().HasDatabaseName("one_message_a_contact");
        message.HasIndex(m => new { m.ClinicId, m.State, m.NotBefore });
        message.HasIndex(m => m.ClientId);
        message.HasIndex(m => m.CaseId);
    }

    private static void Cases(ModelBuilder model)
    {
        var record = Table<CaseRecord>(model, "cases", c => c.CaseId);
        record.HasIndex(c => new { c.ClinicId, c.Number }).IsUnique();
        record.HasIndex(c => new { c.ClinicId, c.State });
        record.HasIndex(c => c.ReceiptHash).IsUnique();
        record.HasIndex(c => c.PatientId);
        record.HasIndex(c => new { c.ClinicId, c.CrossReference });
        OfCase<CaseEvent>(model, "case_events", e => e.Id);
        OfCase<CaseCode>(model, "case_codes", c => c.Id);
        OfCase<CaseNote>(model, "case_notes", n => n.Id);
        OfCase<CaseAssessment>(model, "case_assessments", a => a.Id);
        OfCase<CaseConflict>(model, "case_conflicts", c => new { c.CaseId, c.StaffId });
        Table<CasePair>(model, "case_pairs", p => new { p.OneId, p.OtherId });
    }

    private static void OfCase<T>(ModelBuilder model, string name, System.Linq.Expressions.Expression<Func<T, object?>> key)
        where T : CaseRow
    {
        var table = Table(model, name, key);
        table.HasIndex(r => r.CaseId);
        table.HasOne<CaseRecord>().WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Restrict);
    }

    private static void Ledger(ModelBuilder model)
    {
        var events = model.Entity<Event>().ToTable("events");
        events.HasKey(e => new { e.ClinicId, e.Number });
        events.HasIndex(e => e.Subject);
        model.Entity<ChainHead>().ToTable("chain_heads").HasKey(h => h.ClinicId);
        model.Entity<PersonKey>().ToTable("person_keys").HasKey(k => k.Subject);
        model.Entity<SystemKey>().ToTable("system_keys").HasKey(k => k.Name);
        var account = model.Entity<Account>().ToTable("accounts");
        account.HasKey(a => a.Id);
        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.Revision).IsConcurrencyToken();
        account.HasIndex(a => a.EmailIndex).IsUnique();
        var passkey = model.Entity<Passkey>().ToTable("passkeys");
        passkey.HasKey(p => p.CredentialId);
        passkey.HasIndex(p => p.AccountId);
        model.Entity<BundleBytes>().ToTable("bundle_bytes").HasKey(b => b.Version);
        Table<Erasure>(model, "erasures").HasKey(e => e.Erased);
    }

    private static EntityTypeBuilder<T> Table<T>(ModelBuilder model, string name, System.Linq.Expressions.Expression<Func<T, object?>>? key = null)
        where T : Row
    {
        var table = model.Entity<T>().ToTable(name);
        if (key is not null) table.HasKey(key);
        // Ids are made here, never by the database.
        foreach (var property in table.Metadata.GetProperties().Where(p => p.IsPrimaryKey())) property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        if (typeof(T) != typeof(Clinic)) table.HasIndex(r => r.ClinicId);
        return table;
    }

    private static EntityTypeBuilder<T> OfClient<T>(ModelBuilder model, string name, System.Linq.Expressions.Expression<Func<T, object?>> key)
        where T : ClientRow
    {
        var table = Table(model, name, key);
        if (typeof(T) != typeof(Series)) table.HasIndex(r => r.ClientId);
        table.HasOne<ClientRecord>().WithMany().HasForeignKey(r => r.ClientId).OnDelete(DeleteBehavior.Restrict);
        return table;
    }

    internal static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

/// <summary>The tables in SQLite.</summary>
public sealed class SqliteRegistryContext(DbContextOptions<SqliteRegistryContext> options) : RegistryContext(options);

/// <summary>The tables in PostgreSQL.</summary>
public sealed class PostgreSqlRegistryContext(DbContextOptions<PostgreSqlRegistryContext> options) : RegistryContext(options);

/// <summary>A strong id as its number.</summary>
internal sealed class IdConverter<T>() : ValueConverter<T, Guid>(id => id.Value, value => Make(value))
    where T : struct, IStrongId<T>
{
    private static T Make(Guid value) => T.From(value);
}

/// <summary>Encrypted words as bytes.</summary>
internal sealed class SealedConverter() : ValueConverter<SealedText, byte[]>(text => text.Bytes, bytes => new(bytes));

/// <summary>Encrypted words differ when they were encrypted anew: no need to compare bytes.</summary>
internal sealed class SealedComparer() : ValueComparer<SealedText>((a, b) => ReferenceEquals(a, b), text => text.Bytes.Length, text => text);

/// <summary>A moment as UTC, in whole milliseconds, so that both databases hand back what they were given.</summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, DateTime>(at => at.UtcDateTime, value => Make(value))
{
    private static DateTimeOffset Make(DateTime value) => new(DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
