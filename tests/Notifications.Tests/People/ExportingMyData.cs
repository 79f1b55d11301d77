using System.Net.Http.Json;
using System.Text.Json;

namespace Mentoring.Notifications.Tests.People;

public sealed class ExportingMyData(NotificationsService notifications)
{
    [Fact]
    public async Task Address_preferences_letters_and_mails_are_in_one_file()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await scene.Tell(scene.Booked(pair));
        await scene.Mail(pair.Mentor);
        using var mentor = notifications.As(scene.Unit, pair.Mentor);

        using var answer = await mentor.GetAsync(scene.Unit.At("inbox/export"));

        Assert.Equal(("notifications.json", true), (answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'), answer.Headers.CacheControl?.NoStore));
        var export = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("notifications", pair.Mentor), (export.GetProperty("service").GetString(), export.GetProperty("personId").GetGuid()));
        var data = export.GetProperty("data");
        Assert.Equal(Scene.MailOf(pair.Mentor), data.GetProperty("email").GetString());
        Assert.True(data.GetProperty("preferences").GetProperty("email").GetBoolean());
        var booked = Assert.Single(data.GetProperty("letters").EnumerateArray(), letter => letter.GetProperty("kind").GetString() == "session-booked");
        var mailed = Assert.Single(data.GetProperty("deliveries").EnumerateArray(), delivery => delivery.GetProperty("kind").GetString() == "session-booked");
        Assert.Equal((booked.GetProperty("id").GetGuid(), "sent"), (mailed.GetProperty("letterId").GetGuid(), mailed.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Nothing_of_the_others_mail_is()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await scene.Tell(scene.Booked(pair));
        await scene.Mail(pair.Mentor);
        await scene.Mail(pair.Mentee);
        using var mentor = notifications.As(scene.Unit, pair.Mentor);

        var export = await mentor.GetStringAsync(scene.Unit.At("inbox/export"));

        Assert.DoesNotContain(Scene.MailOf(pair.Mentee), export, StringComparison.Ordinal);
    }
}
