using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Notifications.Preferences;

public sealed class PreferenceMapping : IEntityTypeConfiguration<Preference>
{
    public void Configure(EntityTypeBuilder<Preference> builder)
    {
        builder.ToTenantTable("preferences", p => p.PersonId);
        builder.Property(p => p.Language).HasConversion<string>();
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Ignore(p => p.QuietHours);
    }
}
