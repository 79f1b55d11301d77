using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mentoring.ServiceDefaults;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>A page whose next cursor is known.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> items, string? next) => new(items, next);

    /// <summary>
    /// A page from a query for one more than asked (<see cref="PageRequest.Take"/>): the extra item only tells that there is a next page.
    /// </summary>
    public static Page<T> Of<T>(IReadOnlyList<T> found, PageRequest request, Func<T, string> cursor) =>
        found.Count <= request.Limit ? new(found, null) : new([.. found.Take(request.Limit)], cursor(found[request.Limit - 1]));
}

/// <summary>The page asked for: <c>?limit=</c> (1–200, default 50) and <c>&amp;after=</c>, an opaque cursor. A handler takes it as a parameter.</summary>
/// <param name="Limit">How many items at most.</param>
/// <param name="After">The cursor given out as <c>next</c>; null for the first page.</param>
public sealed record PageRequest(int Limit = PageRequest.DefaultLimit, string? After = null)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>How many rows to query: one more than the page holds.</summary>
    public int Take => Limit + 1;

    /// <summary>The id after which the page starts.</summary>
    public Guid? AfterId => Cursor.Read(After)?.Id;

    /// <summary>The key after which the page starts.</summary>
    public string? AfterKey => Cursor.Read(After)?.Key;

    /// <summary>The rank after which the page starts, of a list that is counted from 1; 0 for the first page.</summary>
    /// <exception cref="InvalidRequestException">The cursor is of another list.</exception>
    public int AfterRank => AfterKey is not { } key ? 0
        : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank
        : throw new InvalidRequestException("after", "must be a cursor from the 'next' of a page");

    /// <summary>What the page shows of a list that is all at hand, and the cursor of the next page; null on the last.</summary>
    public (IReadOnlyList<T> Shown, string? Next) Cut<T>(IReadOnlyList<T> all)
    {
        var shown = all.Skip(AfterRank).Take(Limit).ToList();
        return (shown, all.Count > AfterRank + shown.Count ? Cursor.Of(AfterRank + shown.Count) : null);
    }

    /// <summary>The key, and the id among equal keys, after which the page starts.</summary>
    public (string Key, Guid Id)? AfterKeyAndId => Cursor.Read(After);

    /// <summary>Reads the query; a wrong limit or a cursor of foreign make is refused as <c>invalid</c>.</summary>
    public static ValueTask<PageRequest> BindAsync(HttpContext context)
    {
        var limit = DefaultLimit;
        if (context.Request.Query.TryGetValue("limit", out var given)
            && (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
            throw new InvalidRequestException("limit", $"must be a number from 1 to {MaxLimit}");

        string? after = context.Request.Query["after"];
        if (string.IsNullOrEmpty(after)) after = null;
        Cursor.Read(after);
        return ValueTask.FromResult(new PageRequest(limit, after));
    }
}

/// <summary>Cursors: the sort key of the last item, opaque to callers so that the sort may change.</summary>
public static class Cursor
{
    private const int IdLength = 32;

    /// <summary>For a list sorted by id.</summary>
    public static string Of(Guid id) => Of("", id);

    /// <summary>For a list sorted by a unique key.</summary>
    public static string Of(string key) => Of(key, Guid.Empty);

    /// <summary>For a list that is counted from 1.</summary>
    public static string Of(int rank) => Of(rank.ToString(CultureInfo.InvariantCulture));

    /// <summary>For a list sorted by a key that may repeat, and then by id.</summary>
    public static string Of(string key, Guid id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id.ToString("N") + key));

    /// <summary>Reads a cursor; null for none.</summary>
    /// <exception cref="InvalidRequestException">It was not made here.</exception>
    public static (string Key, Guid Id)? Read(string? cursor)
    {
        if (cursor is null) return null;
        if (Base64Url.IsValid(cursor))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            if (text.Length >= IdLength && Guid.TryParseExact(text.AsSpan(0, IdLength), "N", out var id)) return (text[IdLength..], id);
        }

        throw new InvalidRequestException("after", "must be a cursor from the 'next' of a page");
    }
}
