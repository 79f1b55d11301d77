using Mentoring.Messaging;

namespace Mentoring.Participants.Imports;

/// <summary>An upload has arrived.</summary>
public sealed class ImportSignal : Signal;
