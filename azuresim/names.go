package azuresim

import "regexp"

// nameRule is what a resource may be called. Each type has one (type_table.go).
type nameRule struct {
	pattern *regexp.Regexp
	least   int // characters
	most    int
	source  string
}

// The rules of names. Where the source is a guess, the rule takes what the other types of the namespace take.
const (
	namingRules = "azure-docs resource-name-rules.md, read 2026-11-26"
	aksNames    = "AKS documentation, create-node-pools.md, read in August 2026"
	nameGuess   = "not documented there: taken like its neighbours"
)

var (
	letters = regexp.MustCompile(`^[A-Za-z0-9_.()-]+$`)
	dashed  = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`)
	// inner: letters, digits, periods, hyphens and underscores, beginning with a letter or digit, ending so or with an underscore.
	inner = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$`)
)

var (
	anyName        = nameRule{letters, 1, 260, nameGuess}
	guidName       = nameRule{regexp.MustCompile(`^[^/]+$`), 1, 260, "their own PUT wants a GUID, with a code of its own"}
	groupName      = nameRule{regexp.MustCompile(`^[\pL\pN_.()-]*[\pL\pN_()-]$`), 1, 90, namingRules}
	lockName       = nameRule{regexp.MustCompile(`^[A-Za-z0-9_.()-]*[A-Za-z0-9_()-]$`), 1, 90, namingRules}
	clusterName    = nameRule{regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$`), 1, 63, namingRules}
	poolName       = nameRule{regexp.MustCompile(`^[a-z][a-z0-9]*$`), 1, 12, aksNames}
	identityName   = nameRule{regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`), 3, 128, namingRules}
	credentialName = nameRule{regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`), 3, 120, "azure-docs, workload identity federation; from general knowledge"}
	networkName    = nameRule{inner, 1, 80, namingRules}
	vnetName       = nameRule{inner, 2, 64, namingRules}
	zoneName       = nameRule{regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){1,33}$`), 1, 253,
		namingRules + "; it says 63 characters, which the zones of private endpoints and clusters are known to pass: DNS's 253"}
	neighbourName = nameRule{inner, 1, 80, nameGuess}
	diskName      = nameRule{regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$`), 1, 80,
		namingRules + "; it knows no hyphens and periods in disks, which AKS's own disks have"}
	snapshotName  = nameRule{inner, 1, 80, namingRules}
	registryName  = nameRule{regexp.MustCompile(`^[A-Za-z0-9]+$`), 5, 50, namingRules}
	vaultName     = nameRule{regexp.MustCompile(`^[A-Za-z](-?[A-Za-z0-9])*$`), 3, 24, namingRules}
	keyName       = nameRule{regexp.MustCompile(`^[A-Za-z0-9-]+$`), 1, 127, namingRules + " (for secrets)"}
	storageName   = nameRule{regexp.MustCompile(`^[a-z0-9]+$`), 3, 24, namingRules}
	workspaceName = nameRule{dashed, 4, 63, namingRules}
	ruleName      = nameRule{regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`), 1, 64, "Azure Monitor documentation; from general knowledge"}
)

// allows tells whether a resource may be called so.
func (r *nameRule) allows(name string) bool {
	length := len([]rune(name))
	return length >= r.least && length <= r.most && r.pattern.MatchString(name)
}

// checkName refuses a name that the type cannot have.
func checkName(q *request) *Error {
	if q.info.names == nil || q.info.names.allows(q.id.name()) {
		return nil
	}
	return badRequest(CodeInvalidResourceName, "", "Resource name '%s' is invalid for a %s.", q.id.name(), q.info.name)
}
