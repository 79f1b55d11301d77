using System.Net;
using System.Net.Mail;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Mentoring.Notifications.Deliveries;

/// <summary>What the mail server said to one mail.</summary>
public abstract record SmtpAnswer
{
    private SmtpAnswer()
    {
    }

    public sealed record Taken : SmtpAnswer;

    /// <summary>Not now (4xx): try again later.</summary>
    public sealed record Later(string Code) : SmtpAnswer;

    /// <summary>Not ever (5xx).</summary>
    public sealed record Refused(string Code) : SmtpAnswer;
}

/// <summary>The mail server does not answer, or takes mail from nobody. Says nothing about the mail at hand.</summary>
public sealed class MailServerAwayException(string message, Exception inner) : Exception(message, inner);

/// <summary>One connection to the mail server, for one mail after the other. Opened by the first, closed by Dispose.</summary>
public sealed class SmtpConnection(SmtpOptions options) : IDisposable
{
    private static readonly ResiliencePipeline<SmtpAnswer> Patience = new ResiliencePipelineBuilder<SmtpAnswer>()
        .AddRetry(new RetryStrategyOptions<SmtpAnswer>
        {
            // A connection that broke; an outage is waited for by the sender, with every mail still in its place.
            // Not one that hung: the mail may have been taken, and the others wait.
            ShouldHandle = new PredicateBuilder<SmtpAnswer>().Handle<MailServerAwayException>(away => away.InnerException is not TimeoutRejectedException),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(100),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    private static readonly ResiliencePipeline TimeOut = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(30)).Build();

    private SmtpClient? _client;

    /// <exception cref="MailServerAwayException">After the retries.</exception>
    public async Task<SmtpAnswer> Send(MailMessage mail, CancellationToken ct) => await Patience.ExecuteAsync(async token => await Try(mail, token), ct);

    public void Dispose() => _client?.Dispose();

    private async Task<SmtpAnswer> Try(MailMessage mail, CancellationToken ct)
    {
        _client ??= new SmtpClient(options.Host, options.Port)
        {
            EnableSsl = options.StartTls,
            Credentials = options.User is null ? null : new NetworkCredential(options.User, options.Password),
        };
        try
        {
            await TimeOut.ExecuteAsync(async token => await _client.SendMailAsync(mail, token), ct);
            return new SmtpAnswer.Taken();
        }
        catch (SmtpException e) when (Meaning(e) is { } answer)
        {
            Drop();
            return answer;
        }
        catch (Exception e) when (e is SmtpException or IOException or TimeoutRejectedException)
        {
            Drop();
            throw new MailServerAwayException(e.InnerException?.Message ?? e.Message, e);
        }
    }

    /// <summary>Null when the answer is about the server or our sign-in, not about this mail.</summary>
    private static SmtpAnswer? Meaning(SmtpException e) => (int)e.StatusCode switch
    {
        421 or 454 or 530 or 534 or 535 => null,
        >= 400 and < 500 and var status => new SmtpAnswer.Later($"smtp-{status}"),
        >= 500 and < 600 and var status => new SmtpAnswer.Refused($"smtp-{status}"),
        _ => null,
    };

    // After a refusal the session may stand in the middle of a mail; the next mail gets a new one.
    private void Drop()
    {
        _client?.Dispose();
        _client = null;
    }
}
