using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Matching.Pool;

internal sealed class KeepProgrammeWhenProgrammeChanged(MatchingDb db, Inbox inbox) : IConsumer<ProgrammeChanged>
{
    public Task Consume(ConsumeContext<ProgrammeChanged> context) => KnownProgramme.Keep(
        context.Message.ProgrammeId, context.Message.Version, context.Message.Programme, db, inbox, context.CancellationToken);
}
