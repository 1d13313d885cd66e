package recordings

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// acceptedDifference is a difference between a recording and what the simulator answers, with the reason why it may stay. What
// the fake of the recordings answered is no evidence of Azure: where Azure is known to answer otherwise, the simulator follows
// Azure. A star in recording or finding stands for any text.
type acceptedDifference struct {
	recording, request, finding string
	reason                      string
	date                        string // when somebody last looked
}

// acceptedDifferences is the only list of them: what is not here fails, and what is here has to occur.
func acceptedDifferences() []acceptedDifference {
	const all, day = "*", "2026-11-26"
	out := []acceptedDifference{
		{all, "GET roleDefinitions", "value[0].properties.description: a text, answered nothing",
			"package rbac keeps what a role allows, and not the text that describes it; the CLI shows it to people only", day},
		{all, "PUT ContainerInsightsExtension", "location: a text, answered nothing",
			"an association lies where its cluster does; Azure's model of it (armmonitor) has no location, so what is sent is not kept", day},
		{"17a-oidc-issuer", theEnd, `printed: oidcIssuerProfile.issuerUrl: "https://oidc.local/*`,
			"the fake made up a host; here it is in the form that AKS documents", day},
		{"19a-update-sp-to-system-assigned", putCluster, `properties.servicePrincipalProfile.clientId: *, answered "msi"`,
			"the cluster has a managed identity from then on, for which AKS has that word; the recorded command prints it too", day},
		{rejectionsFile + ": *service principal*", putCluster, "properties.servicePrincipalProfile.secret: a text, answered nothing",
			"AKS never answers a secret", day},
	}
	for _, r := range refusedByAzureAlone() {
		recorded := "201"
		if r.update {
			recorded = "200"
		}
		out = append(out, acceptedDifference{r.recording, putCluster, "recorded " + recorded + ", answered 400 " + r.code, r.reason, day})
	}
	return out
}

// Requests as the replay names them.
const (
	theEnd     = "the end"
	putCluster = "PUT MyManagedCluster"
	getCluster = "GET MyManagedCluster"
)

// refusedCluster is a PUT that the CLI sends and the fake took, and that AKS refuses.
type refusedCluster struct {
	recording, code, reason string
	update                  bool
}

// refusedByAzureAlone: "accepted" in a recording means that the CLI has no check. The simulator refuses what AKS is known to
// refuse; the sources of the codes are in azuresim.
func refusedByAzureAlone() []refusedCluster {
	attempt := func(name string) string { return rejectionsFile + ": " + name }
	const notThere = "the identity is not there"
	return []refusedCluster{
		{"06b-udr-user-assigned", azuresim.CodeRouteTableMissingPermission, "AKS wants rights on the route table, and the CLI grants none", false},
		{"06c-udr-system-assigned-kubenet", azuresim.CodeRouteTableUnsupportedMSIType, "with kubenet and a route table of one's own AKS wants a user-assigned identity", false},
		{"11-addon-http-application-routing", azuresim.CodeAddonInvalid, "the add-on was retired on 2025-03-03, after this CLI", false},
		{"14a-private-dns-zone-system-assigned", azuresim.CodeOnlySupportedOnUserAssigned, "a zone of one's own takes a user-assigned identity", false},
		{"14b-private-dns-zone-user-assigned", azuresim.CodePrivateDNSZoneMissingPermission, "AKS wants rights on the zone, and the CLI grants none", false},
		{"21c-enable-addon-virtual-node", "ACIConnectorRequiresAzureNetworking", "virtual nodes need the azure plugin, and this cluster has kubenet", true},
		{"27-keyvault-kms-private", azuresim.CodeBadRequest, "AKS reaches a private vault through API-server VNet integration only, since Kubernetes 1.31 (2024-08, after this CLI)", false},
		{attempt("identity: assign-identity is the ID of something else, no subnet"), azuresim.CodeInvalidManagedIdentityResourceID, "a network is no identity", false},
		{attempt("identity: assign-identity does not exist*"), azuresim.CodeFailedIdentityOperation, notThere, false},
		{attempt("identity: assign-identity given twice, comma separated"), azuresim.CodeInvalidManagedIdentityResourceID, "two IDs with a comma are no ID", false},
		{attempt("subnet: vnet-subnet-id is a network's ID"), azuresim.CodeLinkedInvalidPropertyID, "a network is no subnet", false},
		{attempt("private: own zone without fqdn-subdomain, user assigned"), azuresim.CodePrivateDNSZoneMissingPermission, "AKS wants rights on the zone, and the CLI grants none", false},
		{attempt("private: own zone, system assigned (no client check)"), azuresim.CodeOnlySupportedOnUserAssigned, "a zone of one's own takes a user-assigned identity", false},
		{attempt("addons: ingress-appgw without any gateway option"), "IngressAppGwAddonConfigInvalid", "the add-on does not know which gateway", false},
		{attempt("addons: ingress-appgw, appgw-*id is a name"), azuresim.CodeLinkedInvalidPropertyID, "AKS takes IDs there", false},
	}
}

