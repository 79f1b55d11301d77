using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Matching.Migrations
{
    /// <inheritdoc />
    public partial class RunsAtScale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_run_pools_people",
                table: "run_pools");

            migrationBuilder.AlterColumn<string>(
                name: "relaxation",
                table: "run_unmatched",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text");

            // Pools are packed from now on. Those of earlier runs lack the proof: such a run keeps its figures and pairs, and is no longer explained.
            migrationBuilder.Sql("delete from run_pools;");

            migrationBuilder.DropColumn(name: "pool", table: "run_pools");

            migrationBuilder.AddColumn<byte[]>(name: "pool", table: "run_pools", type: "bytea", nullable: false);

            migrationBuilder.AddColumn<byte[]>(name: "proof", table: "run_pools", type: "bytea", nullable: false);

            // They come compressed; to try it again costs a second for a large pool and gains nothing.
            migrationBuilder.Sql("alter table run_pools alter column pool set storage external, alter column proof set storage external;");

            migrationBuilder.AlterColumn<string>(
                name: "topics",
                table: "run_pairs",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "points",
                table: "run_pairs",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "gains",
                table: "run_pairs",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AddColumn<string>(
                name: "topics_back",
                table: "run_pairs",
                type: "json",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "topics",
                table: "proposals",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "exchange",
                table: "proposals",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ends_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "more_was_asked",
                table: "proposals",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "topics_back",
                table: "proposals",
                type: "json",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "settings",
                table: "programmes",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "snapshot",
                table: "participants",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "topics",
                table: "pairs",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AddColumn<string>(
                name: "topics_back",
                table: "pairs",
                type: "json",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "result",
                table: "matching_runs",
                type: "json",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "jsonb",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "policy",
                table: "matching_runs",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "locks",
                table: "matching_runs",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "bans",
                table: "matching_runs",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AddColumn<Guid>(
                name: "basis_id",
                table: "matching_runs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "changes",
                table: "matching_runs",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phase",
                table: "matching_runs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "what_if",
                table: "matching_runs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "wishes",
                columns: table => new
                {
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wishes", x => new { x.unit_id, x.programme_id, x.side, x.person_id, x.rank });
                    table.ForeignKey(
                        name: "fk_wishes_programmes_unit_id_programme_id",
                        columns: x => new { x.unit_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "unit_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_wishes_other",
                table: "wishes",
                columns: new[] { "unit_id", "other_id" });

            migrationBuilder.CreateIndex(
                name: "ix_wishes_person",
                table: "wishes",
                columns: new[] { "unit_id", "person_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "wishes");

            migrationBuilder.DropColumn(
                name: "proof",
                table: "run_pools");

            migrationBuilder.DropColumn(
                name: "topics_back",
                table: "run_pairs");

            migrationBuilder.DropColumn(
                name: "ends_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "more_was_asked",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "topics_back",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "topics_back",
                table: "pairs");

            migrationBuilder.DropColumn(
                name: "basis_id",
                table: "matching_runs");

            migrationBuilder.DropColumn(
                name: "changes",
                table: "matching_runs");

            migrationBuilder.DropColumn(
                name: "phase",
                table: "matching_runs");

            migrationBuilder.DropColumn(
                name: "what_if",
                table: "matching_runs");

            migrationBuilder.AlterColumn<string>(
                name: "relaxation",
                table: "run_unmatched",
                type: "text",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "topics",
                table: "run_pairs",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "points",
                table: "run_pairs",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "gains",
                table: "run_pairs",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "topics",
                table: "proposals",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "exchange",
                table: "proposals",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "settings",
                table: "programmes",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "snapshot",
                table: "participants",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "topics",
                table: "pairs",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "result",
                table: "matching_runs",
                type: "jsonb",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "json",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "policy",
                table: "matching_runs",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "locks",
                table: "matching_runs",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "bans",
                table: "matching_runs",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.Sql("delete from run_pools;");

            migrationBuilder.DropColumn(name: "pool", table: "run_pools");

            migrationBuilder.AddColumn<string>(name: "pool", table: "run_pools", type: "jsonb", nullable: false);

            migrationBuilder.CreateIndex(
                name: "ix_run_pools_people",
                table: "run_pools",
                column: "person_ids")
                .Annotation("Npgsql:IndexMethod", "gin");
        }
    }
}
