using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Feedback.Migrations
{
    /// <inheritdoc />
    public partial class PairContinuation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "continued",
                table: "pairs",
                type: "boolean",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "continued",
                table: "pairs");
        }
    }
}
