using Mentoring.Contracts.Participants;
using Mentoring.Participants.Knowledge;
using Mentoring.Participants.People;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>
/// What matching would see of people now, given what each chose to share. The one place where a snapshot is made: the preview, the
/// consent and every later change show the same.
/// </summary>
internal static class Snapshots
{
    public static async Task<IReadOnlyDictionary<Guid, ParticipantSnapshot>> Of(
        ParticipantsDb db, IReadOnlyCollection<(Person Person, Sharing Sharing)> people, CancellationToken ct)
    {
        var ids = people.Select(one => one.Person.Id).ToArray();
        var known = (await (
            from topic in db.KnownTopics.AsNoTracking()
            join label in db.Topics on topic.Topic equals label.Slug
            where ids.Contains(topic.PersonId)
            orderby topic.Topic
            select new { topic.PersonId, topic.Kind, Level = new TopicLevel(topic.Topic, label.Label, topic.Level, topic.Priority) }).ToListAsync(ct))
            .ToLookup(row => (row.PersonId, row.Kind), row => row.Level);
        var profiles = await db.Profiles.AsNoTracking().Where(profile => ids.Contains(profile.PersonId)).ToDictionaryAsync(profile => profile.PersonId, ct);
        return people.ToDictionary(one => one.Person.Id, one => Of(one.Person, one.Sharing));

        ParticipantSnapshot Of(Person person, Sharing sharing)
        {
            var profile = profiles.GetValueOrDefault(person.Id) ?? Profile.Empty(person.Id);
            return new ParticipantSnapshot(
                person.Stage,
                person.UnitPath,
                sharing.Location ? person.Location : null,
                person.TimeZone,
                person.Languages,
                [.. known[(person.Id, KnowledgeKind.Offer)]],
                [.. known[(person.Id, KnowledgeKind.Need)]],
                sharing.Interests ? profile.Interests : [],
                profile.Channels,
                profile.DayStartsAt,
                profile.DayEndsAt,
                sharing.SameChain,
                person.Grade,
                sharing.Interests && profile.WorkingStyle.Count > 0 ? profile.WorkingStyle : null,
                sharing.LivedExperience && profile.LivedExperience.Count > 0 ? profile.LivedExperience : null);
        }
    }
}
