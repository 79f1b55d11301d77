using System.Globalization;

namespace Mentoring.Demonstration.Data;

/// <summary>
/// Reads SQL Server's <c>hierarchyid</c>: a path of numbers, each packed in bits by how large it is ([MS-SSCLRT], "Hierarchyid Structure"). What
/// is needed of it here: numbers from 0 to 1,103 and no insertions between siblings. Anything else is refused.
/// </summary>
public static class HierarchyId
{
    /// <summary>How a number is packed, with the least that is packed so: <c>x</c> is a bit of it, <c>T</c> is 1 at the end of a level.</summary>
    private static readonly (string Form, int Least)[] Forms =
    [
        ("01xxT", 0),
        ("100xxT", 4),
        ("101xxxT", 8),
        ("110xx0x1xxxT", 16),
        ("1110xxx0xxx0x1xxxT", 80),
    ];

    /// <param name="hexadecimal">Empty for the root.</param>
    /// <returns>The path from the root; empty for the root itself.</returns>
    /// <exception cref="FormatException">Something that is not read here.</exception>
    public static IReadOnlyList<int> Read(string hexadecimal)
    {
        var bits = string.Concat(hexadecimal.Select(digit =>
            int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString("b4", CultureInfo.InvariantCulture)));
        var path = new List<int>();
        // Zeros fill the last byte.
        for (var at = 0; bits.IndexOf('1', at) >= 0;)
        {
            var rest = bits[at..];
            var (form, least) = Forms.FirstOrDefault(known => IsOf(rest, known.Form));
            if (form is null)
                throw new FormatException($"'{hexadecimal}' is not understood from bit {at} on.");
            var packed = string.Concat(form.Select((kind, index) => kind == 'x' ? $"{rest[index]}" : ""));
            path.Add(least + int.Parse(packed, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture));
            at += form.Length;
        }
        return path;
    }

    private static bool IsOf(string bits, string form) =>
        bits.Length >= form.Length && form.Select((kind, index) => kind == 'x' || bits[index] == (kind == 'T' ? '1' : kind)).All(fits => fits);
}
