namespace Mentoring.Participants.GapMap;

/// <summary>
/// The triggers that note which topics are to be counted again, in the transaction of whatever changed: the migration makes them. Triggers,
/// because knowledge and people are written by imports, leavers, erasures, merges and single requests, set-based and not, and one that forgot
/// to note it would leave numbers of people who are gone. They add rows and never wait for one another.
/// </summary>
public static class NoteUncountedTopics
{
    public const string Make = """
        create function note_topics_of_knowledge() returns trigger language plpgsql as $$
        begin
            if tg_op <> 'DELETE' then
                insert into platform.uncounted_topics (unit_id, topic) select distinct unit_id, topic from written;
            end if;
            if tg_op <> 'INSERT' then
                insert into platform.uncounted_topics (unit_id, topic) select distinct unit_id, topic from gone;
            end if;
            return null;
        end $$;
        create trigger note_topics_told after insert on known_topics
            referencing new table as written for each statement execute function note_topics_of_knowledge();
        create trigger note_topics_retold after update on known_topics
            referencing old table as gone new table as written for each statement execute function note_topics_of_knowledge();
        create trigger note_topics_untold after delete on known_topics
            referencing old table as gone for each statement execute function note_topics_of_knowledge();

        create function note_topics_of_people() returns trigger language plpgsql as $$
        begin
            -- Not as a plain statement: its plan would be kept, and one made for a single person is ruinous for a reorganisation of thousands.
            execute '
                insert into platform.uncounted_topics (unit_id, topic)
                select distinct k.unit_id, k.topic
                from written w
                join before b on b.unit_id = w.unit_id and b.id = w.id
                join known_topics k on k.unit_id = w.unit_id and k.person_id = w.id
                where (b.unit_path, b.stage, b.gone, b.is_guest) is distinct from (w.unit_path, w.stage, w.gone, w.is_guest)';
            return null;
        end $$;
        create trigger note_topics_of_people after update on people
            referencing old table as before new table as written for each statement execute function note_topics_of_people();

        create function note_topics_of_topics() returns trigger language plpgsql as $$
        begin
            insert into platform.uncounted_topics (unit_id, topic)
            select w.unit_id, w.slug from written w join before b on b.unit_id = w.unit_id and b.slug = w.slug
            where b.retired_at is distinct from w.retired_at;
            return null;
        end $$;
        create trigger note_topics_of_topics after update on topics
            referencing old table as before new table as written for each statement execute function note_topics_of_topics();

        insert into platform.uncounted_topics (unit_id, topic) select distinct unit_id, topic from known_topics;
        """;

    public const string Drop = """
        drop trigger note_topics_told on known_topics;
        drop trigger note_topics_retold on known_topics;
        drop trigger note_topics_untold on known_topics;
        drop function note_topics_of_knowledge();
        drop trigger note_topics_of_people on people;
        drop function note_topics_of_people();
        drop trigger note_topics_of_topics on topics;
        drop function note_topics_of_topics();
        """;
}
