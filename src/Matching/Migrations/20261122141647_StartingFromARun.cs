using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Matching.Migrations
{
    /// <inheritdoc />
    public partial class StartingFromARun : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "basis_id",
                table: "matching_runs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "changes",
                table: "matching_runs",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "basis_id",
                table: "matching_runs");

            migrationBuilder.DropColumn(
                name: "changes",
                table: "matching_runs");
        }
    }
}
