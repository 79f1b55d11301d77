using System;
using Mentoring.Participants.GapMap;
using Mentoring.Participants.Topics;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Mentoring.Participants.Migrations
{
    /// <inheritdoc />
    [Replaces(
        "20261122201822_MentorsCircle",
        "20261122205033_ImportsAndStages",
        "20261122205133_PeoplesRights",
        "20261122205600_TopicsAndTheGapMap",
        "20261122205836_ProgrammesAsFiles")]
    public partial class CircleRightsTopicsAndFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_topics_search",
                table: "topics");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.AlterColumn<string>(
                name: "broader",
                table: "topics",
                type: "text",
                nullable: true,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "labels",
                table: "topics",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "merged_into",
                table: "topics",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retired_at",
                table: "topics",
                type: "timestamp with time zone",
                nullable: true);

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

            migrationBuilder.AddColumn<string[]>(
                name: "lived_experience",
                table: "profiles",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string[]>(
                name: "working_style",
                table: "profiles",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<long>(
                name: "notices",
                table: "imports",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "accepted_at",
                table: "guest_offers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "shared",
                table: "guest_offers",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "accompaniments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    alumnus_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accompaniments", x => new { x.unit_id, x.id });
                    table.ForeignKey(
                        name: "fk_accompaniments_people_unit_id_mentor_id",
                        columns: x => new { x.unit_id, x.mentor_id },
                        principalTable: "people",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_accompaniments_programmes_unit_id_programme_id",
                        columns: x => new { x.unit_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "alumni",
                columns: table => new
                {
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alumni", x => new { x.unit_id, x.programme_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_alumni_people_unit_id_person_id",
                        columns: x => new { x.unit_id, x.person_id },
                        principalTable: "people",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_alumni_programmes_unit_id_programme_id",
                        columns: x => new { x.unit_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "circle_meetings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    arrangement = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    place = table.Column<string>(type: "text", nullable: false),
                    agenda = table.Column<string[]>(type: "text[]", nullable: false),
                    cancelled = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_circle_meetings", x => new { x.unit_id, x.id });
                    table.ForeignKey(
                        name: "fk_circle_meetings_programmes_unit_id_programme_id",
                        columns: x => new { x.unit_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "circle_members",
                columns: table => new
                {
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_circle_members", x => new { x.unit_id, x.programme_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_circle_members_people_unit_id_person_id",
                        columns: x => new { x.unit_id, x.person_id },
                        principalTable: "people",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_circle_members_programmes_unit_id_programme_id",
                        columns: x => new { x.unit_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "erased_people",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    erased_on = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_erased_people", x => new { x.unit_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "gap_counts",
                columns: table => new
                {
                    topic = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    unit_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    holders = table.Column<int>(type: "integer", nullable: true),
                    holders_with_authority = table.Column<int>(type: "integer", nullable: true),
                    needs = table.Column<int>(type: "integer", nullable: true),
                    imbalance = table.Column<int>(type: "integer", nullable: true),
                    stages = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gap_counts", x => new { x.unit_id, x.topic, x.unit_path });
                });

            migrationBuilder.CreateTable(
                name: "header_mappings",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    columns = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_header_mappings", x => new { x.unit_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "import_uploads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    dry_run = table.Column<bool>(type: "boolean", nullable: false),
                    on_error = table.Column<string>(type: "text", nullable: false),
                    received = table.Column<long>(type: "bigint", nullable: false),
                    pieces = table.Column<int>(type: "integer", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_uploads", x => new { x.unit_id, x.id });
                });

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

            migrationBuilder.CreateTable(
                name: "stage_scales",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    grades = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stage_scales", x => new { x.unit_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "uncounted_topics",
                schema: "platform",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    topic = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_uncounted_topics", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "ix_topics_broader",
                table: "topics",
                columns: new[] { "unit_id", "broader" });

            migrationBuilder.CreateIndex(
                name: "ix_topics_merged_into",
                table: "topics",
                columns: new[] { "unit_id", "merged_into" });

            migrationBuilder.CreateIndex(
                name: "ix_accompaniments_unit_id_mentor_id",
                table: "accompaniments",
                columns: new[] { "unit_id", "mentor_id" });

            migrationBuilder.CreateIndex(
                name: "ux_accompaniments_open",
                table: "accompaniments",
                columns: new[] { "unit_id", "programme_id", "mentor_id" },
                unique: true,
                filter: "state <> 'ended'");

            migrationBuilder.CreateIndex(
                name: "ix_alumni_unit_id_person_id",
                table: "alumni",
                columns: new[] { "unit_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_circle_meetings_start",
                table: "circle_meetings",
                columns: new[] { "unit_id", "programme_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_circle_members_unit_id_person_id",
                table: "circle_members",
                columns: new[] { "unit_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_gap_counts_parent",
                table: "gap_counts",
                columns: new[] { "unit_id", "topic", "parent", "unit_path" });

            migrationBuilder.CreateIndex(
                name: "ix_gap_counts_unit_path",
                table: "gap_counts",
                columns: new[] { "unit_id", "unit_path" });

            migrationBuilder.CreateIndex(
                name: "ix_programme_files_unit_id_programme_id_number",
                table: "programme_files",
                columns: new[] { "unit_id", "programme_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_uncounted_topics_unit",
                schema: "platform",
                table: "uncounted_topics",
                columns: new[] { "unit_id", "topic" });

            // The file that a programme was made from is its first.
            migrationBuilder.Sql("""
                insert into programme_files (unit_id, id, programme_id, number, text, json, at, by_id, changes)
                select unit_id, id, id, 1, file, left(ltrim(file), 1) = '{', created_at, null, '[]' from programmes
                """);
            migrationBuilder.Sql(RenameStarterTopics.Sql());
            migrationBuilder.Sql(NoteUncountedTopics.Make);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(NoteUncountedTopics.Drop);

            migrationBuilder.DropTable(
                name: "accompaniments");

            migrationBuilder.DropTable(
                name: "alumni");

            migrationBuilder.DropTable(
                name: "circle_meetings");

            migrationBuilder.DropTable(
                name: "circle_members");

            migrationBuilder.DropTable(
                name: "erased_people");

            migrationBuilder.DropTable(
                name: "gap_counts");

            migrationBuilder.DropTable(
                name: "header_mappings");

            migrationBuilder.DropTable(
                name: "import_uploads");

            migrationBuilder.DropTable(
                name: "programme_files");

            migrationBuilder.DropTable(
                name: "stage_scales");

            migrationBuilder.DropTable(
                name: "uncounted_topics",
                schema: "platform");

            migrationBuilder.DropIndex(
                name: "ix_topics_broader",
                table: "topics");

            migrationBuilder.DropIndex(
                name: "ix_topics_merged_into",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "labels",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "retired_at",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "accountable_ids",
                table: "programmes");

            migrationBuilder.DropColumn(
                name: "starts_at",
                table: "programme_sessions");

            migrationBuilder.DropColumn(
                name: "lived_experience",
                table: "profiles");

            migrationBuilder.DropColumn(
                name: "working_style",
                table: "profiles");

            migrationBuilder.DropColumn(
                name: "notices",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "accepted_at",
                table: "guest_offers");

            migrationBuilder.DropColumn(
                name: "shared",
                table: "guest_offers");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.AlterColumn<string>(
                name: "broader",
                table: "topics",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true,
                oldCollation: "C");

            migrationBuilder.CreateIndex(
                name: "ix_topics_search",
                table: "topics",
                columns: new[] { "unit_id", "search" });
        }
    }
}
