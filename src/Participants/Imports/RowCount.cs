namespace Mentoring.Participants.Imports;

/// <summary>Counts rows: line ends outside quotes.</summary>
internal sealed class RowCount
{
    private long _lines;
    private bool _quoted;
    private bool _open;

    /// <summary>Rows without the header.</summary>
    public long Data => Math.Max(0, _lines + (_open ? 1 : 0) - 1);

    public void See(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            switch (value)
            {
                case (byte)'"':
                    _quoted = !_quoted;
                    _open = true;
                    break;
                case (byte)'\n' when !_quoted:
                    _lines += _open ? 1 : 0;
                    _open = false;
                    break;
                case (byte)'\r' or 0:
                    break;
                default:
                    _open = true;
                    break;
            }
        }
    }
}
