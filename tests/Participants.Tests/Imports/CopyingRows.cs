using Mentoring.Participants.Imports;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Tests.Imports;

public sealed class CopyingRows(ParticipantsService service)
{
    private const string Into = "copy copied from stdin (format binary)";

    [Fact]
    public async Task Every_kind_of_cell_comes_back_as_it_was_written_and_so_do_more_than_a_buffer_holds()
    {
        // Of one, two, three and four bytes a character; nothing; and more than is sent at once.
        string?[] texts = ["a", "Jürgen", "張偉", "🙂", "", null, new string('ü', 150_000)];
        string[][] lists = [["de", "en"], [], ["Škoda", "", "🙂"]];
        var rows = Enumerable.Range(0, 5_000).Select(i => new Row(
            i % 2 == 0 ? i - 2_500 : null,
            i % 3 == 0,
            i == 4_321 ? texts[^1] : texts[i % (texts.Length - 1)],
            Guid.CreateVersion7(),
            i % 5 == 0 ? null : new DateOnly(1999, 12, 30).AddDays(i),
            lists[i % lists.Length])).ToList();

        var unit = await service.AnOrganisation();
        var read = await service.In(unit.Unit, async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var connection = await Table(db);
            await using (var copied = await CopiedRows.Begin(connection, Into, default))
            {
                foreach (var row in rows)
                {
                    await copied.Start(6, default);
                    copied.Write(row.Number);
                    copied.Write(row.Flag);
                    copied.Write(row.Text);
                    copied.Write(row.Id);
                    copied.Write(row.Day);
                    copied.Write(row.List);
                }
                await copied.Complete(default);
            }
            var found = new List<Row>();
            await using var select = new NpgsqlCommand("select number, flag, text, id, day, list from copied order by id", connection);
            await using var reader = await select.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                found.Add(new Row(
                    reader.IsDBNull(0) ? null : reader.GetInt32(0),
                    reader.GetBoolean(1),
                    reader.IsDBNull(2) ? null : reader.GetString(2),
                    reader.GetGuid(3),
                    reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4),
                    reader.GetFieldValue<string[]>(5)));
            }
            return found;
        });

        Assert.Equal(rows.OrderBy(row => row.Id.ToString(), StringComparer.Ordinal).Select(Words), read.Select(Words));
    }

    [Fact]
    public async Task Of_rows_that_are_not_completed_none_stays()
    {
        var unit = await service.AnOrganisation();
        var count = await service.In(unit.Unit, async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var connection = await Table(db);
            await transaction.CreateSavepointAsync("before");
            await using (var copied = await CopiedRows.Begin(connection, Into, default))
            {
                for (var i = 0; i < 5_000; i++)
                {
                    await copied.Start(6, default);
                    copied.Write(i);
                    copied.Write(true);
                    copied.Write("left half-way");
                    copied.Write(Guid.CreateVersion7());
                    copied.Null();
                    copied.Write([]);
                }
            }
            await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlAsync($"select from copied"));
            await transaction.RollbackToSavepointAsync("before");
            return await db.Database.SqlQuery<int>($"""select count(*)::int as "Value" from copied""").SingleAsync();
        });
        Assert.Equal(0, count);
    }

    private static async Task<NpgsqlConnection> Table(ParticipantsDb db)
    {
        await db.Database.ExecuteSqlAsync($"create temp table copied (number int, flag boolean, text text, id uuid, day date, list text[]) on commit drop");
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }

    private static string Words(Row row) => $"{row.Number}|{row.Flag}|{row.Text ?? "null"}|{row.Id}|{row.Day:O}|{string.Join(';', row.List.Select(text => $"'{text}'"))}";

    private sealed record Row(int? Number, bool Flag, string? Text, Guid Id, DateOnly? Day, string[] List);
}
