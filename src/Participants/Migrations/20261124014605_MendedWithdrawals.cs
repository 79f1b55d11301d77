using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mentoring.Participants.Migrations
{
    /// <summary>
    /// Written by hand. People who left while they waited once stayed on the list, in everybody's position after theirs, and whoever withdrew left
    /// behind what they had shared.
    /// </summary>
    public partial class MendedWithdrawals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The next step forces row security again; an owner who is no superuser would see no row here. A consent's id is of version 7, as
            // the log is read in its order.
            migrationBuilder.Sql("""
                alter table people no force row level security;
                alter table participants no force row level security;
                alter table consents no force row level security;
                with gone as (
                    update participants waiting set state = 'withdrawn', withdrawn_at = now(), version = version + 1
                    where state = 'waiting' and exists (select from people p where p.unit_id = waiting.unit_id and p.id = waiting.person_id and p.gone)
                    returning unit_id, id, person_id)
                insert into consents (id, unit_id, participant_id, person_id, given, at)
                select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
                    substring(int8send((extract(epoch from now()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid,
                    unit_id, id, person_id, false, now()
                from gone;
                update participants set snapshot = '{"stage": "early", "unitPath": "", "location": null, "timeZone": "", "languages": [], "offers": [], "needs": [],
                    "interests": [], "channels": [], "dayStartsAt": "00:00:00", "dayEndsAt": "00:00:00", "consentsToSameChain": false, "grade": null,
                    "workingStyle": null, "livedExperience": null}'
                where state = 'withdrawn' and snapshot ->> 'timeZone' <> '';
                alter table people force row level security;
                alter table participants force row level security;
                alter table consents force row level security;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // What was taken out is not known any more, and nothing needs it.
        }
    }
}
