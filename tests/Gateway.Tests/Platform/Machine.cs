using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Platform;

/// <summary>Secret tokens of machine clients, as Participants draws them; that both mean the same is another test's.</summary>
internal static class Machine
{
    public const string Issuer = "urn:mentoring:machine-client";

    public static string Token(TestUnit unit) => "mcl_" + Base64Url.EncodeToString([.. unit.Id.ToByteArray(bigEndian: true), .. RandomNumberGenerator.GetBytes(32)]);

    /// <summary>As the gateway calls whoever sends it.</summary>
    public static string SubjectOf(string token, TestUnit unit) => $"{unit.Id}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)))}";
}
