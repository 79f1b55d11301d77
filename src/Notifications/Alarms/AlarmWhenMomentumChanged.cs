using System.Buffers.Binary;
using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Programmes;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Alarms;

public sealed class AlarmWhenMomentumChanged(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<MomentumChanged>
{
    public async Task Consume(ConsumeContext<MomentumChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var isNewest = await inbox.IsNewest("momentum", fact.PartnershipId, fact.Version, ct);
        // A step is told though a later fact has come round before it, as long as its alarm stands; the end of an alarm leaves none to be told.
        var step = fact.Alarm is not null || fact.Standing is null
            ? await inbox.IsNewest("momentum-step", fact.PartnershipId, fact.Version, ct) ? fact.Alarm : null
            : null;
        if (!isNewest && step is null)
            return;
        if (await db.Alarms.FindAsync([db.Unit.UnitId, fact.PartnershipId], ct) is not { } alarm)
        {
            alarm = new PairAlarm { PartnershipId = fact.PartnershipId, ProgrammeId = fact.ProgrammeId };
            db.Add(alarm);
        }
        alarm.Take(step, fact.Momentum);
        if (step is { } next)
            await Tell(next, context);
        await db.SaveChangesAsync(ct);
    }

    private async Task Tell(AlarmStep step, ConsumeContext<MomentumChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var recipients = (await Ladder(context)).Recipients(step);
        switch (step)
        {
            case AlarmStep.Mentee:
                await Put(fact.PartnershipId, fact.Version, new AlarmToMentee(fact.ProgrammeId, fact.MentorId, fact.Slots));
                break;
            case AlarmStep.ProgrammeManager when fact.NoCommonTime is true:
                await Put(fact.PartnershipId, fact.Version, new NoCommonTime(fact.ProgrammeId, fact.MentorId, fact.MenteeId));
                break;
            case AlarmStep.ProgrammeManager:
                await Put(fact.PartnershipId, fact.Version, new AlarmToManager(fact.ProgrammeId, fact.MentorId, fact.MenteeId, fact.Reasons));
                break;
            case AlarmStep.Sponsor:
                var others = await db.Alarms.CountAsync(a => a.ProgrammeId == fact.ProgrammeId && a.Reached == AlarmStep.Sponsor && a.PartnershipId != fact.PartnershipId, ct);
                await Put(fact.ProgrammeId, WithoutThePair(fact), new AlarmToSponsor(fact.ProgrammeId, others + 1));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, null);
        }

        Task Put(Guid about, long version, Notice notice) => postbox.Put(about, version, [.. recipients.Select(id => (id, notice))], ct);
    }

    /// <summary>Once for each pair and version, though the notice is about the programme and must not lead to the pair.</summary>
    private static long WithoutThePair(MomentumChanged fact) =>
        BinaryPrimitives.ReadInt64BigEndian(fact.PartnershipId.ToByteArray(bigEndian: true).AsSpan(8)) ^ fact.Version;

    /// <summary>Nobody is told before it is known whom it must not reach.</summary>
    private async Task<AlarmLadder> Ladder(ConsumeContext<MomentumChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var programme = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == fact.ProgrammeId, ct) ?? throw NotYetHereException.For(context, "the programme");
        var mentor = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == fact.MentorId, ct) ?? throw NotYetHereException.For(context, "the mentor");
        var managers = await Managers.Of(db, fact.ProgrammeId, ct);
        return new AlarmLadder(fact.MentorId, mentor.ManagerId, fact.MenteeId, managers, programme.SponsorId, programme.DeputyId);
    }
}
