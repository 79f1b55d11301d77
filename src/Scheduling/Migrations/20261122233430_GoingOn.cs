using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Scheduling.Migrations
{
    /// <inheritdoc />
    public partial class GoingOn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mentee_booked_at",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "asked_at",
                table: "partnerships",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "reached_planned_end",
                table: "partnerships",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "term",
                table: "partnerships",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "term_began_at",
                table: "partnerships",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "no_common_time_since",
                table: "momentum",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "continuation_answers",
                columns: table => new
                {
                    partnership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    goes_on = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_continuation_answers", x => new { x.unit_id, x.partnership_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_continuation_answers_partnerships_unit_id_partnership_id",
                        columns: x => new { x.unit_id, x.partnership_id },
                        principalTable: "partnerships",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "momentum_transitions",
                columns: table => new
                {
                    partnership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    alarm = table.Column<string>(type: "text", nullable: true),
                    reasons = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_momentum_transitions", x => new { x.unit_id, x.partnership_id, x.version });
                    table.ForeignKey(
                        name: "fk_momentum_transitions_partnerships_unit_id_partnership_id",
                        columns: x => new { x.unit_id, x.partnership_id },
                        principalTable: "partnerships",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            // What was there before: until now whoever booked counted as the mentee's side, and a planned end was the only end in time.
            migrationBuilder.Sql("update sessions set mentee_booked_at = booked_at");
            migrationBuilder.Sql("update partnerships set term_began_at = activated_at where activated_at is not null");
            migrationBuilder.Sql("update partnerships set reached_planned_end = true where ended_at >= ends_at and not ended_early");
            migrationBuilder.Sql("""
                insert into platform.timers (unit_id, name, key, due_at, payload, attempts)
                select unit_id, 'partnership-continuation', id::text,
                    greatest(ends_at - interval '14 days', activated_at + (ends_at - activated_at) / 2), 'null', 0
                from partnerships where activated_at is not null and ended_at is null
                """);
            migrationBuilder.Sql("""
                insert into platform.timers (unit_id, name, key, due_at, payload, attempts)
                select unit_id, 'partnership-common-time', id::text, now(), 'null', 0
                from partnerships where activated_at is not null and ended_at is null and series -> 'slots' = '[]'::jsonb
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "continuation_answers");

            migrationBuilder.DropTable(
                name: "momentum_transitions");

            migrationBuilder.DropColumn(
                name: "mentee_booked_at",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "asked_at",
                table: "partnerships");

            migrationBuilder.DropColumn(
                name: "reached_planned_end",
                table: "partnerships");

            migrationBuilder.DropColumn(
                name: "term",
                table: "partnerships");

            migrationBuilder.DropColumn(
                name: "term_began_at",
                table: "partnerships");

            migrationBuilder.DropColumn(
                name: "no_common_time_since",
                table: "momentum");
        }
    }
}
