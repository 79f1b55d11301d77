using Mentoring.Feedback.People;
using Mentoring.Feedback.Programmes;

namespace Mentoring.Feedback.Insights;

public enum OwnerRefusal
{
    WithoutAuthority,
    OwnMentee,
    SomebodysMentee,
}

/// <summary>
/// Who may own an insight: somebody with the authority to act on it, and never the raiser's own mentee, who would learn what was said
/// behind the pair's back and be asked to judge it.
/// <para>
/// For an anonymous insight that rule must not be asked as it stands. Whoever assigns could try one owner after the other, and the one
/// refused as "the raiser's own mentee" would name the raiser, whatever a database keeps or hashes. So an anonymous insight keeps nothing
/// of its raiser, and its owner may be nobody's mentee at all: the refusal then follows from what everybody in charge knows already.
/// </para>
/// </summary>
public static class Ownership
{
    /// <param name="owner">Null for somebody who is not known here: neither enrolled nor holding a role.</param>
    /// <param name="programme">Its sponsor and deputy have authority by their role.</param>
    /// <param name="insight">Named or anonymous.</param>
    /// <param name="mentorsOfOwner">Everybody who mentors or has mentored the owner, in any programme.</param>
    public static OwnerRefusal? Refuses(KnownPerson? owner, KnownProgramme programme, Insight insight, IReadOnlyCollection<Guid> mentorsOfOwner)
    {
        if (owner is null || owner.Left || !(owner.HasAuthority || owner.Id == programme.SponsorId || owner.Id == programme.DeputyId))
            return OwnerRefusal.WithoutAuthority;
        if (insight.Anonymous)
            return mentorsOfOwner.Count > 0 ? OwnerRefusal.SomebodysMentee : null;
        return insight.RaiserId is { } raiser && mentorsOfOwner.Contains(raiser) ? OwnerRefusal.OwnMentee : null;
    }
}
