using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Mentoring.Messaging;
using Mentoring.Participants.Imports;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Participants.Tests.Imports;

public sealed class UploadingInParts(ParticipantsService service)
{
    private const int Piece = 512 * 1024;

    [Fact]
    public async Task A_broken_connection_costs_the_last_piece_and_the_rest_follows()
    {
        var unit = await service.AnOrganisation();
        var file = Encoding.UTF8.GetBytes(People(20_000));
        Assert.InRange(file.Length, 2 * Piece, 4 * Piece);
        var upload = await Begin(unit);

        using (var broken = new CancellationTokenSource())
        using (var admin = unit.Admin)
        // Without what follows redirections: it reads the whole body before it sends any.
        using (var client = service.CreateDefaultClient())
        using (var breaking = new StreamContent(new BreakingStream(file, Piece + 400_000, broken)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } })
        {
            foreach (var (name, values) in admin.DefaultRequestHeaders)
                client.DefaultRequestHeaders.Add(name, values);
            // Further than what a connection holds on its way: the first piece was taken in before.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PostAsync(unit.Unit.At($"people/imports/uploads/{upload.Id}/parts?from=0"), breaking, broken.Token));
        }

        await Testing.Eventually.Holds(async () => Assert.Equal(Piece, (await Show(unit, upload.Id)).Received));
        Assert.Empty(await unit.People());
        using var rest = await Send(unit, upload.Id, Piece, file[Piece..]);
        Assert.Equal(file.Length, (await rest.ReadAs<UploadView>()).Received);
        var import = await Finish(unit, upload.Id, file.Length);
        Assert.Equal((ImportState.Succeeded, new ImportResult(20_000, 0, 0, 0, 0), 20_000), (import.State, import.Result!, import.Total));
        Assert.Equal(upload.Id, import.Id);
        Assert.Equal(0, await service.In(unit.Unit, db => db.Set<ImportChunk>().CountAsync()));
    }

    [Fact]
    public async Task Parts_may_end_anywhere_even_within_a_letter()
    {
        var unit = await service.AnOrganisation();
        var file = Encoding.UTF8.GetBytes("externalId,givenName,familyName,managerExternalId\n1,Zoë,Größe,\n2,Ben,Lead,1\n");
        var cut = Array.IndexOf(file, (byte)0xC3) + 1;
        var upload = await Begin(unit);
        using var first = await Send(unit, upload.Id, 0, file[..cut]);
        using var second = await Send(unit, upload.Id, cut, file[cut..]);

        var import = await Finish(unit, upload.Id, file.Length);

        Assert.Equal(new ImportResult(2, 0, 0, 0, 0), import.Result);
        Assert.Equal("Zoë Größe", (await unit.People())["1"].Name);
    }

    [Fact]
    public async Task A_part_that_does_not_follow_is_refused_and_says_where_to_go_on()
    {
        var unit = await service.AnOrganisation();
        var file = Encoding.UTF8.GetBytes(People(10));
        var upload = await Begin(unit);
        using var gap = await Send(unit, upload.Id, 100, file[100..]);
        await gap.Refused(HttpStatusCode.Conflict, "part-misplaced");
        using var first = await Send(unit, upload.Id, 0, file[..100]);
        using var again = await Send(unit, upload.Id, 0, file[..100]);
        Assert.Contains("?from=100", (await again.Refused(HttpStatusCode.Conflict, "part-misplaced")).Detail, StringComparison.Ordinal);

        // The same part twice at once is there once.
        var both = await Task.WhenAll(Send(unit, upload.Id, 100, file[100..]), Send(unit, upload.Id, 100, file[100..]));

        Assert.Equal([200, 409], both.Select(answer => (int)answer.StatusCode).Order());
        foreach (var answer in both)
            answer.Dispose();
        Assert.Equal(new ImportResult(10, 0, 0, 0, 0), (await Finish(unit, upload.Id, file.Length)).Result);
    }

    [Fact]
    public async Task It_is_finished_only_when_it_is_whole_and_then_once()
    {
        var unit = await service.AnOrganisation();
        var file = Encoding.UTF8.GetBytes(People(10));
        var upload = await Begin(unit);
        using var empty = await PostFinish(unit, upload.Id, 0);
        await empty.Refused(HttpStatusCode.BadRequest, "invalid");
        using var part = await Send(unit, upload.Id, 0, file[..200]);
        using var early = await PostFinish(unit, upload.Id, file.Length);
        await early.Refused(HttpStatusCode.Conflict, "upload-incomplete");
        using var rest = await Send(unit, upload.Id, 200, file[200..]);

        var import = await Finish(unit, upload.Id, file.Length);
        using var again = await PostFinish(unit, upload.Id, file.Length);

        Assert.Equal(new ImportResult(10, 0, 0, 0, 0), import.Result);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.EndsWith($"/people/imports/{upload.Id}", again.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await service.In(unit.Unit, db => db.Imports.CountAsync()));
        using var late = await Send(unit, upload.Id, file.Length, file);
        await late.Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_choices_are_made_at_the_beginning()
    {
        var unit = await service.AnOrganisation();
        var file = Encoding.UTF8.GetBytes(People(3) + "4,,Nobody,,,,1\n");
        var upload = await Begin(unit, "?dryRun=true&onError=skip");
        using var part = await Send(unit, upload.Id, 0, file);
        var import = await Finish(unit, upload.Id, file.Length);
        Assert.Equal((true, OnError.Skip, new ImportResult(3, 0, 0, 0, 1)), (import.DryRun, import.OnError, import.Result!));
        Assert.Empty(await unit.People());
        using var client = unit.Admin;
        using var wrong = await client.PostAsync(unit.Unit.At("people/imports/uploads?onError=sometimes"), null);
        await wrong.Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_protected_column_is_refused_with_the_first_part_and_nothing_is_kept()
    {
        var unit = await service.AnOrganisation();
        var upload = await Begin(unit);
        using var refused = await Send(unit, upload.Id, 0, Encoding.UTF8.GetBytes("externalId,givenName,familyName,birth_date,managerExternalId\n1,Ann,Boss,1961-01-01,\n"));
        await refused.Refused(HttpStatusCode.UnprocessableEntity, "protected-column");
        Assert.Equal(0, await service.In(unit.Unit, db => db.Set<ImportChunk>().CountAsync()));
        Assert.Equal(0, (await Show(unit, upload.Id)).Received);
    }

    [Fact]
    public async Task What_nobody_finishes_is_gone_after_a_day_or_when_it_is_given_up()
    {
        var unit = await service.AnOrganisation();
        var (forgotten, given) = (await Begin(unit), await Begin(unit));
        foreach (var upload in new[] { forgotten, given })
        {
            using var part = await Send(unit, upload.Id, 0, Encoding.UTF8.GetBytes(People(5)));
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
        }
        var timer = await service.In(unit.Unit, db => db.Set<TimerRow>().SingleAsync(t => t.UnitId == unit.Unit.Id && t.Key == forgotten.Id.ToString()));
        Assert.Equal((ForgetUpload.Name, forgotten.ExpiresAt), (timer.Name, timer.DueAt));

        using var client = unit.Admin;
        using var cancelled = await client.PostAsync(unit.Unit.At($"people/imports/uploads/{given.Id}/cancel"), null);
        await using (var scope = service.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unit.Unit.Id);
            await scope.ServiceProvider.GetRequiredService<ForgetUpload>().Fire(new TimerFired(timer.Key, timer.DueAt, "null"), CancellationToken.None);
        }

        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal((0, 0), await service.In(unit.Unit, async db => (await db.ImportUploads.CountAsync(), await db.Set<ImportChunk>().CountAsync())));
        Assert.False(await service.In(unit.Unit, db => db.Set<TimerRow>().AnyAsync(t => t.UnitId == unit.Unit.Id && t.Key == given.Id.ToString())));
        using var gone = await client.GetAsync(unit.Unit.At($"people/imports/uploads/{given.Id}"));
        await gone.Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Another_units_upload_is_not_there()
    {
        var unit = await service.AnOrganisation();
        var upload = await Begin(unit);
        var other = await service.AnOrganisation();
        using var foreign = await Send(other, upload.Id, 0, Encoding.UTF8.GetBytes(People(5)));
        await foreign.Refused(HttpStatusCode.NotFound, "not-found");
        using var somebody = unit.Somebody();
        using var refused = await somebody.PostAsync(unit.Unit.At("people/imports/uploads"), null);
        await refused.Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    private static string People(int count)
    {
        var file = new StringBuilder("externalId,givenName,familyName,email,title,unitPath,managerExternalId\n");
        for (var i = 1; i <= count; i++)
            file.Append(CultureInfo.InvariantCulture, $"{i},Given{i},Family{i},p{i}@x.example,Engineer,Company / Unit {i % 7},{(i == 1 ? "" : "1")}\n");
        return file.ToString();
    }

    private static async Task<UploadView> Begin(Organisation unit, string query = "")
    {
        using var client = unit.Admin;
        using var answer = await client.PostAsync(unit.Unit.At($"people/imports/uploads{query}"), null);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var upload = await answer.ReadAs<UploadView>();
        Assert.EndsWith($"/people/imports/uploads/{upload.Id}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        return upload;
    }

    private static Task<UploadView> Show(Organisation unit, Guid id) => unit.Get<UploadView>($"people/imports/uploads/{id}");

    private static async Task<HttpResponseMessage> Send(Organisation unit, Guid id, long from, byte[] part)
    {
        using var body = new ByteArrayContent(part) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var client = unit.Admin;
        return await client.PostAsync(unit.Unit.At($"people/imports/uploads/{id}/parts?from={from}"), body);
    }

    private static async Task<HttpResponseMessage> PostFinish(Organisation unit, Guid id, long length)
    {
        using var client = unit.Admin;
        return await client.PostAsync(unit.Unit.At($"people/imports/uploads/{id}/finish?length={length}"), null);
    }

    private static async Task<ImportView> Finish(Organisation unit, Guid id, long length)
    {
        using var answer = await PostFinish(unit, id, length);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return await unit.Finished("people", id);
    }

    /// <summary>A sender who is cut off after so many bytes.</summary>
    private sealed class BreakingStream(byte[] content, int breaksAfter, CancellationTokenSource broken) : Stream
    {
        private int _at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_at >= breaksAfter)
            {
                await broken.CancelAsync();
                broken.Token.ThrowIfCancellationRequested();
            }
            var count = Math.Min(buffer.Length, breaksAfter - _at);
            content.AsMemory(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
