using System.Text.Json;
using Mentoring.Messaging;
using Mentoring.Notifications.Alarms;
using Mentoring.Notifications.Circle;
using Mentoring.Notifications.Enrolment;
using Mentoring.Notifications.Guests;
using Mentoring.Notifications.Insights;
using Mentoring.Notifications.Pairs;
using Mentoring.Notifications.Programmes;
using Mentoring.Notifications.Proposals;
using Mentoring.Notifications.Reviews;
using Mentoring.Notifications.Sessions;
using Mentoring.Notifications.Surveys;

namespace Mentoring.Notifications.Inbox;

/// <summary>Everything this service ever tells anybody.</summary>
/// <param name="Name">Stable; names the templates and stands in the inbox.</param>
/// <param name="Type">The notice.</param>
/// <param name="About">What kind of thing it is about; with its id it leads to the page.</param>
/// <param name="ByMail">Goes out as e-mail as well.</param>
/// <param name="AtOnce">Not held back by quiet hours: calendars must agree at all times.</param>
public sealed record NoticeKind(string Name, Type Type, string About, bool ByMail = true, bool AtOnce = false)
{
    public static IReadOnlyList<NoticeKind> All { get; } =
    [
        Of<Invitation>("enrolment-invited", "programme"),
        Of<GuestQuestion>("guest-asked", "guest"),
        Of<Welcome>("welcome", "programme"),
        Of<ManagersBrief>("manager-briefed", "enrolment"),
        Of<MatchAsked>("match-proposed", "proposal"),
        Of<NotProceeding>("match-not-proceeding", "proposal"),
        Of<NewPair>("pair-formed", "pair"),
        Of<RevisedCharter>("charter-revised", "partnership"),
        Of<UnconfirmedSeries>("series-unconfirmed", "partnership"),
        Of<SeriesToBook>("series-to-book", "partnership"),
        Of<QuestionToGoOn>("continuation-asked", "partnership"),
        Of<PairGoesOn>("pair-continued", "partnership"),
        Of<PairOver>("pair-over", "pair"),
        // About the opening, as a pair may be opened more than once.
        Of<OpenedNotes>("pair-notes-opened", "glass", atOnce: true),
        Of<BookedSession>("session-booked", "session", atOnce: true),
        Of<MovedSession>("session-moved", "session", atOnce: true),
        Of<CancelledSession>("session-cancelled", "session", atOnce: true),
        Of<UnconfirmedSession>("session-unconfirmed", "session"),
        Of<AlarmToMentee>("alarm-mentee", "partnership"),
        Of<AlarmToManager>("alarm-manager", "partnership"),
        Of<NoCommonTime>("no-common-time", "partnership"),
        Of<AuthorityInPair>("pair-authority-broken", "partnership"),
        // About the programme, as it tells no pair apart.
        Of<AlarmToSponsor>("alarm-sponsor", "programme"),
        Of<OpenSurvey>("survey-opened", "survey"),
        Of<OwnedInsight>("insight-owned", "insight"),
        Of<AnsweredInsight>("insight-answered", "insight", byMail: false),
        Of<OverdueInsight>("insight-overdue", "insight"),
        Of<PublishedReview>("review-published", "review"),
        Of<DueReview>("review-due", "programme"),
        Of<DueForum>("forum-due", "programme"),
        Of<ArrangedMeeting>("circle-meeting", "circle-meeting", atOnce: true),
        Of<FoundCompany>("circle-company", "accompaniment"),
    ];

    private static readonly Dictionary<Type, NoticeKind> ByType = All.ToDictionary(kind => kind.Type);
    private static readonly Dictionary<string, NoticeKind> ByName = All.ToDictionary(kind => kind.Name);

    public static NoticeKind Of(Notice notice) => ByType[notice.GetType()];

    public static NoticeKind Named(string name) => ByName[name];

    public Notice Read(string json) => (Notice)JsonSerializer.Deserialize(json, Type, Wire.Json)!;

    public string Write(Notice notice) => JsonSerializer.Serialize(notice, Type, Wire.Json);

    private static NoticeKind Of<T>(string name, string about, bool byMail = true, bool atOnce = false)
        where T : Notice => new(name, typeof(T), about, byMail, atOnce);
}