// follows tells that a finding is nothing but what comes of a refused cluster: it is not there, what it would have told is not
// known, and what was printed of it was not answered.
func follows(request, finding string) bool {
	switch request {
	case getCluster:
		return finding == "recorded 200, answered 404 ResourceNotFound"
	case theEnd:
		return strings.HasPrefix(finding, "printed: ")
	default:
		return strings.HasPrefix(finding, "not sent: no answer told {principalId:")
	}
}

func (d acceptedDifference) covers(recording, request, finding string) bool {
	return d.request == request && fits(d.recording, recording) && fits(d.finding, finding)
}

func fits(pattern, text string) bool {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*") + "$").MatchString(text)
}

// tally counts the requests of all recordings.
type tally struct {
	recordings, agreed int
	differing          int // with a reason
	inOutcome          int // of those: in status or code, or not sent, and not only in the body
	used               map[acceptedDifference]bool
}

// add the requests of one recording: each agrees, or every finding is in the list; there is no third kind.
func (s *tally) add(t *testing.T, recording string, requests []replayed) {
	t.Helper()
	if s.used == nil {
		s.used = map[acceptedDifference]bool{}
	}
	agreed, differing := 0, 0
	var refused *acceptedDifference
	for _, r := range requests {
		accepted := 0
		for _, finding := range r.findings {
			d := reasonOf(recording, r.request, finding, refused)
			if d == nil {
				t.Errorf("%s: %s: that differs, and no reason is listed", r.request, finding)
				continue
			}
			accepted++
			s.used[*d] = true
			if r.request == putCluster && strings.HasPrefix(finding, "recorded ") {
				refused = d
			}
			t.Logf("differs: %s: %s; %s (%s)", r.request, finding, d.reason, d.date)
		}
		switch {
		case len(r.findings) == 0:
			agreed++
		case accepted == len(r.findings):
			differing++
			s.inOutcome += r.inOutcome()
		}
	}
	t.Logf("%s: %d requests: %d agreed, %d differ with a reason", recording, len(requests), agreed, differing)
	s.recordings, s.agreed, s.differing = s.recordings+1, s.agreed+agreed, s.differing+differing
}

// inOutcome is 1 when more differs than the body.
func (r replayed) inOutcome() int {
	if strings.HasPrefix(r.findings[0], "recorded ") || strings.HasPrefix(r.findings[0], "not sent") {
		return 1
	}
	return 0
}

// reasonOf a finding, nil when there is none. After a refused cluster its refusal is the reason for what follows.
func reasonOf(recording, request, finding string, refused *acceptedDifference) *acceptedDifference {
	for _, d := range acceptedDifferences() {
		if d.covers(recording, request, finding) {
			return &d
		}
	}
	if refused != nil && follows(request, finding) {
		return refused
	}
	return nil
}

func (s *tally) report(t *testing.T) {
	t.Helper()
	for _, d := range acceptedDifferences() {
		switch {
		case d.reason == "" || d.date == "":
			t.Errorf("%s: %s: give the reason and the day", d.recording, d.finding)
		case !s.used[d]:
			t.Errorf("%s: %s: %s occurs no more; take it from the list", d.recording, d.request, d.finding)
		}
	}
	t.Logf("%d recordings and attempts, %d requests: %d agreed, %d differ with a reason: %d in status or code, or not sent, %d in the body alone",
		s.recordings, s.agreed+s.differing, s.agreed, s.differing, s.inOutcome, s.differing-s.inOutcome)
}

// TestReasonsAreForWhatTheySay guards the list: a reason that covered everything would hide what is wrong.
func TestReasonsAreForWhatTheySay(t *testing.T) {
	refused := &acceptedDifference{reason: "refused"}
	cases := []struct {
		reason, recording, request, finding string
		after                               *acceptedDifference
		listed                              bool
	}{
		{"listed", "06b-udr-user-assigned", putCluster, "recorded 201, answered 400 CustomRouteTableMissingPermission", nil, true},
		{"another code", "06b-udr-user-assigned", putCluster, "recorded 201, answered 400 SubnetIsFull", nil, false},
		{"another recording", "02-byo-subnet-system-assigned-kubenet", putCluster, "recorded 201, answered 400 CustomRouteTableMissingPermission", nil, false},
		{"another property", "02", "GET roleDefinitions", "value[0].properties.roleName: a text, answered nothing", nil, false},
		{"the cluster is missing, and nothing was refused", "02", getCluster, "recorded 200, answered 404 ResourceNotFound", nil, false},
		{"the cluster was refused", "02", getCluster, "recorded 200, answered 404 ResourceNotFound", refused, true},
		{"it was refused, which does not explain a 403", "02", "PUT roleAssignments", "recorded 201, answered 403 AuthorizationFailed", refused, false},
	}
	for _, tc := range cases {
		if got := reasonOf(tc.recording, tc.request, tc.finding, tc.after) != nil; got != tc.listed {
			t.Errorf("%s: got %v, want %v", tc.reason, got, tc.listed)
		}
	}
	if slices.ContainsFunc(acceptedDifferences(), func(d acceptedDifference) bool { return d.finding == "*" }) {
		t.Error("a finding that is anything is no finding")
	}
}
