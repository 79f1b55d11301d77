using System;
using Mentoring.Participants.GapMap;
using Mentoring.Participants.Topics;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Mentoring.Participants.Migrations
{
    /// <inheritdoc />
    public partial class TopicsAndTheGapMap : Migration
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
                name: "ix_gap_counts_parent",
                table: "gap_counts",
                columns: new[] { "unit_id", "topic", "parent", "unit_path" });

            migrationBuilder.CreateIndex(
                name: "ix_gap_counts_unit_path",
                table: "gap_counts",
                columns: new[] { "unit_id", "unit_path" });

            migrationBuilder.CreateIndex(
                name: "ix_uncounted_topics_unit",
                schema: "platform",
                table: "uncounted_topics",
                columns: new[] { "unit_id", "topic" });

            migrationBuilder.Sql(RenameStarterTopics.Sql());
            migrationBuilder.Sql(NoteUncountedTopics.Make);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(NoteUncountedTopics.Drop);

            migrationBuilder.DropTable(
                name: "gap_counts");

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
                name: "lived_experience",
                table: "profiles");

            migrationBuilder.DropColumn(
                name: "working_style",
                table: "profiles");

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
