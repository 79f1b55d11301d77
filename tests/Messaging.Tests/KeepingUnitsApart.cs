using System.Net;
using System.Net.Http.Json;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mentoring.Messaging.Tests;

public sealed class KeepingUnitsApart(NotesService notes)
{
    private readonly TestUnit _ours = TestUnit.New();
    private readonly TestUnit _theirs = TestUnit.New();

    [Fact]
    public async Task Another_units_rows_are_not_there()
    {
        using var client = notes.As(_theirs);
        await client.PostAsJsonAsync(_theirs.At("notes"), new { text = "theirs" });

        using var us = notes.As(_ours);
        Assert.Empty((await us.GetFromJsonAsync<string[]>(_ours.At("notes")))!);
        Assert.Equal(["theirs"], (await client.GetFromJsonAsync<string[]>(_theirs.At("notes")))!);
    }

    [Fact]
    public async Task Another_units_address_answers_like_nothing_at_all()
    {
        using var client = notes.As(_ours);
        var foreign = await client.GetAsync(_theirs.At("notes"));
        var nothing = await client.GetAsync(TestUnit.New().At("notes"));

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(WithoutTrace(await nothing.Content.ReadAsStringAsync()), WithoutTrace(await foreign.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("scheduling", 10)]
    [InlineData("notes", -10)]
    public async Task A_passport_for_another_service_or_an_expired_one_is_refused(string audience, int minutes)
    {
        var claims = PassportOffice.Person(_ours, Guid.CreateVersion7(), [], []);
        using var client = notes.With(claims, audience, TimeSpan.FromMinutes(minutes));

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(_ours.At("notes"))).StatusCode);
    }

    [Fact]
    public async Task A_foreign_key_is_refused()
    {
        using var office = new PassportOffice();
        using var client = notes.As(_ours);
        client.DefaultRequestHeaders.Authorization = new("Bearer", office.Issue("notes", PassportOffice.Person(_ours, Guid.CreateVersion7(), [], [])));

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(_ours.At("notes"))).StatusCode);
    }

    [Fact]
    public async Task A_missing_role_in_ones_own_unit_is_said_so()
    {
        using var client = notes.As(_ours);
        var answer = await client.DeleteAsync(_ours.At("notes"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("role-missing", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_connection_without_a_unit_throws()
    {
        await using var scope = notes.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Notes.CountAsync());
    }

    [Fact]
    public async Task A_row_cannot_be_written_into_another_unit()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => notes.In(_ours, (db, _) =>
            db.Database.ExecuteSqlAsync($"insert into notes (unit_id, id, text) values ({_theirs.Id}, {Guid.CreateVersion7()}, 'smuggled')")));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_next_request_on_the_same_connection_does_not_inherit_the_unit()
    {
        await using var source = notes.Services.GetRequiredService<TenantDatabase>().Source.CreateConnection();
        await notes.In(_theirs, (db, _) => db.Notes.CountAsync());
        await source.OpenAsync();
        await using var setting = new NpgsqlCommand("select coalesce(current_setting('app.unit_id', true), '')", source);

        Assert.Equal("", await setting.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("superuser", "is a superuser")]
    [InlineData("bypassrls", "has BYPASSRLS")]
    public async Task A_service_with_too_mighty_a_role_refuses_to_start(string attribute, string reason)
    {
        var role = $"{notes.Role}_{attribute}";
        await notes.AsOwner<object>($"create role {role} login {attribute} password 'test'; grant {notes.Role} to {role}");
        try
        {
            await using var app = notes.Build(notes.Owner, role);
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            await notes.AsOwner<object>($"drop role {role}");
        }
    }

    [Fact]
    public async Task A_pool_that_does_not_reset_is_refused()
    {
        await using var app = notes.Build(notes.Owner + ";No Reset On Close=true", notes.Role);

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
    }

    [Fact]
    public async Task A_message_without_a_unit_belongs_to_nobody()
    {
        var id = Guid.CreateVersion7();
        await notes.Services.GetRequiredService<MassTransit.IBus>().Publish(new NoteWritten(id, 1, "lost"));

        var deadLetters = $"select count(*) from platform.dead_letters where '{id}' = any(ids) and unit_id is null";
        await Eventually.Holds(async () => Assert.Equal(1L, await notes.AsOwner<long>(deadLetters)));
        await notes.Publish(_ours, new NoteWritten(id, 1, "found"));
        await Eventually.Is(() => notes.Heard(_ours, id));
        Assert.Equal(1L, await notes.AsOwner<long>(deadLetters));
    }

    private static string WithoutTrace(string problem) => System.Text.RegularExpressions.Regex.Replace(problem, "\"traceId\":\"[^\"]*\"", "");
}
