using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Feedback.Migrations
{
    /// <inheritdoc />
    public partial class WhatAReviewReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "report",
                table: "programmes",
                type: "text[]",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "report",
                table: "programmes");
        }
    }
}
