using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.People;

/// <summary>
/// A line of the ledger: an id that says nothing any more, and the day. Written once and never changed. Kept outside as well
/// (<c>GET …/people/erased</c>), so that after a restore each is erased again before anybody works with what came back.
/// </summary>
public sealed class ErasedPerson
{
    public required Guid PersonId { get; init; }

    /// <summary>UTC.</summary>
    public required DateOnly ErasedOn { get; init; }
}

public sealed class ErasedPersonMapping : IEntityTypeConfiguration<ErasedPerson>
{
    public void Configure(EntityTypeBuilder<ErasedPerson> erased)
    {
        erased.ToTenantTable("erased_people", e => e.PersonId).InsertOnly();
        erased.Property(e => e.PersonId).ValueGeneratedNever();
    }
}

/// <summary>The ledger, to be kept apart from every backup.</summary>
public static class ErasePersonLedger
{
    public static async Task<Page<ErasedView>> Read(PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        var after = page.AfterId ?? Guid.Empty;
        var found = await db.ErasedPeople.AsNoTracking().Where(erased => erased.PersonId > after)
            .OrderBy(erased => erased.PersonId)
            .Take(page.Take)
            .ToListAsync(ct);
        return Page.Of([.. found.Select(erased => new ErasedView(erased.PersonId, erased.ErasedOn))], page, view => Cursor.Of(view.Id));
    }

    /// <param name="Id">Of the person that was; nothing else is known any more.</param>
    public sealed record ErasedView(Guid Id, DateOnly ErasedOn);
}

/// <summary>Tells of every erasure again: whatever another part has restored of them goes.</summary>
public sealed class RepublishErasedPeople(ParticipantsDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        await foreach (var erased in db.ErasedPeople.AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
            outbox.Publish(new PersonErased(erased.PersonId, long.MaxValue));
        await db.SaveChangesAsync(ct);
    }
}
