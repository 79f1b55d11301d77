using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Participants.Migrations
{
    /// <inheritdoc />
    public partial class ProgrammesAsFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "accountable_ids",
                table: "programmes",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "starts_at",
                table: "programme_sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "programme_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    json = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    changes = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_programme_files", x => new { x.unit_id, x.id });
                    table.ForeignKey(
                        name: "fk_programme_files_programmes_unit_id_programme_id",
                        columns: x => new { x.unit_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_programme_files_unit_id_programme_id_number",
                table: "programme_files",
                columns: new[] { "unit_id", "programme_id", "number" },
                unique: true);

            // The file that a programme was made from is its first.
            migrationBuilder.Sql("""
                insert into programme_files (unit_id, id, programme_id, number, text, json, at, by_id, changes)
                select unit_id, id, id, 1, file, left(ltrim(file), 1) = '{', created_at, null, '[]' from programmes
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "programme_files");

            migrationBuilder.DropColumn(
                name: "accountable_ids",
                table: "programmes");

            migrationBuilder.DropColumn(
                name: "starts_at",
                table: "programme_sessions");
        }
    }
}
