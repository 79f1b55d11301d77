using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Matching.Migrations
{
    /// <inheritdoc />
    public partial class EndedAlike : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Of what has ended nothing may tell how: neither how many steps there were nor how much time was left.
            // The next step forces row security again; an owner who is no superuser would see no row here.
            migrationBuilder.Sql("""
                alter table proposals no force row level security;
                update proposals set version = greatest(version, 1000), respond_by = coalesce(ends_at, respond_by), more_was_asked = false
                where state = 'NotProceeding';
                alter table proposals force row level security;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // What was taken out is not known any more, and nothing needs it.
        }
    }
}
