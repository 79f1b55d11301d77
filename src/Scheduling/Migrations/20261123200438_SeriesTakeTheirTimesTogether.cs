using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Scheduling.Migrations
{
    /// <summary>
    /// Written by hand: what is booked is kept. Times stand together, a row for each of a pair, and a session knows its ways.
    /// </summary>
    public partial class SeriesTakeTheirTimesTogether : Migration
    {
        // The next step forces it again; an owner who is no superuser would see no row here.
        private const string SeeAll = """
            alter table sessions no force row level security;
            alter table booked_times no force row level security;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Sessions of a person are found by the pair.
            foreach (var side in new[] { "mentor", "mentee" })
                migrationBuilder.DropIndex(name: $"ix_sessions_{side}", table: "sessions");

            foreach (var way in new[] { "mentor_way", "mentee_way" })
                migrationBuilder.AddColumn<TimeSpan>(name: way, table: "sessions", type: "interval", nullable: false, defaultValue: TimeSpan.Zero);

            migrationBuilder.Sql(SeeAll);
            migrationBuilder.Sql("""
                update sessions session set mentor_way = session.starts_at - booked.starts_at
                from booked_times booked
                where booked.unit_id = session.unit_id and booked.session_id = session.id and booked.person_id = session.mentor_id and booked.starts_at < session.starts_at;
                update sessions session set mentee_way = session.starts_at - booked.starts_at
                from booked_times booked
                where booked.unit_id = session.unit_id and booked.session_id = session.id and booked.person_id = session.mentee_id and booked.starts_at < session.starts_at;

                alter table booked_times rename to booked_times_one_by_one;
                create table booked_times (
                    unit_id uuid not null, person_id uuid not null, id uuid not null, partnership_id uuid not null, times tstzmultirange not null);
                insert into booked_times (unit_id, person_id, id, partnership_id, times)
                select booked.unit_id, booked.person_id, gen_random_uuid(), session.partnership_id, range_agg(tstzrange(booked.starts_at, booked.ends_at))
                from booked_times_one_by_one booked join sessions session on session.unit_id = booked.unit_id and session.id = booked.session_id
                group by booked.unit_id, booked.person_id, session.partnership_id;
                drop table booked_times_one_by_one;

                alter table booked_times add constraint pk_booked_times primary key (unit_id, person_id, id);
                create index ix_booked_times_unit_id_partnership_id on booked_times (unit_id, partnership_id);
                alter table booked_times add constraint fk_booked_times_partnerships_unit_id_partnership_id
                    foreign key (unit_id, partnership_id) references partnerships (unit_id, id) on delete cascade;
                alter table booked_times add constraint ex_booked_times_nobody_twice
                    exclude using gist (unit_id with =, person_id with =, times with &&);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(SeeAll);
            migrationBuilder.Sql("""
                alter table booked_times rename to booked_times_together;
                create table booked_times (
                    unit_id uuid not null, person_id uuid not null, session_id uuid not null, starts_at timestamptz not null, ends_at timestamptz not null);
                insert into booked_times (unit_id, person_id, session_id, starts_at, ends_at)
                select session.unit_id, side.person_id, session.id, side.starts_at, side.ends_at
                from sessions session
                cross join lateral (values (mentor_id, starts_at - mentor_way, ends_at + mentor_way), (mentee_id, starts_at - mentee_way, ends_at + mentee_way))
                    as side (person_id, starts_at, ends_at)
                where exists (
                    select from booked_times_together booked
                    where booked.unit_id = session.unit_id and booked.partnership_id = session.partnership_id and booked.person_id = side.person_id
                        and booked.times @> tstzrange(side.starts_at, side.ends_at)) and session.state <> 'Cancelled';
                drop table booked_times_together;

                alter table booked_times add constraint pk_booked_times primary key (unit_id, person_id, session_id);
                create index ix_booked_times_unit_id_session_id on booked_times (unit_id, session_id);
                alter table booked_times add constraint fk_booked_times_sessions_unit_id_session_id
                    foreign key (unit_id, session_id) references sessions (unit_id, id) on delete cascade;
                alter table booked_times add constraint ex_booked_times_nobody_twice
                    exclude using gist (unit_id with =, person_id with =, tstzrange(starts_at, ends_at) with &&);
                """);
            foreach (var way in new[] { "mentor_way", "mentee_way" })
                migrationBuilder.DropColumn(name: way, table: "sessions");
            foreach (var side in new[] { "mentor", "mentee" })
                migrationBuilder.CreateIndex(name: $"ix_sessions_{side}", table: "sessions", columns: new[] { "unit_id", $"{side}_id", "starts_at" });
        }
    }
}
