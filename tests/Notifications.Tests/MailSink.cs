using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mentoring.Notifications.Tests;

/// <summary>A mail server that keeps what it takes, and that a test can make refuse, or be away.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedMail> _mails = new();
    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<TcpClient, bool> _sessions = new();
    private TcpListener _listener;

    public MailSink()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Accept(_listener);
    }

    public int Port { get; }

    public int Count => _mails.Count;

    public IReadOnlyList<ReceivedMail> To(string address) => [.. _mails.Where(mail => mail.To.Equals(address, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Answers this to every mail for the address: <c>550 no such mailbox</c>.</summary>
    public void Refuse(string address, string answer) => _refusals[address] = answer;

    public void Accept(string address) => _refusals.TryRemove(address, out _);

    /// <summary>Gone, with every open session.</summary>
    public void GoAway()
    {
        _listener.Stop();
        foreach (var session in _sessions.Keys)
            session.Close();
    }

    public void ComeBack()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = Accept(_listener);
    }

    public ValueTask DisposeAsync()
    {
        GoAway();
        return ValueTask.CompletedTask;
    }

    private async Task Accept(TcpListener listener)
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone away.
        }
    }

    private async Task Serve(TcpClient client)
    {
        _sessions.TryAdd(client, true);
        try
        {
            using var _ = client;
            client.NoDelay = true;
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await Say(stream, "220 sink");
            var to = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                var command = line.Split(' ', 2)[0].ToUpperInvariant();
                switch (command)
                {
                    case "EHLO" or "HELO" or "MAIL" or "RSET":
                        await Say(stream, "250 ok");
                        break;
                    case "RCPT":
                        to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                        await Say(stream, _refusals.TryGetValue(to, out var refusal) ? refusal : "250 ok");
                        break;
                    case "DATA":
                        await Say(stream, "354 go on");
                        var data = new StringBuilder();
                        while (await reader.ReadLineAsync() is { } part && part != ".")
                            data.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                        _mails.Enqueue(ReceivedMail.Parse(to, data.ToString()));
                        await Say(stream, "250 taken");
                        break;
                    case "QUIT":
                        await Say(stream, "221 bye");
                        return;
                    default:
                        await Say(stream, "502 what");
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The other side went, or this one was told to.
        }
        finally
        {
            _sessions.TryRemove(client, out _);
        }
    }

    private static async Task Say(NetworkStream stream, string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"));
}
