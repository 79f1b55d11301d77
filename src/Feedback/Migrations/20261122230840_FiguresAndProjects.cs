using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Feedback.Migrations
{
    /// <inheritdoc />
    public partial class FiguresAndProjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "project",
                table: "programmes",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "figures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    measure = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<decimal>(type: "numeric", nullable: false),
                    as_of = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: true),
                    comparison = table.Column<decimal>(type: "numeric", nullable: true),
                    comparison_people = table.Column<int>(type: "integer", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_figures", x => new { x.unit_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "projects",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pair_id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    said_by = table.Column<string>(type: "text", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true),
                    delivered_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_projects", x => new { x.unit_id, x.id });
                    table.ForeignKey(
                        name: "fk_projects_pairs_unit_id_pair_id",
                        columns: x => new { x.unit_id, x.pair_id },
                        principalTable: "pairs",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_figures_measure",
                table: "figures",
                columns: new[] { "unit_id", "programme_id", "measure", "as_of" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_programme",
                table: "projects",
                columns: new[] { "unit_id", "programme_id" });

            migrationBuilder.CreateIndex(
                name: "ux_projects_open",
                table: "projects",
                columns: new[] { "unit_id", "pair_id" },
                unique: true,
                filter: "delivered_on is null");

            // Copies of programmes made so far lack the project. One version back, so that a republished programme is taken once more.
            migrationBuilder.Sql("update platform.versions set version = version - 1 where kind = 'programme' and version < 9223372036854775807");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "figures");

            migrationBuilder.DropTable(
                name: "projects");

            migrationBuilder.DropColumn(
                name: "project",
                table: "programmes");
        }
    }
}
