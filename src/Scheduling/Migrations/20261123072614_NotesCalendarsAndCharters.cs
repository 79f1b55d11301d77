using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Scheduling.Migrations
{
    /// <inheritdoc />
    public partial class NotesCalendarsAndCharters : Migration
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

            migrationBuilder.AddColumn<string[]>(
                name: "languages",
                table: "people",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

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
                name: "calendar_feeds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    sealed_address = table.Column<byte[]>(type: "bytea", nullable: false),
                    host = table.Column<string>(type: "text", nullable: false),
                    ending = table.Column<string>(type: "text", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    times = table.Column<int>(type: "integer", nullable: false),
                    left_out = table.Column<int>(type: "integer", nullable: false),
                    tag = table.Column<string>(type: "text", nullable: true),
                    changed = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    known_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    time_zone = table.Column<string>(type: "text", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    failing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_feeds", x => new { x.unit_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "earlier_charters",
                columns: table => new
                {
                    partnership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    charter = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_earlier_charters", x => new { x.unit_id, x.partnership_id, x.version });
                    table.ForeignKey(
                        name: "fk_earlier_charters_partnerships_unit_id_partnership_id",
                        columns: x => new { x.unit_id, x.partnership_id },
                        principalTable: "partnerships",
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

            migrationBuilder.CreateTable(
                name: "rotas",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    first = table.Column<DateOnly>(type: "date", nullable: false),
                    last = table.Column<DateOnly>(type: "date", nullable: false),
                    shifts = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rotas", x => new { x.unit_id, x.person_id, x.source_id });
                });

            migrationBuilder.CreateTable(
                name: "session_feeds",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_feeds", x => new { x.unit_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_session_feeds_people_unit_id_person_id",
                        columns: x => new { x.unit_id, x.person_id },
                        principalTable: "people",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "busy_times",
                columns: table => new
                {
                    feed_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_busy_times", x => new { x.unit_id, x.feed_id, x.starts_at });
                    table.ForeignKey(
                        name: "fk_busy_times_calendar_feeds_unit_id_feed_id",
                        columns: x => new { x.unit_id, x.feed_id },
                        principalTable: "calendar_feeds",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_busy_times_person",
                table: "busy_times",
                columns: new[] { "unit_id", "person_id", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "ux_calendar_feeds_place",
                table: "calendar_feeds",
                columns: new[] { "unit_id", "person_id", "place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_glasses_unit_id_partnership_id",
                table: "glasses",
                columns: new[] { "unit_id", "partnership_id" });

            migrationBuilder.CreateIndex(
                name: "ix_session_feeds_hash",
                table: "session_feeds",
                columns: new[] { "unit_id", "hash" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agendas");

            migrationBuilder.DropTable(
                name: "busy_times");

            migrationBuilder.DropTable(
                name: "earlier_charters");

            migrationBuilder.DropTable(
                name: "glasses");

            migrationBuilder.DropTable(
                name: "notes");

            migrationBuilder.DropTable(
                name: "pair_keys");

            migrationBuilder.DropTable(
                name: "rotas");

            migrationBuilder.DropTable(
                name: "session_feeds");

            migrationBuilder.DropTable(
                name: "calendar_feeds");

            migrationBuilder.DropColumn(
                name: "agenda_starters",
                table: "programmes");

            migrationBuilder.DropColumn(
                name: "k",
                table: "programmes");

            migrationBuilder.DropColumn(
                name: "languages",
                table: "people");
        }
    }
}
