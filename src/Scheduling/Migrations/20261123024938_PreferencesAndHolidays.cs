using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Scheduling.Migrations
{
    /// <inheritdoc />
    public partial class PreferencesAndHolidays : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "location",
                table: "people",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "preferences",
                table: "offered_hours",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "location_holidays",
                columns: table => new
                {
                    location = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    days = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_location_holidays", x => new { x.unit_id, x.location });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "location_holidays");

            migrationBuilder.DropColumn(
                name: "location",
                table: "people");

            migrationBuilder.DropColumn(
                name: "preferences",
                table: "offered_hours");
        }
    }
}
