using Mentoring.Participants.People;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Scim;

/// <summary>
/// How an identity provider knows somebody: made by its first change. Invariants: <see cref="Id"/> never changes, whereas whoever comes back
/// after having left is a new person; <see cref="UserName"/> is unique in the unit, without regard to case; <see cref="Version"/> rises with
/// every change.
/// </summary>
public sealed class ProvisionedAccount
{
    private ProvisionedAccount()
    {
    }

    /// <summary>The SCIM <c>id</c>: that of the first person, so that people whom a file brought have it before they have an account.</summary>
    public Guid Id { get; private init; }

    public Guid PersonId { get; private set; }

    /// <summary>As the provider wrote it.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>As it is compared.</summary>
    public string UserNameKey { get; private set; } = "";

    /// <summary>The provider's own id of somebody. Nothing here is found by it but for the provider.</summary>
    public string? ExternalId { get; private set; }

    public long Version { get; private set; }

    public static ProvisionedAccount For(Person person) => new() { Id = person.Id, PersonId = person.Id };

    public static string KeyOf(string userName) => userName.ToLowerInvariant();

    public void Know(string userName, string? externalId)
    {
        if (Version > 0 && UserName == userName && ExternalId == externalId)
            return;
        (UserName, UserNameKey, ExternalId) = (userName, KeyOf(userName), externalId);
        Version++;
    }

    /// <summary>Whoever has left has come back, as somebody new.</summary>
    public void ComeBackAs(Person person)
    {
        PersonId = person.Id;
        Version++;
    }
}

public sealed class ProvisionedAccountMapping : IEntityTypeConfiguration<ProvisionedAccount>
{
    public const string UserNameTaken = "ux_provisioned_accounts_user_name";

    public void Configure(EntityTypeBuilder<ProvisionedAccount> account)
    {
        account.ToTenantTable("provisioned_accounts", a => a.Id);
        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.UserNameKey).UseCollation("C");
        account.Property(a => a.Version).IsConcurrencyToken();
        account.HasIndex(TenantTables.UnitId, nameof(ProvisionedAccount.UserNameKey)).IsUnique().HasDatabaseName(UserNameTaken);
        account.HasIndex(TenantTables.UnitId, nameof(ProvisionedAccount.ExternalId)).HasDatabaseName("ix_provisioned_accounts_external_id");
        account.HasIndex(TenantTables.UnitId, nameof(ProvisionedAccount.PersonId)).IsUnique().HasDatabaseName("ux_provisioned_accounts_person");
        account.HasOne<Person>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(ProvisionedAccount.PersonId)).OnDelete(DeleteBehavior.Cascade);
    }
}
