using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Participants.Migrations
{
    /// <inheritdoc />
    public partial class GuestsTerms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "terms",
                table: "consents",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "terms",
                table: "consents");
        }
    }
}
