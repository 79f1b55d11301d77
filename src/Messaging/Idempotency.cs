using System.Security.Cryptography;
using System.Text;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Messaging;

/// <summary>
/// <c>Idempotency-Key</c> on POST: the answer commits with the change, so a repeat gets the same answer and changes nothing, whatever was
/// killed in between. The same key with another body or address is refused. Kept for 24 hours. Refusals are not kept: nothing changed. Of an
/// answer with a secret the body is not kept (<see cref="SecretAnswer"/>).
/// </summary>
internal static class Idempotency
{
    private const int LongestKey = 200;

    public static void UseIdempotency(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        string? key = context.Request.Headers["Idempotency-Key"];
        if (key is null || !HttpMethods.IsPost(context.Request.Method) || !context.RequestServices.GetRequiredService<UnitContext>().HasUnit)
        {
            await next(context);
            return;
        }
        if (key.Length is 0 or > LongestKey)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "idempotency-key-invalid", $"An Idempotency-Key has 1 to {LongestKey} characters.").ExecuteAsync(context);
            return;
        }
        await Once(context, next, key);
    });

    private static async Task Once(HttpContext context, RequestDelegate next, string key)
    {
        var ct = context.RequestAborted;
        var db = context.RequestServices.GetRequiredService<DbContext>();
        var unit = context.RequestServices.GetRequiredService<UnitContext>().UnitId;
        var caller = context.User.FindFirst(PassportClaims.Subject)?.Value ?? "";
        var hash = await HashRequest(context.Request, ct);
        var anonymous = AnonymousRoute.IsAnonymous(context);
        if (anonymous)
            (key, caller, hash) = (Unlinkable(caller, context.Request.Path, key), "", []);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = TimeProvider.System.GetUtcNow();
        if (anonymous)
            now = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        // A second request with the same key waits here until the first has committed or given up.
        var first = await db.Database.ExecuteSqlAsync($"""
            insert into platform.idempotency (unit_id, caller, key, body_hash, status, created_at)
            values ({unit}, {caller}, {key}, {hash}, 0, {now}) on conflict do nothing
            """, ct);
        if (first == 0)
        {
            var row = await db.Set<IdempotencyRow>().AsNoTracking().SingleAsync(r => r.UnitId == unit && r.Caller == caller && r.Key == key, ct);
            await transaction.RollbackAsync(ct);
            await Repeat(context, row, hash);
            return;
        }

        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
            if (context.Response.StatusCode is >= 200 and < 300)
            {
                var (status, type, location, etag, body) = (context.Response.StatusCode, context.Response.ContentType,
                    context.Response.Headers.Location.ToString(), context.Response.Headers.ETag.ToString(), answer.ToArray());
                if (anonymous)
                    (type, location, etag, body) = (null, "", "", []);
                else if (SecretAnswer.IsSecret(context))
                    (type, body) = (null, []);
                await db.Database.ExecuteSqlAsync($"""
                    update platform.idempotency set status = {status}, content_type = {type}, location = {location}, etag = {etag}, body = {body}
                    where unit_id = {unit} and caller = {caller} and key = {key}
                    """, ct);
                await transaction.CommitAsync(ct);
            }
            else
            {
                await transaction.RollbackAsync(ct);
            }
        }
        finally
        {
            context.Response.Body = wire;
        }
        answer.Position = 0;
        await answer.CopyToAsync(wire, ct);
    }

    private static async Task Repeat(HttpContext context, IdempotencyRow row, byte[] hash)
    {
        if (!row.BodyHash.AsSpan().SequenceEqual(hash))
        {
            await Problems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused",
                "This Idempotency-Key was used for another request. Use a new key for a new request.").ExecuteAsync(context);
            return;
        }
        context.Response.StatusCode = row.Status;
        context.Response.ContentType = row.ContentType;
        if (!string.IsNullOrEmpty(row.Location))
            context.Response.Headers.Location = row.Location;
        if (!string.IsNullOrEmpty(row.ETag))
            context.Response.Headers.ETag = row.ETag;
        context.Response.Headers["Idempotent-Replayed"] = "true";
        if (row.Body is { Length: > 0 } body)
            await context.Response.Body.WriteAsync(body);
    }

    /// <summary>
    /// Nothing but a hash: with a key drawn at random, as keys are meant to be, nobody is found by trying callers. The caller is part of
    /// it, so that two people who send the same key do not swallow one another's request.
    /// </summary>
    private static string Unlinkable(string caller, PathString path, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{path}\n{key}")));

    private static async Task<byte[]> HashRequest(HttpRequest request, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        request.EnableBuffering();
        var buffer = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
            hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
