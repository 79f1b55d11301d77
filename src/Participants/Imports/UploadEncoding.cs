using System.Text;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Finds the encoding of an upload as it streams by: a byte order mark decides, or the zero byte of every Latin letter of
/// UTF-16 without one; otherwise UTF-8 for as long as every byte allows it, and
/// else Windows-1252, which is what spreadsheets in western Europe write.
/// </summary>
public sealed class UploadEncoding
{
    private readonly Decoder _strict = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    private readonly char[] _scratch = new char[64 * 1024];
    private Encoding? _found;
    private bool _started;

    static UploadEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>As known after what was seen so far.</summary>
    public Encoding Current => _found ?? Encoding.UTF8;

    public static Encoding Named(string name) => Encoding.GetEncoding(name);

    public void See(ReadOnlySpan<byte> bytes)
    {
        if (!_started)
        {
            _started = true;
            _found = bytes switch
            {
                [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
                [0xFF, 0xFE, ..] => Encoding.Unicode,
                [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
                [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
                [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
                _ => null,
            };
        }
        if (_found is not null)
            return;
        try
        {
            for (var at = 0; at < bytes.Length;)
            {
                var piece = bytes[at..Math.Min(bytes.Length, at + _scratch.Length)];
                _strict.GetChars(piece, _scratch, flush: false);
                at += piece.Length;
            }
        }
        catch (DecoderFallbackException)
        {
            _found = Encoding.GetEncoding(1252);
        }
    }
}
