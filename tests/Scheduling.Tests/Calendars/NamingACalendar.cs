using System.Net;
using Mentoring.Scheduling.Calendars;

namespace Mentoring.Scheduling.Tests.Calendars;

public sealed class NamingACalendar
{
    private static readonly IPNetwork[] s_inside = [IPNetwork.Parse("10.0.0.0/8")];

    [Theory]
    [InlineData("https://calendar.example/a/secret-address.ics", "https://calendar.example/a/secret-address.ics")]
    [InlineData("  webcal://calendar.example/a/secret.ics ", "https://calendar.example/a/secret.ics")]
    [InlineData("WEBCALS://calendar.example:8443/a?key=0123456789", "https://calendar.example:8443/a?key=0123456789")]
    [InlineData("https://calendar.example/a#part", "https://calendar.example/a")]
    public void It_is_read_over_an_encrypted_connection(string text, string expected)
    {
        Assert.True(CalendarAddress.TryParse(text, [], out var address, out _));
        Assert.Equal((expected, true), (address.Uri.AbsoluteUri, address.IsEncrypted));
        Assert.Equal(expected, CalendarAddress.Of(address.ToBytes()).Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("calendar.example/a.ics")]
    [InlineData("http://calendar.example/a.ics")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://calendar.example/a.ics")]
    [InlineData("https://")]
    [InlineData("https:///a.ics")]
    [InlineData("https://somebody:password@calendar.example/a.ics")]
    [InlineData("https://somebody@calendar.example/a.ics")]
    [InlineData("https://127.0.0.1/a.ics")]
    [InlineData("https://2130706433/a.ics")]
    [InlineData("https://0x7f.1/a.ics")]
    [InlineData("https://0177.0.0.1/a.ics")]
    [InlineData("https://[::1]/a.ics")]
    [InlineData("https://[::ffff:169.254.169.254]/latest/meta-data")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.1.2.3/a.ics")]
    [InlineData("https://calendar.example/a\r\nHost: other.example")]
    [InlineData("javascript:alert(1)")]
    public void What_is_no_such_address_is_refused_without_repeating_it(string? text)
    {
        Assert.False(CalendarAddress.TryParse(text, [], out _, out var error));
        Assert.DoesNotContain("example", error, StringComparison.Ordinal);
        Assert.DoesNotContain("password@", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_operator_allows_a_network_it_may_be_there_and_unencrypted()
    {
        Assert.True(CalendarAddress.TryParse("http://10.1.2.3/a.ics", s_inside, out var address, out _));
        Assert.False(address.IsEncrypted);
        Assert.False(CalendarAddress.TryParse("http://192.168.1.2/a.ics", s_inside, out _, out _));
    }

    [Fact]
    public void Only_its_host_and_its_last_four_characters_are_shown()
    {
        Assert.True(CalendarAddress.TryParse("https://calendar.example/private-0123456789abcdef", [], out var address, out _));
        Assert.Equal(("calendar.example", "cdef", "calendar.example…cdef"), (address.Host, address.Ending, $"{address}"));
        Assert.True(CalendarAddress.TryParse("https://calendar.example/key1234", [], out var brief, out _));
        Assert.Equal("", brief.Ending);
    }

    [Theory]
    [InlineData("/other.ics", "https://calendar.example/other.ics")]
    [InlineData("https://elsewhere.example/a.ics", "https://elsewhere.example/a.ics")]
    [InlineData("//elsewhere.example/a.ics", "https://elsewhere.example/a.ics")]
    [InlineData("http://calendar.example/a.ics", null)]
    [InlineData("https://somebody:password@calendar.example/a.ics", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("javascript:alert(1)", null)]
    public void It_is_followed_to_another_encrypted_address_and_to_nothing_else(string location, string? expected)
    {
        Assert.True(CalendarAddress.TryParse("https://calendar.example/a/secret.ics", [], out var address, out _));

        Assert.Equal(expected, address.Follow(new Uri(location, UriKind.RelativeOrAbsolute))?.Uri.AbsoluteUri);
        Assert.Null(address.Follow(null));
    }
}
