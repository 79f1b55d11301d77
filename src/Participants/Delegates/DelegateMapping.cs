using Mentoring.Participants.People;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Delegates;

public sealed class DelegateMapping : IEntityTypeConfiguration<DelegateList>
{
    public void Configure(EntityTypeBuilder<DelegateList> list)
    {
        list.ToTenantTable("delegates", l => l.PersonId);
        list.Property(l => l.PersonId).ValueGeneratedNever();
        list.Property(l => l.DelegateIds).HasColumnType("uuid[]");
        list.Property(l => l.Version).IsConcurrencyToken();
        list.HasOne<Person>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(DelegateList.PersonId)).OnDelete(DeleteBehavior.Cascade);
    }
}
