using System.Net;
using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace Mentoring.Gateway.Reference;

/// <summary>Where a problem's <c>type</c> leads: what the code means and what to do, as a page for people or as JSON.</summary>
internal static class ProblemPages
{
    private const string Anything = "The answer's 'detail' says what happened in this case and what to do about it.";

    /// <summary>Codes whose meaning is more than their words. Others of the services explain themselves in each answer's detail.</summary>
    private static readonly Dictionary<string, string> WhatToDo = new()
    {
        ["unauthenticated"] = "There was no valid access token. Sign in at your organisation's provider and send the token as 'Authorization: Bearer …'. Tokens run out; sign in again.",
        ["role-missing"] = "You belong to this unit, but this needs a role you do not have. A unit administrator gives unit roles, a programme manager those of a programme.",
        ["not-found"] = "There is nothing at this address, or it belongs to somebody else or to another unit. The answer is the same on purpose.",
        ["invalid"] = "The request has the right form but wrong values. 'errors' names each field.",
        ["malformed"] = "The body or a header could not be read at all. Check that the body is complete, valid JSON.",
        ["unknown-field"] = "The body has a field that this address does not know. Nothing was changed: a misspelt field would otherwise be lost without a word.",
        ["too-large"] = "The body is larger than this address accepts: 1 MiB, imports 256 MiB. Split it.",
        ["unsupported-media-type"] = "The body has a media type this address does not read. The reference at /docs names it.",
        ["method-not-allowed"] = "The address exists but knows other methods; the Allow header names them.",
        ["too-many-requests"] = "The limit of a minute is used up. Wait as long as Retry-After says; RateLimit-Remaining tells how much is left.",
        ["service-unavailable"] = "A part of the platform is restarting or away. Nothing that was confirmed is lost. Repeat in a moment, a POST with the same Idempotency-Key.",
        ["unavailable"] = "A server behind this part is away for the moment. Nothing was changed. Try again, a POST with the same Idempotency-Key.",
        ["conflict"] = "Somebody else changed the same thing at the same moment. Read it again and repeat.",
        ["internal"] = "Something failed on our side. Give the 'traceId' to whoever runs the platform.",
        ["precondition-required"] = "A change must say what it was made from: send the ETag of what you read as If-Match.",
        ["stale"] = "It has changed since you read it. Read it again, look at the difference, repeat your change with the new ETag.",
        ["idempotency-key-reused"] = "This Idempotency-Key was used for another request. Use a new key for a new request and the same only to repeat.",
        ["protected-column"] = "The file carries birth date, age, sex or generation. They are never stored or matched on; remove the named columns and import again.",
        ["gap-missing"] = "A programme, or its pair's charter, must name the gap between insight and authority it closes.",
        ["measure-missing"] = "A programme must say how its success is measured, with a baseline and a target.",
        ["consent-missing"] = "Enrolment is voluntary and needs consent to the listed snapshot.",
        ["not-eligible"] = "The programme is open to others: its settings name the career stages of each side.",
        ["programme-not-open"] = "The programme is not open, or has been closed.",
        ["already-enrolled"] = "You take part on this side already.",
        ["check-not-passed"] = "Some answers of the check are wrong. Read the module again; you may repeat it as often as you like.",
        ["wave-locked"] = "Leaders go first: this wave opens when the wave before has really met. The programme tells what is missing.",
        ["run-not-solved"] = "A run is approved once it is solved, and only once.",
        ["proposal-not-open"] = "The proposal has been answered or has run out.",
        ["authority-confirmation-missing"] = "You are in one reporting line. Confirm that you have no part in the other's pay, appraisal or promotion.",
        ["charter-stale"] = "The charter has changed since you read it. Read it again before signing.",
        ["charter-unsigned"] = "Sessions begin when both have signed the charter.",
        ["preparation-missing"] = "No first session before both have prepared.",
        ["slot-taken"] = "One of the two has another session at that time. Choose one of the offered slots.",
        ["outside-hours"] = "That time is outside the hours of one of the two.",
        ["notice-too-short"] = "That is sooner than one of the two wants to be told.",
        ["not-started"] = "The session has not begun yet.",
        ["already-answered"] = "A survey is answered once.",
        ["owner-is-own-mentee"] = "An insight is never owned by its raiser's own mentee. Choose another owner.",
        ["owner-without-authority"] = "The owner must be able to act on the insight. Choose somebody with that authority.",
        ["gate-red"] = "The review's gates are not all green; 'errors' names each. A sponsor may override in writing, which is shown ever after.",
        ["review-missing"] = "Expansion is decided on a review. Write one first.",
        ["unit-exists"] = "A unit of this slug exists. Choose another.",
    };

    public static IResult Show(string code, HttpRequest request)
    {
        var known = WhatToDo.TryGetValue(code, out var explained);
        var title = known ? Words(code) : "Refused";
        var whatToDo = known ? explained! : Anything;
        var wantsPage = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(type => type.MediaType == MediaTypeNames.Text.Html);
        return wantsPage ? Results.Content(Page(title, whatToDo), MediaTypeNames.Text.Html) : Results.Json(new Explanation(known ? code : "unknown", title, whatToDo));
    }

    private static string Words(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');

    // Styled by the browser alone: the page's policy allows nothing inline, and this needs no more.
    private static string Page(string title, string whatToDo) => $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>{WebUtility.HtmlEncode(title)} · Mentoring</title>
        <main>
        <h1>{WebUtility.HtmlEncode(title)}</h1>
        <p>{WebUtility.HtmlEncode(whatToDo)}</p>
        <p><a href="/">Mentoring</a> · <a href="/docs">API reference</a></p>
        </main>
        </html>
        """;

    private sealed record Explanation(string Code, string Title, string WhatToDo);
}
