using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Scheduling.Migrations
{
    /// <inheritdoc />
    public partial class NotesAndTrend : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "agenda_starters",
                table: "programmes",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "k",
                table: "programmes",
                type: "integer",
                nullable: false,
                defaultValue: 5);

            migrationBuilder.CreateTable(
                name: "agendas",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    agreed_by_mentor = table.Column<bool>(type: "boolean", nullable: false),
                    agreed_by_mentee = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agendas", x => new { x.unit_id, x.session_id });
                    table.ForeignKey(
                        name: "fk_agendas_sessions_unit_id_session_id",
                        columns: x => new { x.unit_id, x.session_id },
                        principalTable: "sessions",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "glasses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partnership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_by = table.Column<Guid>(type: "uuid", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_glasses", x => new { x.unit_id, x.id });
                    table.ForeignKey(
                        name: "fk_glasses_partnerships_unit_id_partnership_id",
                        columns: x => new { x.unit_id, x.partnership_id },
                        principalTable: "partnerships",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notes",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notes", x => new { x.unit_id, x.session_id, x.owner_id });
                    table.ForeignKey(
                        name: "fk_notes_sessions_unit_id_session_id",
                        columns: x => new { x.unit_id, x.session_id },
                        principalTable: "sessions",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pair_keys",
                columns: table => new
                {
                    partnership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pair_keys", x => new { x.unit_id, x.partnership_id });
                    table.ForeignKey(
                        name: "fk_pair_keys_partnerships_unit_id_partnership_id",
                        columns: x => new { x.unit_id, x.partnership_id },
                        principalTable: "partnerships",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_glasses_unit_id_partnership_id",
                table: "glasses",
                columns: new[] { "unit_id", "partnership_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agendas");

            migrationBuilder.DropTable(
                name: "glasses");

            migrationBuilder.DropTable(
                name: "notes");

            migrationBuilder.DropTable(
                name: "pair_keys");

            migrationBuilder.DropColumn(
                name: "agenda_starters",
                table: "programmes");

            migrationBuilder.DropColumn(
                name: "k",
                table: "programmes");
        }
    }
}
