using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Notifications;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Deliveries;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Tests.Deliveries;

public sealed class DeliveringMail(NotificationsService notifications)
{
    [Fact]
    public async Task A_mailbox_that_does_not_exist_fails_at_once_is_told_to_others_and_can_be_queued_again()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        notifications.Sink.Refuse(Scene.MailOf(pair.Mentor), "550 no such mailbox");
        await scene.Tell(scene.Booked(pair));

        var failed = await State(scene, pair.Mentor, DeliveryState.Failed);
        Assert.Equal(("smtp-550", 1), (failed.Code, failed.Attempts));
        var fact = await notifications.Bus.Of<DeliveryFailed>(scene.Unit);
        Assert.Equal((failed.Id, pair.Mentor, "email", "smtp-550"), (fact.DeliveryId, fact.PersonId, fact.Channel, fact.Code));

        notifications.Sink.Accept(Scene.MailOf(pair.Mentor));
        using var admin = notifications.As(scene.Unit, Guid.CreateVersion7(), Roles.UnitAdmin);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsync(scene.Unit.At($"deliveries/{failed.Id}/requeue"), null)).StatusCode);

        await scene.Mail(pair.Mentor);
        await State(scene, pair.Mentor, DeliveryState.Sent);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostAsync(scene.Unit.At($"deliveries/{failed.Id}/requeue"), null)).StatusCode);
    }

    [Fact]
    public async Task What_has_failed_can_be_queued_again_while_its_batch_is_still_being_sent()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        notifications.Sink.Refuse(Scene.MailOf(pair.Mentor), "550 no such mailbox");
        await scene.Tell(scene.Booked(pair));
        var failed = await State(scene, pair.Mentor, DeliveryState.Failed);
        await Eventually.Holds(async () => Assert.Equal(0, await notifications.AsOwner<long>($"select count(*) from platform.delivery_jobs where unit_id = '{scene.Unit.Id}'")));
        notifications.Sink.Accept(Scene.MailOf(pair.Mentor));

        // The batch settles its jobs at its end: until then the job is still there.
        await notifications.AsOwner<object>($"insert into platform.delivery_jobs (delivery_id, unit_id, due_at) values ('{failed.Id}', '{scene.Unit.Id}', 'infinity')");
        using var admin = notifications.As(scene.Unit, Guid.CreateVersion7(), Roles.UnitAdmin);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsync(scene.Unit.At($"deliveries/{failed.Id}/requeue"), null)).StatusCode);

        await scene.Mail(pair.Mentor);
    }

    [Fact]
    public async Task A_delivery_that_changes_while_it_is_sent_is_looked_at_again_and_stops_nobody()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        // To whoever saves it looks as if somebody had changed it, or erased it, at the same moment.
        await notifications.AsOwner<object>($"""
            create or replace function overtake() returns trigger language plpgsql as 'begin return null; end';
            create trigger overtake before update on deliveries for each row when (new.unit_id = '{scene.Unit.Id}') execute function overtake()
            """);
        await scene.Tell(scene.Booked(pair));
        await Eventually.Holds(() =>
        {
            Assert.NotEmpty(notifications.Sink.To(Scene.MailOf(pair.Mentor)));
            return Task.CompletedTask;
        });
        await notifications.AsOwner<object>("drop trigger overtake on deliveries");

        await Eventually.Holds(async () =>
        {
            notifications.Clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(0, await notifications.In(scene.Unit, db => db.Deliveries.CountAsync(d => d.State != DeliveryState.Sent)));
        });
        Assert.Single(notifications.Sink.To(Scene.MailOf(pair.Mentor)).Select(mail => mail.Headers["Message-ID"]).Distinct());
    }

    [Fact]
    public async Task A_server_that_puts_mail_off_is_asked_again_later_and_given_up_in_the_end()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        notifications.Sink.Refuse(Scene.MailOf(pair.Mentor), "451 greylisted");
        await scene.Tell(scene.Booked(pair));
        await Attempts(scene, pair.Mentor, 1);

        notifications.Clock.Advance(Backoff.After(1));
        await Attempts(scene, pair.Mentor, 2);
        Assert.Equal(DeliveryState.Queued, (await Delivery(scene, pair.Mentor))!.State);
        notifications.Clock.Advance(Backoff.After(2));

        Assert.Equal("smtp-451", (await State(scene, pair.Mentor, DeliveryState.Failed)).Code);
    }

    /// <summary>A calendar that ignored the cancellation of what it did not know would take up the invitation that comes after it.</summary>
    [Fact]
    public async Task An_invitation_that_was_put_off_does_not_follow_its_cancellation()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var booked = scene.Booked(pair);
        notifications.Sink.Refuse(Scene.MailOf(pair.Mentor), "451 greylisted");
        await scene.Tell(booked);
        await Attempts(scene, pair.Mentor, 1);
        notifications.Sink.Accept(Scene.MailOf(pair.Mentor));
        await scene.Tell(new SessionCancelled(
            booked.SessionId, 2, booked.PartnershipId, booked.ProgrammeId, pair.Mentor, pair.Mentee, booked.StartsAt, booked.EndsAt, booked.Channel, booked.Place, 1, Side.Mentee, "workload"));
        await scene.Mail(pair.Mentor);
        await Eventually.Holds(async () => Assert.Equal(1, await notifications.In(scene.Unit, db => db.Deliveries.CountAsync(d => d.PersonId == pair.Mentor && d.State == DeliveryState.Sent))));

        notifications.Clock.Advance(Backoff.After(1));

        await Eventually.Holds(async () => Assert.Equal(0, await notifications.In(scene.Unit, db => db.Deliveries.CountAsync(d => d.PersonId == pair.Mentor && d.State != DeliveryState.Sent))));
        Assert.Contains("METHOD:CANCEL", Assert.Single(await scene.Mails(pair.Mentor, 1)).Calendar!.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_lost_and_no_attempt_is_counted()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        notifications.Sink.GoAway();
        try
        {
            await Task.WhenAll(Enumerable.Range(1, 12).Select(day => scene.Tell(scene.Booked(pair, day + 12))));
            await Eventually.Holds(async () => Assert.Equal(12, (await scene.Inbox(pair.Mentor)).Count));
            await Eventually.Holds(async () => Assert.True(await notifications.AsOwner<long>(
                $"select count(*) from platform.delivery_jobs j join deliveries d on d.id = j.delivery_id where j.unit_id = '{scene.Unit.Id}' and j.due_at > d.created_at") > 0));
        }
        finally
        {
            notifications.Sink.ComeBack();
        }
        notifications.Clock.Advance(TimeSpan.FromSeconds(30));

        var mails = await scene.Mails(pair.Mentor, 12);
        Assert.Equal(12, mails.Select(mail => mail.Headers["Message-ID"]).Distinct().Count());
        await scene.Mails(pair.Mentee, 12);
        // A mail is with its reader a moment before it is written down as sent.
        await Eventually.Holds(async () =>
            Assert.Equal(0, await notifications.In(scene.Unit, db => db.Deliveries.CountAsync(d => d.State != DeliveryState.Sent || d.Attempts > 0))));
    }

    [Fact]
    public async Task A_new_address_is_used_for_what_waits()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        notifications.Sink.Refuse(Scene.MailOf(pair.Mentor), "451 later");
        await scene.Tell(scene.Booked(pair));
        await Attempts(scene, pair.Mentor, 1);

        var address = $"new-{pair.Mentor:N}@example.org";
        await notifications.In(scene.Unit, db => db.People.Where(p => p.Id == pair.Mentor).ExecuteUpdateAsync(set => set.SetProperty(p => p.Email, address)));
        notifications.Clock.Advance(Backoff.After(1));

        await Eventually.Holds(() =>
        {
            Assert.Single(notifications.Sink.To(address));
            return Task.CompletedTask;
        });
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("käthe@example.org")]
    public async Task An_address_that_no_server_would_take_fails_by_its_name(string address)
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada", email: address), await scene.Person("Charles"));

        await scene.Tell(scene.Booked((mentor, mentee)));

        Assert.Equal("address-invalid", (await State(scene, mentor, DeliveryState.Failed)).Code);
        await scene.Mail(mentee);
    }

    [Fact]
    public async Task The_admin_sees_what_was_sent_and_not_what_it_said_and_nobody_else_sees_it()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await scene.Tell(scene.Booked(pair));
        await State(scene, pair.Mentor, DeliveryState.Sent);
        await State(scene, pair.Mentee, DeliveryState.Sent);
        using var admin = notifications.As(scene.Unit, Guid.CreateVersion7(), Roles.UnitAdmin);
        using var person = notifications.As(scene.Unit, pair.Mentor);

        var json = await admin.GetStringAsync(scene.Unit.At("deliveries?state=sent"));

        var page = JsonSerializer.Deserialize<Page<DeliveryAnswer>>(json, Json.Options)!;
        Assert.Equal(2, page.Items.Count);
        Assert.All(page.Items, delivery => Assert.Equal(("email", "session-booked", 0), (delivery.Channel, delivery.Kind, delivery.Attempts)));
        Assert.DoesNotContain("Ada", json, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", json, StringComparison.Ordinal);
        Assert.Empty((await admin.GetFromJsonAsync<Page<DeliveryAnswer>>(scene.Unit.At("deliveries?state=failed"), Json.Options))!.Items);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.GetAsync(scene.Unit.At("deliveries"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.GetAsync(scene.Unit.At("deliveries?state=lost"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(scene.Unit.At($"deliveries/{Guid.CreateVersion7()}/requeue"), null)).StatusCode);
    }

    private Task<Delivery?> Delivery(Scene scene, Guid person) =>
        notifications.In(scene.Unit, db => db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.PersonId == person));

    private Task<Delivery> State(Scene scene, Guid person, DeliveryState state) =>
        Eventually.Is(async () => await Delivery(scene, person) is { } delivery && delivery.State == state ? delivery : null);

    private Task Attempts(Scene scene, Guid person, int count) =>
        Eventually.Holds(async () => Assert.Equal(count, (await Delivery(scene, person))!.Attempts));
}
