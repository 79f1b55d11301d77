namespace Mentoring.Demonstration.Data;

/// <summary>
/// The topics the demo uses, by the slugs of the starter catalogue: two of our own, the others ESCO's preferred labels.
/// This service uses the ESCO classification of the European Commission.
/// </summary>
public static class Topics
{
    public static IReadOnlyList<string> ArtificialIntelligence { get; } = ["generative-ai-at-work", "prompt-writing"];

    /// <summary>How the internet works and is used: the gap of the 1999 programme.</summary>
    public static IReadOnlyList<string> Internet { get; } =
    [
        "conduct-web-searches", "e-commerce-systems", "internet-governance", "social-media-management", "web-analytics", "web-services",
    ];

    public static IReadOnlyList<string> Digital { get; } =
    [
        "apply-digital-security-measures", "automation-technology", "blockchain", "cloud-technologies", "cyber-security",
        "data-analytics", "data-protection", "data-visualisation-software", "develop-digital-content", "digital-marketing-techniques",
        "digital-twin-technology", "e-learning", "human-robot-collaboration", "machine-learning", "machine-translation",
        "manage-digital-identity", "mobile-device-management", "mobile-marketing", "robotics", "stay-up-to-date-with-social-media",
        "use-communication-and-collaboration-software", "use-online-tools-to-collaborate", "virtual-reality",
        "web-based-collaborative-platforms",
    ];

    /// <summary>What long service teaches: offered downwards.</summary>
    public static IReadOnlyList<string> Transversal { get; } =
    [
        "address-an-audience", "build-networks", "cope-with-uncertainty", "delegate-responsibilities", "lead-others", "make-decisions",
        "negotiate-compromises", "resolve-conflicts",
    ];
}
