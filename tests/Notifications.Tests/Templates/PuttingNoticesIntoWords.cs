using System.Text.RegularExpressions;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Alarms;
using Mentoring.Notifications.Circle;
using Mentoring.Notifications.Enrolment;
using Mentoring.Notifications.Guests;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Insights;
using Mentoring.Notifications.Pairs;
using Mentoring.Notifications.People;
using Mentoring.Notifications.Programmes;
using Mentoring.Notifications.Proposals;
using Mentoring.Notifications.Reviews;
using Mentoring.Notifications.Sessions;
using Mentoring.Notifications.Surveys;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Tests.Templates;

public sealed partial class PuttingNoticesIntoWords
{
    private static readonly TemplateSet Set = TemplateSet.Embedded();
    private static readonly Guid Ada = Guid.CreateVersion7();
    private static readonly Guid Charles = Guid.CreateVersion7();
    private static readonly Guid Programme = Guid.CreateVersion7();
    private static readonly DateTimeOffset At = new(2026, 7, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly Uri Portal = new("https://mentoring.example.org/");

    private static readonly Names Names = new(
        new Dictionary<Guid, Person> { [Ada] = Someone(Ada, "Ada <Lovelace>"), [Charles] = Someone(Charles, "Charles Babbage") },
        new Dictionary<Guid, string> { [Programme] = "Search & find" });

    // Each kind with everything there is to say, and each with as little as there can be.
    private static readonly Notice[] Samples =
    [
        new Welcome(Programme, Side.Mentor),
        new Welcome(Programme, Side.Mentee),
        new MatchAsked(Programme, Ada, Side.Mentor, At, "a view from above", "prompt writing"),
        new MatchAsked(Programme, Ada, Side.Mentee, At, "prompt writing", "an hour every two weeks"),
        new NotProceeding(Programme),
        new NewPair(Programme, Ada, Side.Mentor, ["Prompt writing", "Search"], "You write prompts, and that is what is asked for."),
        new NewPair(Programme, Ada, Side.Mentee, [], "You work in different places."),
        new BookedSession(Programme, Ada, At, At.AddHours(1), "video", "https://video.example.org/1", 0),
        new BookedSession(Programme, Ada, At, At.AddHours(1), "in-person", null, 0),
        new MovedSession(Programme, Ada, At, At.AddHours(1), "video", null, 1),
        new CancelledSession(Programme, Ada, At, At.AddHours(1), "video", null, 1, ByReader: true),
        new CancelledSession(Programme, Ada, At, At.AddHours(1), "video", null, 1, ByReader: false),
        new CancelledSession(Programme, Ada, At, At.AddHours(1), "video", null, 1, ByReader: false, PairOver: true),
        new BookedSession(Programme, Ada, At, At.AddHours(1), "video", null, 0, InCalendar: true),
        new MovedSession(Programme, Ada, At, At.AddHours(1), "video", null, 1, InCalendar: true),
        new CancelledSession(Programme, Ada, At, At.AddHours(1), "video", null, 1, ByReader: true, InCalendar: true),
        new CancelledSession(Programme, Ada, At, At.AddHours(1), "video", null, 1, ByReader: false, PairOver: true, InCalendar: true),
        new PairOver(Programme, Early: true),
        new PairOver(Programme, Early: false),
        new RevisedCharter(Programme, Ada, 3, Substance: true, SignaturesTaken: true),
        new RevisedCharter(Programme, Ada, 3, Substance: true, SignaturesTaken: false),
        new RevisedCharter(Programme, Ada, 3, Substance: false, SignaturesTaken: false),
        new UnconfirmedSeries(Programme, Ada, At, 13),
        new UnconfirmedSeries(Programme, Ada, At, 1),
        new SeriesToBook(Programme, Charles, At, 13),
        new SeriesToBook(Programme, Charles, At, 1),
        new QuestionToGoOn(Programme, Ada, At, At.AddDays(-2), []),
        new QuestionToGoOn(Programme, Ada, At, null, [At.AddDays(-3), At.AddDays(-2)]),
        new QuestionToGoOn(Programme, Ada, At, null, []),
        new PairGoesOn(Programme, Ada, At, At.AddDays(-90)),
        new PairGoesOn(Programme, Ada, At, null),
        new OpenedNotes(Programme, Ada, true, At),
        new OpenedNotes(Programme, Ada, false, At),
        new GuestQuestion("City University"),
        new Invitation(Programme, "ai", Side.Mentor),
        new Invitation(Programme, "ai", Side.Mentee),
        new ManagersBrief(Programme, Ada, 60, 35, 6),
        new ManagersBrief(Programme, Ada, 60, 35, 1),
        new UnconfirmedSession(Programme, Ada, At, At.AddDays(3)),
        new AlarmToMentee(Programme, Ada, [At, At.AddDays(1), At.AddDays(2)]),
        new AlarmToMentee(Programme, Ada, []),
        new AlarmToManager(Programme, Ada, Charles, ["two in a row were cancelled", "none is booked"]),
        new NoCommonTime(Programme, Ada, Charles),
        new AuthorityInPair(Programme, Ada, Charles),
        new AlarmToSponsor(Programme, 1),
        new AlarmToSponsor(Programme, 3),
        new OpenSurvey(Programme, "middle", At, 5),
        new OwnedInsight(Programme, "Search finds nothing", new DateOnly(2026, 8, 1)),
        new OwnedInsight(Programme, "Search finds nothing", null),
        new AnsweredInsight(Programme, "Search finds nothing", Ada, "done"),
        new OverdueInsight(Programme, "Search finds nothing", Ada, new DateOnly(2026, 8, 1)),
        new ArrangedMeeting(Programme, "Search & find", At, At.AddHours(1), "Room 3", Cancelled: false, 1),
        new ArrangedMeeting(Programme, "Search & find", At, At.AddHours(1), "Room 3", Cancelled: false, 2),
        new ArrangedMeeting(Programme, "Search & find", At, At.AddHours(1), "Room 3", Cancelled: true, 3),
        new FoundCompany(Programme, Ada),
        new DueReview(Programme, new DateOnly(2026, 8, 1)),
        new DueForum(Programme, "Search & find", new DateOnly(2026, 8, 1), Calls: true),
        new DueForum(Programme, "Search & find", new DateOnly(2026, 8, 1), Calls: false),
        new PublishedReview(Programme, true, []),
        new PublishedReview(Programme, false, ["61 % of sessions were held, 80 % are asked for"]),
    ];

    public static TheoryData<Language> EveryLanguage => [.. Enum.GetValues<Language>()];

    public static TheoryData<string, Language> EveryKindInEveryLanguage
    {
        get
        {
            var data = new TheoryData<string, Language>();
            foreach (var kind in NoticeKind.All)
            {
                foreach (var language in Enum.GetValues<Language>())
                    data.Add(kind.Name, language);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryKindInEveryLanguage))]
    public void Every_kind_is_written_in_every_language(string kind, Language language) =>
        Assert.True(Set.Has(kind, language), $"{language.Tag()}/{kind}.hbs is missing.");

    [Fact]
    public void What_is_not_written_in_a_language_yet_is_read_in_english_as_a_whole()
    {
        var session = new BookedSession(Programme, Ada, At, At.AddHours(1), "video", null, 0);
        var files = TemplateSet.EmbeddedFiles();
        files.Remove("fr/session-booked.hbs");
        var set = new TemplateSet(files);
        var (item, reader) = (Item(session), ReaderOf(Language.Fr));

        Assert.False(set.Has("session-booked", Language.Fr));
        Assert.Equal(Set.Mail(item, session, ReaderOf(Language.En), Portal), set.Mail(item, session, reader, Portal));
        Assert.Equal(Set.InApp(item, session, ReaderOf(Language.En)).Title, set.InApp(item, session, reader).Title);

        files.Remove("en/session-booked.hbs");
        Assert.Throws<KeyNotFoundException>(() => new TemplateSet(files));
    }

    [Theory]
    [MemberData(nameof(EveryKindInEveryLanguage))]
    public void Every_kind_has_words_for_all_it_can_say(string kind, Language language)
    {
        var samples = Samples.Where(sample => NoticeKind.Of(sample).Name == kind).ToList();
        Assert.NotEmpty(samples);
        foreach (var sample in samples)
        {
            var words = Set.InApp(Item(sample), sample, ReaderOf(language));
            Assert.All([words.Title, words.Line, .. words.Actions.SelectMany(action => new[] { action.Label, action.Href })], Finished);
            Assert.NotEmpty(words.Actions);
            if (!NoticeKind.Of(sample).ByMail)
                continue;
            var mail = Set.Mail(Item(sample), sample, ReaderOf(language), Portal);
            Assert.All([mail.Subject, mail.Text, mail.Html], Finished);
            Assert.StartsWith(Greeting(language), mail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<Lovelace>", mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Search & find", mail.Html, StringComparison.Ordinal);
            Assert.Contains($"<html lang=\"{language.Tag()}\">", mail.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void Every_language_has_the_same_small_words(Language language) =>
        Assert.Equal(Set.Words(Language.En).Keys.Order(), Set.Words(language).Keys.Order());

    [Fact]
    public void French_marks_stand_behind_no_break_spaces() => Assert.All(WrittenIn(Language.Fr), words => Assert.DoesNotMatch(LooseFrenchMark(), words));

    [Fact]
    public void Spanish_marks_open_as_often_as_they_close() => Assert.All(WrittenIn(Language.Es), words =>
    {
        foreach (var (opening, closing) in new[] { ('¿', '?'), ('¡', '!'), ('«', '»') })
            Assert.Equal(words.Count(opening.Equals), words.Count(closing.Equals));
    });

    [Fact]
    public void Lines_keep_their_no_break_spaces_and_no_line_breaks()
    {
        var names = Names with { People = new Dictionary<Guid, Person> { [Ada] = Someone(Ada, "Ada\r\nBcc:\u2028everyone\u0085") } };
        var alarm = new AlarmToMentee(Programme, Ada, []);

        var reader = Reader.Of(Someone(Charles, "Charles"), Language.Fr, names, Set);

        Assert.Equal("Un nouveau créneau avec Ada Bcc: everyone \u00A0?", Set.InApp(Item(alarm), alarm, reader).Title);
        Assert.Contains("\nChoisir un créneau\u00A0: https://mentoring.example.org/partnerships/", Set.Mail(Item(alarm), alarm, reader, Portal).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_is_read_back_as_it_was_written() => Assert.All(Samples, sample =>
    {
        var kind = NoticeKind.Of(sample);
        Assert.Equal(kind.Write(sample), kind.Write(kind.Read(kind.Write(sample))));
        Assert.Equal(sample.ProgrammeId, kind.Read(kind.Write(sample)).ProgrammeId);
    });

    [Fact]
    public void Times_are_those_of_the_readers_wall_clock()
    {
        var session = new BookedSession(Programme, Ada, At, At.AddHours(1), "video", null, 0);

        Assert.Contains("Tuesday 14 July 2026, 14:00 (Europe/Berlin)", Set.InApp(Item(session), session, ReaderOf(Language.En)).Title, StringComparison.Ordinal);
        Assert.Contains("Dienstag, 14. Juli 2026, 14:00 Uhr (Europe/Berlin)", Set.InApp(Item(session), session, ReaderOf(Language.De)).Title, StringComparison.Ordinal);
        Assert.Contains("mardi 14 juillet 2026 à 14\u00A0h\u00A000 (Europe/Berlin)", Set.InApp(Item(session), session, ReaderOf(Language.Fr)).Title, StringComparison.Ordinal);
        Assert.Contains("martes 14 de julio de 2026, 14:00\u00A0h (Europe/Berlin)", Set.InApp(Item(session), session, ReaderOf(Language.Es)).Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.En, "Saturday 1 August 2026", "Sunday 2 August 2026, 09:05")]
    [InlineData(Language.De, "Samstag, 1. August 2026", "Sonntag, 2. August 2026, 09:05 Uhr")]
    [InlineData(Language.Fr, "samedi 1er août 2026", "dimanche 2 août 2026 à 9\u00A0h\u00A005")]
    [InlineData(Language.Es, "sábado 1 de agosto de 2026", "domingo 2 de agosto de 2026, 9:05\u00A0h")]
    public void Days_and_hours_are_written_as_the_language_has_it(Language language, string first, string morning)
    {
        Assert.Equal(first, ReaderOf(language).Day(new DateOnly(2026, 8, 1)));
        Assert.Equal($"{morning} (Europe/Berlin)", ReaderOf(language).When(new DateTimeOffset(2026, 8, 2, 7, 5, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData(Language.En, "automatic", "does not come from Ada", "14:00")]
    [InlineData(Language.De, "automatisch", "kommt nicht von Ada", "14:00")]
    [InlineData(Language.Fr, "automatique", "Ada <Lovelace> n’en est pas à l’origine", "14\u00A0h\u00A000")]
    [InlineData(Language.Es, "automático", "No viene de Ada", "14:00")]
    public void The_alarm_to_the_mentee_says_that_it_is_automatic_and_not_from_the_mentor(Language language, string automatic, string notFrom, string time)
    {
        var alarm = new AlarmToMentee(Programme, Ada, [At, At.AddDays(1), At.AddDays(2)]);

        var mail = Set.Mail(Item(alarm), alarm, ReaderOf(language), Portal);

        Assert.Contains(automatic, mail.Text, StringComparison.Ordinal);
        Assert.Contains(notFrom, mail.Text, StringComparison.Ordinal);
        Assert.Equal(3, mail.Text.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Contains(time, StringComparison.Ordinal)));
        Assert.Equal(3, mail.Html.Split("<li>").Length - 1);
    }

    [Fact]
    public void The_sponsor_reads_a_number_and_no_name()
    {
        var alarm = new AlarmToSponsor(Programme, 3);

        var mail = Set.Mail(Item(alarm), alarm, ReaderOf(Language.En), Portal);

        Assert.Contains("3 pairs", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", mail.Text, StringComparison.Ordinal);
        Assert.Empty(alarm.Named());
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void That_a_pair_is_over_is_told_without_who_or_why(Language language)
    {
        foreach (var notice in new Notice[] { new PairOver(Programme, Early: true), new CancelledSession(Programme, Ada, At, At.AddHours(1), "video", null, 1, ByReader: false, PairOver: true) })
        {
            var mail = Set.Mail(Item(notice), notice, ReaderOf(language), Portal);
            var inApp = Set.InApp(Item(notice), notice, ReaderOf(language));
            foreach (var word in new[] { "Ada", "other side", "andere Seite", "left", "verlassen", "gone", "your side", "Ihrer Seite", "withdr", "zurückgezogen", "new time", "neue Zeit", "l’autre", "la otra", "quitt", "abandon", "de votre côté", "por su parte", "s’est retir", "se ha retir", "nouveau créneau", "nueva fecha" })
                Assert.DoesNotContain(word, $"{mail.Subject} {mail.Text} {mail.Html} {inApp.Title} {inApp.Line} {inApp.Actions[0].Label}", StringComparison.OrdinalIgnoreCase);
        }
        Assert.Empty(new PairOver(Programme, Early: true).Named());
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void No_words_that_a_mentor_reads_about_the_pair_blame_anybody(Language language)
    {
        // The alarm and the question whether a session was missed never go to a mentor.
        Type[] forMentors = [typeof(NewPair), typeof(BookedSession), typeof(MovedSession), typeof(CancelledSession), typeof(RevisedCharter), typeof(QuestionToGoOn), typeof(PairGoesOn), typeof(PairOver)];
        var samples = Samples.Where(sample => forMentors.Contains(sample.GetType())).ToList();
        Assert.Equal(forMentors.Length, samples.Select(sample => sample.GetType()).Distinct().Count());
        foreach (var sample in samples)
        {
            var (mail, inApp) = (Set.Mail(Item(sample), sample, ReaderOf(language), Portal), Set.InApp(Item(sample), sample, ReaderOf(language)));
            foreach (var word in new[] { "fault", "blame", "missed", "again and again", "in a row", "did not come", "failed", "schuld", "versäumt", "nacheinander", "nicht erschienen", "wieder nicht", "faute", "manqué", "de suite", "à plusieurs reprises", "n’est pas venu", "culpa", "no realizada", "seguidas", "una y otra vez", "no se presentó" })
                Assert.DoesNotContain(word, $"{mail.Subject} {mail.Text} {inApp.Title} {inApp.Line}", StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(Language.En, "ended as planned", "has come to an end as planned")]
    [InlineData(Language.De, "endete wie geplant", "ist wie geplant zu Ende gegangen")]
    [InlineData(Language.Fr, "a pris fin comme prévu", "a pris fin comme prévu")]
    [InlineData(Language.Es, "Terminó según lo previsto", "ha llegado a su fin según lo previsto")]
    public void A_planned_end_is_told_without_who_answered_what(Language language, string line, string text)
    {
        var notice = new PairOver(Programme, Early: false);

        var mail = Set.Mail(Item(notice), notice, ReaderOf(language), Portal);
        var inApp = Set.InApp(Item(notice), notice, ReaderOf(language));

        Assert.Contains(line, inApp.Line, StringComparison.Ordinal);
        Assert.Contains(text, mail.Text, StringComparison.Ordinal);
        foreach (var word in new[] { "Ada", "answer", "antwort", "said", "gesagt", "decided", "entschieden", "both", "beide", "go on", "weiter", "the other", "andere Seite", "répon", "respond", "respuesta", "décid", "decid", "continu", "de part et d’autre", "las dos", "l’autre", "la otra" })
            Assert.DoesNotContain(word, Told($"{mail.Subject} {mail.Text} {inApp.Title} {inApp.Line}"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Language.En, "Only the two can change that", "it is tried again", "cancelled in a row")]
    [InlineData(Language.De, "Ändern können das nur die beiden", "neu versucht", "nacheinander")]
    [InlineData(Language.Fr, "Seules ces deux personnes peuvent y changer quelque chose", "un nouvel essai", "de suite")]
    [InlineData(Language.Es, "Solo esas dos personas pueden cambiarlo", "se vuelve a intentar", "seguidas")]
    public void Without_a_common_time_the_manager_reads_what_is_wrong_who_can_change_it_and_what_to_do(Language language, string who, string again, string not)
    {
        var notice = new NoCommonTime(Programme, Ada, Charles);

        var mail = Set.Mail(Item(notice), notice, ReaderOf(language), Portal);

        Assert.Contains(who, mail.Text, StringComparison.Ordinal);
        Assert.Contains(again, mail.Text, StringComparison.Ordinal);
        Assert.Equal(2, mail.Html.Split("<li>").Length - 1);
        Assert.DoesNotContain(not, mail.Text, StringComparison.Ordinal);
        foreach (var reminded in new[] { "reminded", "erinnert", "rappel", "record" })
            Assert.DoesNotContain(reminded, mail.Text, StringComparison.Ordinal);
    }

    /// <summary>Without the footer, which every mail has.</summary>
    private static string Told(string text) => text.Replace(text[text.IndexOf("-- \n", StringComparison.Ordinal)..text.LastIndexOf('\n')], "", StringComparison.Ordinal);

    [Fact]
    public void Someone_who_has_left_is_not_named()
    {
        var names = Names with { People = new Dictionary<Guid, Person> { [Ada] = Person.Tombstone(Ada) } };
        var session = new CancelledSession(Programme, Ada, At, At.AddHours(1), "video", null, 1, ByReader: false);

        var words = Set.InApp(Item(session), session, Reader.Of(Someone(Charles, "Charles"), Language.En, names, Set));

        Assert.StartsWith("Cancelled: conversation with someone who has left", words.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_language_that_is_spoken_here_is_taken()
    {
        Assert.Equal(Language.De, Languages.FirstOf(["pl", "de-CH", "en"]));
        Assert.Equal(Language.Fr, Languages.FirstOf(["pl", "fr-CA", "es"]));
        Assert.Equal(Language.Es, Languages.FirstOf(["es-419"]));
        Assert.Equal(Language.En, Languages.FirstOf(["pl", "1"]));
    }

    private static string Greeting(Language language) => language switch
    {
        Language.En => "Hello Charles Babbage,\n\n",
        Language.De => "Guten Tag Charles Babbage,\n\n",
        Language.Fr => "Bonjour Charles Babbage,\n\n",
        Language.Es => "Hola, Charles Babbage:\n\n",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <summary>The files without what is not prose: the names of the headers and where an action leads.</summary>
    private static IEnumerable<string> WrittenIn(Language language) => TemplateSet.EmbeddedFiles()
        .Where(file => file.Key.StartsWith(language.Tag() + "/", StringComparison.Ordinal) && file.Key.EndsWith(".hbs", StringComparison.Ordinal))
        .Select(file => NotProse().Replace(file.Value, ""));

    [GeneratedRegex(@"^(title|line|action): | -> .*$", RegexOptions.Multiline)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"(?<!\u00A0)[;:!?»]|«(?!\u00A0)")]
    private static partial Regex LooseFrenchMark();

    private static void Finished(string words)
    {
        Assert.False(string.IsNullOrWhiteSpace(words));
        Assert.DoesNotContain("{{", words, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", words, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", words.Replace("-- \n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(" ,", words, StringComparison.Ordinal);
        Assert.DoesNotContain(" .", words, StringComparison.Ordinal);
    }

    private static Reader ReaderOf(Language language) => Reader.Of(Names.People[Charles], language, Names, Set);

    private static Person Someone(Guid id, string name) => new() { Id = id, Name = name, Email = "x@example.org", TimeZone = "Europe/Berlin", Languages = ["en"] };

    private static InboxItem Item(Notice notice) => new()
    {
        Id = Guid.CreateVersion7(),
        PersonId = Charles,
        Number = 1,
        Kind = NoticeKind.Of(notice).Name,
        AboutId = Guid.CreateVersion7(),
        Version = 1,
        Notice = NoticeKind.Of(notice).Write(notice),
        Named = [],
        CreatedAt = At,
    };
}
