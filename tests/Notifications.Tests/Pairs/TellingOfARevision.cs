using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Tests.Pairs;

public sealed class TellingOfARevision(NotificationsService notifications)
{
    [Fact]
    public async Task The_other_alone_hears_once_that_there_is_a_new_version_and_that_signatures_are_gone()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada Lovelace"), await scene.Person("Charles Babbage", language: "de"));
        var manager = await scene.Manager();
        var partnership = Guid.CreateVersion7();
        await scene.Tell(Revised(scene, (mentor, mentee), partnership, Side.Mentor, signaturesTaken: true));
        await scene.Tell(Revised(scene, (mentor, mentee), partnership, Side.Mentor, signaturesTaken: true));

        var mail = await scene.Mail(mentee);
        Assert.Equal("Ada Lovelace hat Ihre Vereinbarung geändert", mail.Subject);
        Assert.Contains("Es gibt jetzt eine Fassung 3.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("deshalb gelten die Unterschriften nicht mehr", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"https://mentoring.example.org/partnerships/{partnership}", mail.Text, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Equal("charter-revised", Assert.Single(await scene.Inbox(mentee)).Kind);
        Assert.Empty(await scene.Inbox(mentor));
        Assert.Empty(await scene.Inbox(manager));
    }

    [Theory]
    [InlineData(true, true, "the signatures no longer hold", "Only rhythm")]
    [InlineData(true, false, "Read it before you sign", "no longer hold")]
    [InlineData(false, false, "Only rhythm or places are different, and signatures hold as they are", "no longer hold")]
    public async Task What_it_means_for_the_signatures_is_said(bool substance, bool taken, string said, string unsaid)
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();

        await scene.Tell(Revised(scene, pair, Guid.CreateVersion7(), Side.Mentee, taken, substance));

        var mail = await scene.Mail(pair.Mentor);
        Assert.Equal("Charles Babbage has changed your charter", mail.Subject);
        Assert.Contains(said, mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(unsaid, mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_version_is_told_anew_and_nothing_comes_after_the_end()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var partnership = Guid.CreateVersion7();
        await scene.Tell(Revised(scene, pair, partnership, Side.Mentor, true));
        await scene.Mails(pair.Mentee, 1);
        await scene.Tell(Revised(scene, pair, partnership, Side.Mentor, false) with { Version = 8, CharterVersion = 4 });
        await scene.Mails(pair.Mentee, 2);
        await scene.Tell(new PartnershipEnded(partnership, 9, scene.ProgrammeId, pair.Mentor, pair.Mentee, Early: true));
        await scene.Letter(pair.Mentee, "pair-over");

        await scene.Tell(Revised(scene, pair, partnership, Side.Mentor, false) with { Version = 10, CharterVersion = 5 });

        await scene.Settled();
        Assert.Equal(["charter-revised", "charter-revised", "pair-over"], (await scene.Inbox(pair.Mentee)).Select(letter => letter.Kind).Order());
    }

    [Fact]
    public async Task Whoever_wants_no_mail_reads_it_in_the_inbox()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await notifications.In(scene.Unit, async db =>
        {
            db.Preferences.Add(new Notifications.Preferences.Preference { PersonId = pair.Mentee, Email = false });
            return await db.SaveChangesAsync();
        });

        await scene.Tell(Revised(scene, pair, Guid.CreateVersion7(), Side.Mentor, true));

        var letter = await scene.Letter(pair.Mentee, "charter-revised");
        Assert.Equal(("partnership", "There is a version 3. The signatures no longer hold: read it, and sign it if you agree."), (letter.About.Kind, letter.Body));
        await scene.Settled();
        Assert.Empty(notifications.Sink.To(Scene.MailOf(pair.Mentee)));
    }

    [Fact]
    public async Task Of_somebody_who_is_erased_no_word_of_it_names_them()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await scene.Tell(Revised(scene, pair, Guid.CreateVersion7(), Side.Mentor, true));
        await scene.Letter(pair.Mentee, "charter-revised");

        await scene.Tell(new PersonErased(pair.Mentor, 3));

        await scene.Arrived(async db => !await db.Items.AnyAsync(item => item.Named.Contains(pair.Mentor)));
    }

    private static CharterRevised Revised(Scene scene, (Guid Mentor, Guid Mentee) pair, Guid partnership, Side by, bool signaturesTaken, bool substance = true) =>
        new(partnership, 7, scene.ProgrammeId, pair.Mentor, pair.Mentee, by, 3, substance, signaturesTaken);
}
