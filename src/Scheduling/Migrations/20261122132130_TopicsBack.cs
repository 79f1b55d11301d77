using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Scheduling.Migrations
{
    /// <inheritdoc />
    public partial class TopicsBack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "topics_back",
                table: "partnerships",
                type: "jsonb",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "topics_back",
                table: "partnerships");
        }
    }
}
