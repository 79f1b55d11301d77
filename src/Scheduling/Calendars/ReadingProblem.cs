using Mentoring.ICalendar;

namespace Mentoring.Scheduling.Calendars;

/// <summary>Why a calendar could not be read.</summary>
public enum ReadingProblem
{
    TooSlow,
    HostUnknown,
    Unreachable,
    NotTrusted,

    /// <summary>The server is not on the public internet.</summary>
    AddressRefused,

    /// <summary>Sent on too often, to an unencrypted address, or to none.</summary>
    RedirectRefused,

    /// <summary>The server wants a password, or no longer knows the address's key.</summary>
    AccessRefused,

    NotFound,

    /// <summary>The server says that it is gone for good, or has not found it for a week.</summary>
    Gone,

    ServerFailed,
    UnexpectedAnswer,
    TooLarge,
    NotACalendar,
    Unreadable,

    /// <summary>More busy times, or shifts, than a person has.</summary>
    TooManyTimes,

    /// <summary>The address cannot be opened any more: the master key it was sealed under is missing.</summary>
    KeyMissing,

    /// <summary>Asked too often; it said when it may be asked again.</summary>
    Throttled,

    /// <summary>The provider has no calendar of this mail address.</summary>
    NoCalendar,

    /// <summary>The entry is no longer in the calendar: its owner has deleted it.</summary>
    EntryGone,

    /// <summary>The owner's mail address is another by now.</summary>
    AddressChanged,

    /// <summary>The operator no longer has a provider for this mail address.</summary>
    NotConnected,
}

/// <summary>What a person is told.</summary>
public static class ReadingProblems
{
    public static string InWords(this ReadingProblem problem) => problem switch
    {
        ReadingProblem.TooSlow => "The server did not send the calendar within ten seconds. It is tried again.",
        ReadingProblem.HostUnknown => "Nobody knows a server of that name. Check the address.",
        ReadingProblem.Unreachable => "The server does not answer. It is tried again.",
        ReadingProblem.NotTrusted => "The server cannot show that it is the one it says it is. Check the address.",
        ReadingProblem.AddressRefused => "The server is not on the public internet and is not asked. Whoever runs this platform can allow its network.",
        ReadingProblem.RedirectRefused => "The server sends on to somewhere that is not followed: too often, unencrypted, or to no address. Take the address it ends at.",
        ReadingProblem.AccessRefused => "The server refuses to show the calendar. Share it by a secret address and add that one.",
        ReadingProblem.NotFound => "The server knows no calendar at this address. It is tried again for now; check whether it is still shared.",
        ReadingProblem.Gone => "There is no calendar at this address any more. Remove it here and add its new address.",
        ReadingProblem.ServerFailed => "The server has trouble of its own. It is tried again.",
        ReadingProblem.UnexpectedAnswer => "The server answered with something else than a calendar. Check the address.",
        ReadingProblem.TooLarge => "The calendar is too large to be read: 5 MiB and 20,000 events at most. Share a part of it.",
        ReadingProblem.NotACalendar => "What is at this address is no calendar (iCalendar). A page to look at one is not enough; take the address of the ICS file.",
        ReadingProblem.Unreadable => "The calendar is broken and could not be read to its end.",
        ReadingProblem.TooManyTimes => $"The calendar holds more than can be kept: {CalendarTimes.MostBusy} busy times, or {CalendarTimes.MostShifts} shifts.",
        ReadingProblem.Throttled or ReadingProblem.NoCalendar or ReadingProblem.EntryGone or ReadingProblem.AddressChanged or ReadingProblem.NotConnected => InWordsOfAccount(problem),
        ReadingProblem.KeyMissing => "The address cannot be read here any more. Remove it and add it again.",
    };

    /// <summary>Where it is the calendar of an account: its owner has no address to check.</summary>
    public static string InWordsOfAccount(this ReadingProblem problem) => problem switch
    {
        ReadingProblem.AccessRefused => "The provider does not let this platform at your calendar. Whoever runs the platform can have it allowed.",
        ReadingProblem.NoCalendar => "The provider knows no calendar of your mail address.",
        ReadingProblem.Throttled => "The provider wants to be asked less often. It is tried again.",
        ReadingProblem.EntryGone => "You have deleted a conversation from your calendar. If it changes, the invitation comes by mail.",
        ReadingProblem.AddressChanged => "Your mail address has changed since you connected this calendar. Connect it again.",
        ReadingProblem.NotConnected => "Calendars of your mail address are no longer connected with this platform. Whoever runs it can say why.",
        ReadingProblem.TooManyTimes => $"The calendar holds more than can be kept: {CalendarTimes.MostBusy} busy times.",
        ReadingProblem.UnexpectedAnswer or ReadingProblem.TooLarge or ReadingProblem.Unreadable => "The provider answered with something this platform does not understand. It is tried again; whoever runs the platform can look into it.",
        ReadingProblem.TooSlow or ReadingProblem.Unreachable or ReadingProblem.HostUnknown or ReadingProblem.NotTrusted or ReadingProblem.ServerFailed =>
            "The provider does not answer at the moment. It is tried again.",
        ReadingProblem.AddressRefused or ReadingProblem.RedirectRefused or ReadingProblem.NotFound or ReadingProblem.Gone or ReadingProblem.NotACalendar or ReadingProblem.KeyMissing =>
            InWords(problem),
    };

    public static ReadingProblem Of(CalendarException fault) => fault.Code switch
    {
        "not-a-calendar" => ReadingProblem.NotACalendar,
        "too-large" or "line-too-long" or "too-many-lines" or "too-many-events" => ReadingProblem.TooLarge,
        _ => ReadingProblem.Unreadable,
    };
}
