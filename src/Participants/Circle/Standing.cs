using Mentoring.Contracts.Participants;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants.Circle;

/// <summary>What somebody is to the circle of a programme.</summary>
/// <param name="Programme">Whose circle.</param>
/// <param name="Mentors">Takes part as a mentor now.</param>
/// <param name="Alumnus">Has mentored there to the planned end.</param>
/// <param name="Member">Has joined, and may still.</param>
/// <param name="Makes">A manager of the programme: calls meetings, and sees neither who belongs to the circle nor who asks for company.</param>
public sealed record Standing(Programme Programme, bool Mentors, bool Alumnus, bool Member, bool Makes)
{
    public bool MayJoin => Mentors || Alumnus;

    /// <summary>Alumni edit agendas; managers see to it that there are meetings at all.</summary>
    public bool MayArrange => (Member && Alumnus) || Makes;

    /// <returns>Null, told like a programme that does not exist, for whoever neither mentors there, nor has, nor makes it.</returns>
    public static async Task<Standing?> Of(string programme, Caller caller, ParticipantsDb db, CancellationToken ct) =>
        await ReadProgrammes.Find(programme, caller, db.Programmes.AsNoTracking(), ct) is { } found ? await In(found, caller, db, ct) : null;

    public static async Task<Standing?> Of(Guid programmeId, Caller caller, ParticipantsDb db, CancellationToken ct) =>
        await db.Programmes.AsNoTracking().SingleOrDefaultAsync(programme => programme.Id == programmeId, ct) is { } found ? await In(found, caller, db, ct) : null;

    /// <summary>
    /// Who belongs to a circle: joined, and mentors there, or has and did not withdraw since. Withdrawing or leaving the unit therefore ends it
    /// at once.
    /// </summary>
    public static IQueryable<CircleMember> MembersOf(Guid programmeId, ParticipantsDb db)
    {
        var parts = db.Participants.Where(part => part.ProgrammeId == programmeId && part.Side == Side.Mentor);
        return db.CircleMembers.AsNoTracking().Where(member => member.ProgrammeId == programmeId
            && db.People.Any(person => person.Id == member.PersonId && !person.Gone)
            && (parts.Any(part => part.PersonId == member.PersonId && part.State != ParticipantState.Withdrawn)
                || (db.Alumni.Any(alumnus => alumnus.ProgrammeId == programmeId && alumnus.PersonId == member.PersonId)
                    && !parts.Any(part => part.PersonId == member.PersonId && part.WithdrawnAt > member.JoinedAt))));
    }

    public static IResult NotAMember() => Problems.Of(409, "not-in-circle", "Join the mentors' circle of this programme first.");

    private static async Task<Standing?> In(Programme programme, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var mentors = await db.Participants.AnyAsync(
            part => part.ProgrammeId == programme.Id && part.PersonId == caller.PersonId && part.Side == Side.Mentor && part.State != ParticipantState.Withdrawn, ct);
        var alumnus = await db.Alumni.AnyAsync(known => known.ProgrammeId == programme.Id && known.PersonId == caller.PersonId, ct);
        var makes = ReadProgrammes.MakesIt(caller, programme);
        if (!mentors && !alumnus && !makes)
            return null;
        var member = await MembersOf(programme.Id, db).AnyAsync(known => known.PersonId == caller.PersonId, ct);
        return new Standing(programme, mentors, alumnus, member, makes);
    }
}
