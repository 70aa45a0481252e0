using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Storage;

/// <summary>Rows that an act by a link is going to look up one by one, fetched in one trip while everybody else waits. Whatever is missing is looked up as ever.</summary>
internal static class Loading
{
    /// <summary>For a check-in: link, key, check-in, series, session and clinic.</summary>
    public static Task LoadCheckInAsync(this RegistryContext db, ClinicId clinic, LinkId link, Guid subject, ContactId contact, CancellationToken stop) =>
        (from l in db.Set<Link>().Where(l => l.Id == link)
         from k in db.Set<PersonKey>().Where(k => k.Subject == subject).DefaultIfEmpty()
         from c in db.Set<Contact>().Where(c => c.Id == contact).DefaultIfEmpty()
         from r in db.Set<Series>().Where(r => r.Id == c!.SeriesId).DefaultIfEmpty()
         from s in db.Set<Session>().Where(s => s.Id == c!.SessionId).DefaultIfEmpty()
         from p in db.Set<Clinic>().Where(p => p.ClinicId == clinic).DefaultIfEmpty()
         select new { l, k, c, r, s, p }).LoadAsync(stop);

    /// <summary>For an intake: link, key, appointment, intake and clinic.</summary>
    public static Task LoadIntakeAsync(this RegistryContext db, ClinicId clinic, LinkId link, Guid subject, AppointmentId? appointment, CancellationToken stop) =>
        (from l in db.Set<Link>().Where(l => l.Id == link)
         from k in db.Set<PersonKey>().Where(k => k.Subject == subject).DefaultIfEmpty()
         from a in db.Set<Appointment>().Where(a => a.Id == appointment).DefaultIfEmpty()
         from p in db.Set<Clinic>().Where(p => p.ClinicId == clinic).DefaultIfEmpty()
         select new { l, k, a, p }).LoadAsync(stop);
}
