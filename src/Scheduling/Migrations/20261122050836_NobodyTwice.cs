using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Scheduling.Migrations
{
    /// <summary>
    /// Written by hand: EF Core knows no exclusion constraints. Nobody is in two sessions of a unit at once, whatever books in parallel.
    /// </summary>
    public partial class NobodyTwice : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Lets the constraint compare ids for equality beside ranges for overlap.
            migrationBuilder.Sql("create extension if not exists btree_gist");
            migrationBuilder.Sql("""
                alter table booked_times add constraint ex_booked_times_nobody_twice
                exclude using gist (unit_id with =, person_id with =, tstzrange(starts_at, ends_at) with &&)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("alter table booked_times drop constraint ex_booked_times_nobody_twice");
    }
}
