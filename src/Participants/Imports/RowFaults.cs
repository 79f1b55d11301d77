using Mentoring.Participants.People;

namespace Mentoring.Participants.Imports;

/// <summary>What can be wrong with a row: stable codes, with words for whoever has to put it right.</summary>
public static class RowFaults
{
    public const string Ragged = "cells-missing-or-extra";
    public const string Unreadable = "unreadable";
    public const string Missing = "missing";
    public const string TooLong = "too-long";
    public const string NotText = "not-text";
    public const string NotAnAddress = "not-an-address";
    public const string StageUnknown = "stage-unknown";
    public const string GradeUnknown = "grade-unknown";
    public const string ZoneUnknown = "time-zone-unknown";
    public const string LanguageUnknown = "language-unknown";
    public const string NotADate = "not-a-date";
    public const string OwnManager = "own-manager";
    public const string KindUnknown = "kind-unknown";
    public const string LevelUnknown = "level-unknown";
    public const string PriorityUnknown = "priority-unknown";

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [Ragged] = "The row has more or fewer cells than the header.",
        [Unreadable] = "The file cannot be read from here on; look for a quote that is never closed.",
        [Missing] = "The cell must not be empty.",
        [TooLong] = "The cell is too long.",
        [NotText] = "The cell holds a character that is no text (NUL). Save the file as UTF-8 and send it again.",
        [NotAnAddress] = "This is not an e-mail address.",
        [StageUnknown] = "The stage must be early, established, senior or executive.",
        [GradeUnknown] = "The grade must be a whole number from 1, the lowest, to 99.",
        [ZoneUnknown] = "The time zone must be an IANA name such as Europe/Berlin.",
        [LanguageUnknown] = "Languages must be tags such as en or de-AT, separated by semicolons.",
        [NotADate] = "The date must be written as 2030-12-31.",
        [OwnManager] = "Nobody is their own manager.",
        [KindUnknown] = "The kind must be offer or need.",
        [LevelUnknown] = "The level must be a whole number from 1 to 5.",
        [PriorityUnknown] = "The priority must be true or false, and belongs to a need.",
        ["duplicate"] = "This row's key is in the file more than once.",
        ["two-managers"] = "The file gives this person two different managers.",
        ["email-twice"] = "The file gives this address to two people.",
        ["email-taken"] = "Somebody else in the unit has this address.",
        ["manager-unknown"] = "There is no such manager, neither in the file nor in the unit.",
        ["manager-left"] = "The manager has left.",
        ["manager-skipped"] = "The manager's own row is bad, so this row's reporting line is not known.",
        ["one-of-several-tops"] = "Nobody is above this person, and there are others of whom that is true. The row was taken; if a manager is missing, name them.",
        ["reporting-cycle"] = "Following the managers upwards leads back to this person.",
        ["line-too-long"] = $"With this manager somebody would have more than {Person.MostSuperiors} people above them.",
        ["person-unknown"] = "There is no such person in the unit.",
        ["topic-unknown"] = "There is no such topic in the unit.",
        ["topic-retired"] = "The topic is retired and may not be chosen any more.",
    };

    public static string Explain(string code) => Words[code];
}
