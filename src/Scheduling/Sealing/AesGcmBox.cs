using System.Security.Cryptography;

namespace Mentoring.Scheduling.Sealing;

/// <summary>AES-256-GCM with a random nonce of 96 bits, which stands before tag and text. One key may seal some four thousand million times (SP 800-38D, 8.3).</summary>
internal static class AesGcmBox
{
    public const int KeyBytes = 32;

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    /// <param name="key">Of <see cref="KeyBytes"/> bytes.</param>
    /// <param name="text">What to seal.</param>
    /// <param name="context">Is not kept, and is needed again to open.</param>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> context)
    {
        var box = new byte[NonceBytes + TagBytes + text.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, text, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), context);
        return box;
    }

    /// <exception cref="AuthenticationTagMismatchException">Another key or context, or it was changed.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        if (box.Length < NonceBytes + TagBytes)
            throw new AuthenticationTagMismatchException("This is too short to have been sealed.");
        var text = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), text, context);
        return text;
    }
}
