using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Participants.Migrations
{
    /// <inheritdoc />
    public partial class ImportsAndStages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "notices",
                table: "imports",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "notices",
                table: "imports");
        }
    }
}
