using System.Net.Sockets;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Mentoring.Messaging;

/// <summary>Which failures pass by themselves. Everything else is a true failure and is written to the dead letters.</summary>
public static class Transient
{
    /// <summary>A server that is away: database, broker, Redis, mail, a socket.</summary>
    public static bool IsOutage(Exception e) => e switch
    {
        DbUpdateConcurrencyException => false,
        PostgresException postgres => postgres.IsTransient || postgres.SqlState is "57P01" or "57P02" or "57P03" or "25006",
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException or TimeoutException or EndOfStreamException,
        SocketException or IOException or TimeoutException => true,
        BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or RabbitMqConnectionException or ConnectionException => true,
        _ when e.GetType().FullName is "StackExchange.Redis.RedisConnectionException" or "StackExchange.Redis.RedisTimeoutException" => true,
        _ => e.InnerException is { } inner && IsOutage(inner),
    };

    /// <summary>Two at once: read again and it is decided.</summary>
    public static bool IsRace(Exception e) => e switch
    {
        DbUpdateConcurrencyException => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        _ => e.InnerException is { } inner && IsRace(inner),
    };
}
