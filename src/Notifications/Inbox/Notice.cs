using Mentoring.Notifications.Calendar;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Inbox;

/// <summary>
/// What one person is told, before it is put into words: ids, instants and what a fact quotes. Words are made when somebody reads, in that
/// person's language and zone, from the template of the notice's kind. So a changed name is right everywhere, and no name outlives its
/// person.
/// </summary>
/// <param name="ProgrammeId">Which programme; the empty id for the few notices that belong to none.</param>
public abstract record Notice(Guid ProgrammeId)
{
    /// <summary>The people whose names the words contain, or may contain in a quoted sentence.</summary>
    public virtual IEnumerable<Guid> Named() => [];

    /// <summary>Values for the template's placeholders, besides <c>name</c>, <c>programme</c> and <c>id</c>.</summary>
    public abstract IReadOnlyDictionary<string, object?> Fill(Reader reader);

    /// <summary>The invitation or cancellation that travels in the mail.</summary>
    public virtual CalendarMessage? Calendar(InboxItem item, Names names) => null;
}
