using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;

namespace Mentoring.Scheduling.Tests.Calendars;

/// <summary>The rules of an entry, without a provider.</summary>
public sealed class KeepingAnEntry
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);

    private enum Happens
    {
        Moves,
        Works,
        Fails,
        Gone,
    }

    [Fact]
    public void It_follows_the_session_and_rests_once_it_stands_as_the_session_says()
    {
        var (session, entry) = (Booked(), Entry());
        Assert.Equal(EntryStep.Create, entry.StepTo(session, s_now));
        entry.StandsAt(session.StartsAt, session.EndsAt);
        Assert.Equal(EntryStep.Nothing, entry.StepTo(session, s_now));
        session.Move(session.StartsAt.AddHours(1), Side.Mentee, s_now);
        Assert.Equal(EntryStep.Move, entry.StepTo(session, s_now));
        session.Cancel(Side.Mentee, CancelReasons.Other, s_now);
        Assert.Equal(EntryStep.Cancel, entry.StepTo(session, s_now));
        // Erased with somebody else.
        Assert.Equal(EntryStep.Cancel, entry.StepTo(null, s_now));
    }

    [Fact]
    public void Nothing_is_entered_into_the_past_and_whose_owner_does_not_want_it_is_taken_out()
    {
        var (session, entry) = (Booked(), Entry());
        Assert.Equal(EntryStep.Nothing, entry.StepTo(session, session.EndsAt));
        entry.StandsAt(session.StartsAt, session.EndsAt);
        entry.IsLeaving = true;
        Assert.Equal((EntryStep.Cancel, false), (entry.StepTo(session, s_now), entry.StandsForMail));
    }

    [Fact]
    public void It_is_tried_later_and_later_and_never_longer_than_a_day_or_sooner_than_the_provider_wants()
    {
        var any = Gen.ListOf(from seconds in Gen.Choose(0, 7200) from said in Gen.Elements(true, false) select said ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null, 80);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(any.ToArbitrary(), pauses =>
        {
            var (entry, now) = (Entry(), s_now);
            foreach (var pause in pauses)
            {
                if (!entry.Fail(ReadingProblem.ServerFailed, pause, now))
                    return entry.GivenUp && now - s_now >= CalendarEntry.Patience && entry.NotBefore is null;
                if (entry.NotBefore <= now || entry.NotBefore < now + pause || entry.NotBefore > now + TimeSpan.FromHours(2))
                    return false;
                now = entry.NotBefore!.Value;
            }
            return now - s_now <= CalendarEntry.Patience + TimeSpan.FromHours(2);
        }));
    }

    /// <summary>Where the fact says that no mail is needed, the entry is there, or still being tried: nobody is told by neither.</summary>
    [Fact]
    public void Whatever_happens_it_never_stands_for_the_mail_without_standing_there_or_being_tried()
    {
        var any = Gen.ListOf(Gen.Elements(Enum.GetValues<Happens>()), 40);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(any.ToArbitrary(), events =>
        {
            var (session, entry, now) = (Booked(), Entry(), s_now);
            foreach (var what in events)
            {
                now = now.AddHours(1);
                if (what is Happens.Moves)
                    session.Move(session.StartsAt.AddMinutes(15), Side.Mentee, now);
                else if (entry.StepTo(session, now) is EntryStep.Nothing)
                    continue;
                else if (what is Happens.Works)
                    entry.StandsAt(session.StartsAt, session.EndsAt);
                else
                    entry.Fail(what is Happens.Gone ? ReadingProblem.EntryGone : ReadingProblem.Unreachable, null, now);
                if (entry.StandsForMail && entry.StartsAt is null && entry.GivenUp)
                    return false;
                if (!entry.StandsForMail && entry.StepTo(session, now) is not EntryStep.Nothing)
                    return false;
            }
            return true;
        }));
    }

    private static CalendarEntry Entry() => new() { UnitSlug = "nordlicht", Address = "mara@nordlicht.example" };

    private static Session Booked()
    {
        var pair = Partnership.Form(new PairFormed(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "all", [], "They fit.", null), s_now);
        return Session.Book(pair, new TimeSlot(s_now.AddDays(30), s_now.AddDays(30).AddHours(1), Channels.Video, null), Side.Mentee, s_now);
    }
}
