using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Calendar;
using Mentoring.Participants.MachineClients;
using Mentoring.Participants.Programmes;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;

namespace Mentoring.Architecture.Tests;

/// <summary>Where two services must say the same and share no code for it.</summary>
public sealed class WhatTwoServicesSayAlike
{
    [Fact]
    public void A_session_is_the_same_event_in_the_feed_and_in_the_invitation_by_mail()
    {
        var now = new DateTimeOffset(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);
        var pair = Partnership.Form(new PairFormed(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "all", [], "They fit."), now);
        var session = Session.Book(pair, new TimeSlot(now.AddDays(7), now.AddDays(7).AddHours(1), "in-person", "Library, room 3"), Side.Mentee, now);
        session.Move(now.AddDays(8), Side.Mentor, now);
        var fact = session.ToMoved([]);

        var mailed = Event(new CalendarMessage(CalendarMethod.Request, fact.SessionId, fact.Sequence, now, fact.StartsAt, fact.EndsAt, fact.Place, [])
            .Write("Mentoring", "mentoring@example.org", new Uri("https://mentoring.example.org/sessions/1")));
        var subscribed = Event(ReadFeed.Write([session]));

        Assert.Contains("SEQUENCE:1", subscribed);
        Assert.Contains($"UID:{session.Id}@mentoring", subscribed);
        Assert.Equal(subscribed, mailed.Intersect(subscribed));
        // What a mail has beyond that: whom it is for, where it leads and the bell before it.
        Assert.Equal(["URL", "ORGANIZER", "BEGIN", "ACTION", "DESCRIPTION", "TRIGGER", "END"], mailed.Except(subscribed).Select(line => line.Split(':', ';')[0]));
    }

    [Fact]
    public void Every_clause_a_programme_may_name_has_words_in_every_language_it_may_name()
    {
        var file = ProgrammeFile.Read(ProgrammeTemplates.EverySetting, json: false, ProgrammeTemplates.Find);
        var terms = new Scheduling.Programmes.CharterTerms("P.", "G.", null, [], new Dictionary<string, string>(), [], file.Settings!.CharterClauses);

        Assert.Equal(12, terms.Clauses.Count);
        foreach (var language in SuggestedWording.Languages)
        {
            var wording = SuggestedWording.In(language);
            Assert.DoesNotContain(terms.Clauses, clause => wording.For(clause, terms, [], null).Text == wording.For("of-no-programme", terms, [], null).Text);
            Assert.Empty(ProgrammeFile.Read(ProgrammeTemplates.EverySetting.Replace("language: en", $"language: {language}", StringComparison.Ordinal), json: false, ProgrammeTemplates.Find).Problems);
        }
    }

    [Fact]
    public void A_machine_clients_token_is_the_same_sign_on_to_who_draws_it_and_to_the_gateway()
    {
        var unit = Guid.CreateVersion7();
        var (text, token) = MachineToken.Draw(unit);

        var read = Gateway.SignOn.MachineToken.Read(text)!;

        Assert.Equal(MachineToken.Issuer, read.FindFirst("iss")!.Value);
        Assert.Equal(MachineToken.SubjectOf(unit, token.Hash), read.FindFirst("sub")!.Value);
        var found = MachineToken.Read(read.FindFirst("sub")!.Value)!;
        Assert.Equal(unit, found.UnitId);
        Assert.Equal(token.Hash, found.Hash);
    }

    private static string[] Event(string calendar)
    {
        var lines = calendar.Split("\r\n");
        return lines[(Array.IndexOf(lines, "BEGIN:VEVENT") + 1)..Array.IndexOf(lines, "END:VEVENT")];
    }
}
