using NodaTime;

namespace Mentoring.Scheduling.Calendars.Providers;

/// <summary>Whose calendars a provider keeps.</summary>
public enum ProviderKind
{
    /// <summary>Microsoft 365, by Microsoft Graph v1.0.</summary>
    Microsoft,

    /// <summary>Google Workspace, by the Google Calendar API v3.</summary>
    Google,
}

/// <summary>
/// A provider that the operator has connected: it tells when people are busy, and takes entries into the calendar of one of them. An entry is known
/// by its session, so that asking for the same again, whatever was killed in between, leaves one.
/// </summary>
/// <remarks>People are named by their mail addresses. What a provider refuses, or that it is away, is a value; nothing is thrown but a cancellation.</remarks>
public interface ICalendarProvider
{
    ProviderKind Kind { get; }

    /// <summary>When each of these people is busy; of what keeps them busy nothing is asked for.</summary>
    /// <param name="addresses">Of one person or several; as many as one likes.</param>
    /// <param name="window">As long as one likes.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>An answer for each address, whatever its case.</returns>
    Task<IReadOnlyDictionary<string, BusyAnswer>> Busy(IReadOnlyCollection<string> addresses, Interval window, CancellationToken ct);

    /// <summary>Puts a session into a person's calendar; where it is there already, at the time it has now.</summary>
    /// <returns>Null where it is done.</returns>
    Task<ProviderRefusal?> Create(string address, Appointment appointment, CancellationToken ct);

    /// <summary>Gives the entry another time; <see cref="ReadingProblem.EntryGone"/> where there is none.</summary>
    /// <inheritdoc cref="Create"/>
    Task<ProviderRefusal?> Move(string address, Appointment appointment, CancellationToken ct);

    /// <summary>Takes the entry out; done as well where there is none.</summary>
    /// <inheritdoc cref="Create"/>
    Task<ProviderRefusal?> Cancel(string address, Guid sessionId, CancellationToken ct);
}

/// <summary>
/// A session as it stands in a calendar: private, taken time, under the title of the invitations, and without anybody invited, so that the provider
/// writes to nobody.
/// </summary>
/// <param name="Place">Where, in words or as a link.</param>
public sealed record Appointment(Guid SessionId, Instant Start, Instant End, string? Place);

/// <summary>Why a provider did not do what it was asked for.</summary>
/// <param name="After">How long it wants to be left alone; null where it did not say.</param>
public sealed record ProviderRefusal(ReadingProblem Problem, TimeSpan? After = null);

/// <summary>When somebody is busy.</summary>
/// <param name="Times">In any order, and maybe over one another; empty where it was refused.</param>
/// <param name="Refusal">Null where they are known.</param>
public sealed record BusyAnswer(IReadOnlyList<Interval> Times, ProviderRefusal? Refusal);
