using Mentoring.Tenancy;

namespace Mentoring.Participants.Audit;

public static class AuditRoutes
{
    public static void MapAudit(this RouteGroupBuilder unit)
    {
        var audit = unit.MapGroup("audit").RequireRole(Roles.UnitAdmin).WithTags("Audit");
        audit.MapGet("", ReadAudit.Chain).WithName("ReadAudit");
        audit.MapGet("verify", ReadAudit.Verify).WithName("VerifyAudit");
    }
}
