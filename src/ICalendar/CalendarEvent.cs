namespace Mentoring.ICalendar;

/// <summary>What an event takes of a day; all else of it is let go as soon as it is read.</summary>
internal sealed record CalendarEvent
{
    /// <summary>Of its BEGIN.</summary>
    public required int Line { get; init; }

    /// <summary>Null where the file gives none, against the RFC: the event then belongs to no other.</summary>
    public string? Uid { get; init; }

    public long Sequence { get; init; }

    /// <summary>DTSTAMP, in seconds; which of two with the same sequence is newer.</summary>
    public long Stamp { get; init; }

    public required CalendarTime Start { get; init; }

    /// <summary>DTEND: every instance then takes the same exact time (3.8.5.3). Null with a duration or neither.</summary>
    public CalendarTime? End { get; init; }

    /// <summary>DURATION: nominal, a day on which the clock is put back has 25 hours.</summary>
    public CalendarDuration? Length { get; init; }

    public IReadOnlyList<RecurrenceRule> Rules { get; init; } = [];

    /// <summary>RDATE, with a length of their own where they are periods.</summary>
    public IReadOnlyList<CalendarPeriod> Further { get; init; } = [];

    /// <summary>EXDATE.</summary>
    public IReadOnlyList<CalendarTime> Without { get; init; } = [];

    /// <summary>RECURRENCE-ID: it stands for this instance of the event with the same UID.</summary>
    public CalendarTime? Instead { get; init; }

    /// <summary>RANGE=THISANDFUTURE: and for all later ones.</summary>
    public bool AndFuture { get; init; }

    /// <summary>Takes time: neither TRANSP:TRANSPARENT nor STATUS:CANCELLED.</summary>
    public required bool IsBusy { get; init; }

    /// <summary>Mail addresses of those whose ATTENDEE says PARTSTAT=DECLINED (3.2.12).</summary>
    public IReadOnlyList<string> DeclinedBy { get; init; } = [];

    /// <summary>STATUS:CANCELLED.</summary>
    public required bool IsCancelled { get; init; }

    public bool IsRecurring => Rules.Count > 0 || Further.Count > 0;

    public bool IsAllDay => Start.Kind == TimeKind.Date;
}
