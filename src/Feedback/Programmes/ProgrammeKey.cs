using System.Security.Cryptography;
using System.Text;

namespace Mentoring.Feedback.Programmes;

/// <summary>
/// The key under which a programme's anonymous rows know a person again without naming them. It is destroyed when the programme ends, and
/// with it the last way back. Until then whoever can read this database can recompute a pseudonym: towards the platform's operator these
/// rows are pseudonymous, not anonymous.
/// </summary>
public sealed class ProgrammeKey
{
    private const int Bytes = 32;

    public required Guid ProgrammeId { get; init; }
    public required byte[] Key { get; init; }

    public static ProgrammeKey Draw(Guid programmeId) => new() { ProgrammeId = programmeId, Key = RandomNumberGenerator.GetBytes(Bytes) };

    /// <summary>
    /// The person under this key, for one purpose: answers to surveys and insights of the same person do not bear the same pseudonym.
    /// </summary>
    public byte[] Pseudonym(Guid personId, Purpose purpose)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(purpose.ToString()), 0, .. personId.ToByteArray(bigEndian: true)];
        return HMACSHA256.HashData(Key, message);
    }

    /// <summary>What a pseudonym is for.</summary>
    public enum Purpose
    {
        /// <summary>Tells the same person's baseline and final answers, for change over time.</summary>
        Answer,

        /// <summary>Counts how many different people stand behind a batch of anonymous insights.</summary>
        Insight,
    }
}
