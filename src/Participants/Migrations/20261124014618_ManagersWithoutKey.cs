using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Participants.Migrations
{
    /// <inheritdoc />
    public partial class ManagersWithoutKey : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_people_people_unit_id_manager_id",
                table: "people");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddForeignKey(
                name: "fk_people_people_unit_id_manager_id",
                table: "people",
                columns: new[] { "unit_id", "manager_id" },
                principalTable: "people",
                principalColumns: new[] { "unit_id", "id" },
                onDelete: ReferentialAction.Restrict);
        }
    }
}
