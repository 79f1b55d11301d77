namespace Mentoring.Tenancy;

/// <summary>
/// The business unit that the current scope works for. Set once: by the passport of a request, by the header of a message, by the
/// row of a timer. A tenant connection opened without it throws; a background job opens one scope a unit.
/// </summary>
public sealed class UnitContext
{
    private Guid? _unitId;

    /// <summary>The unit. Throws <see cref="InvalidOperationException"/> before <see cref="Enter"/>.</summary>
    public Guid UnitId => _unitId ?? throw new InvalidOperationException("No unit: a tenant connection needs one (UnitContext.Enter).");

    public bool HasUnit => _unitId is not null;

    /// <summary>Enters the unit. A scope that already is in another unit throws: nothing crosses units by accident.</summary>
    public void Enter(Guid unitId)
    {
        if (unitId == Guid.Empty)
            throw new ArgumentException("The empty id is no unit.", nameof(unitId));
        if (_unitId is { } current && current != unitId)
            throw new InvalidOperationException("This scope already works for another unit.");
        _unitId = unitId;
    }
}
