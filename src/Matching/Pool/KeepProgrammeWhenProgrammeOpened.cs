using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Matching.Pool;

internal sealed class KeepProgrammeWhenProgrammeOpened(MatchingDb db, Inbox inbox) : IConsumer<ProgrammeOpened>
{
    public Task Consume(ConsumeContext<ProgrammeOpened> context) => KnownProgramme.Keep(
        context.Message.ProgrammeId, context.Message.Version, context.Message.Programme, db, inbox, context.CancellationToken);
}
