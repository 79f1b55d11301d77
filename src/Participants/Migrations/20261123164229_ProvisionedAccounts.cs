using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Participants.Migrations
{
    /// <inheritdoc />
    public partial class ProvisionedAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "provisioned_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_name = table.Column<string>(type: "text", nullable: false),
                    user_name_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provisioned_accounts", x => new { x.unit_id, x.id });
                    table.ForeignKey(
                        name: "fk_provisioned_accounts_people_unit_id_person_id",
                        columns: x => new { x.unit_id, x.person_id },
                        principalTable: "people",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_provisioned_accounts_external_id",
                table: "provisioned_accounts",
                columns: new[] { "unit_id", "external_id" });

            migrationBuilder.CreateIndex(
                name: "ux_provisioned_accounts_person",
                table: "provisioned_accounts",
                columns: new[] { "unit_id", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_provisioned_accounts_user_name",
                table: "provisioned_accounts",
                columns: new[] { "unit_id", "user_name_key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "provisioned_accounts");
        }
    }
}
