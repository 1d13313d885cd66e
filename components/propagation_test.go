package components

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const ourPrincipal = "22222222-2222-2222-2222-222222222222"

// ownClock goes on by what is slept.
type ownClock struct {
	now   time.Time
	slept []time.Duration
}

func (c *ownClock) Now() time.Time { return c.now }

func (c *ownClock) Sleep(_ context.Context, d time.Duration) error {
	c.slept = append(c.slept, d)
	c.now = c.now.Add(d)
	return nil
}

// waiting is a wait with a clock of its own.
func waiting(timeout, first time.Duration) (w *propagationWait, slept *[]time.Duration) {
	own := &ownClock{now: time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)}
	w, slept = newPropagationWait(nil, own), &own.slept
	w.timeout, w.firstDelay = timeout, first
	w.granted = func() []claim {
		return []claim{{principal: ourPrincipal, scope: "/subscriptions/x", grant: plan.Grant{
			Identity: plan.Identity{Kind: plan.Kubelet}, Role: plan.Role{Name: "AcrPull"}, Reasons: []string{"pull images"},
		}}}
	}
	return w, slept
}

// failing is what the engine says after the operation has failed n times.
func failing(message string, n int) *pulumi.ErrorHookArgs {
	errs := make([]string, n)
	for i := range errs {
		errs[i] = message
	}
	return &pulumi.ErrorHookArgs{URN: "urn:x", Errors: errs}
}

// TestEachCodeIsWaitedFor: the messages, literally, against which waiting helps, and those in which the same code means something
// else. Every row of the table in the code stands here.
func TestEachCodeIsWaitedFor(t *testing.T) {
	cases := []struct {
		code, words string
		helps       bool
		reason      string
	}{
		{"CustomKubeletIdentityMissingPermissionError", "", true, "the operator role on the nodes' identity is young"},
		{"CustomRouteTableMissingPermission", "", true, "the right on the route table is young"},
		{"CustomPrivateDNSZoneMissingPermissionError", "", true, "the right on the zone is young"},
		{"CreateOrUpdateVirtualNetworkLinkFailed", "", true, "the right on the network of the zone's link is young"},
		{"AzureKeyVaultKmsValidateIdentityPermissionCustomerError", "", true, "the right on the vault is young"},
		{"LinkedAuthorizationFailed", "the client '" + ourPrincipal + "' has no join", true, "ours lacks the right yet"},
		{"LinkedAuthorizationFailed", "the client '" + strings.ToUpper("abcdef12-2222-2222-2222-222222222222") + "' has no join", false, "somebody else lacks it for good"},
		{"PrincipalNotFound", "", true, "the directory does not know the identity yet"},
		{"ServicePrincipalNotFound", "", true, "the same in the words of AKS"},
		{"AnotherOperationInProgress", "", true, "it will have ended"},
		{"OperationNotAllowed", "Another operation is in progress", true, "it will have ended"},
		{"OperationNotAllowed", "the Quota of the region", false, "a quota does not grow, in any letter case"},
		{"OperationNotAllowed", "results in Exceeding Approved cores", false, "a quota, in other words"},
		{"OperationNotAllowed", "getting static credential is not allowed", false, "local accounts are off"},
		{"ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity", "", true, "the other write will have ended"},
		{"InvalidParameter", "", false, "a mistake stays one"},
		{"AuthorizationFailed", "the client '" + ourPrincipal + "'", false, "the deployer lacks a right"},
	}
	w, _ := waiting(time.Minute, time.Second)
	seen := map[string]bool{}
	for _, tc := range cases {
		if got := w.helps(`Code="` + tc.code + `" Message="` + tc.words + `"`); got != tc.helps {
			t.Errorf("%s %q: %s: want %v, got %v", tc.code, tc.words, tc.reason, tc.helps, got)
		}
		seen[tc.code] = true
	}
	for _, row := range waitables() {
		if !seen[row.code] {
			t.Errorf("no case for %s", row.code)
		}
		for _, words := range row.unless {
			if w.helps(row.code + " " + words) {
				t.Errorf("%s is waited for in spite of %q", row.code, words)
			}
		}
	}
}

// TestTheWaitGrowsAndEnds: each wait is twice as long as the one before, up to half a minute, and the last one ends at the deadline.
func TestTheWaitGrowsAndEnds(t *testing.T) {
	const timeout, first = 5 * time.Minute, 2 * time.Second
	w, slept := waiting(timeout, first)
	var total time.Duration
	for n := 1; ; n++ {
		again, err := w.again(failing("PrincipalNotFound", n))
		if !again {
			if err == nil || !strings.Contains(err.Error(), "Waited 5m0s for it.") || !strings.Contains(err.Error(), "kubelet: AcrPull on /subscriptions/x, to pull images") {
				t.Errorf("the end of the wait says %v", err)
			}
			break
		}
		if n > 100 {
			t.Fatal("the wait does not end")
		}
		total += (*slept)[n-1]
	}
	want := []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 30 * time.Second, 30 * time.Second}
	for i, d := range want {
		if (*slept)[i] != d {
			t.Fatalf("want %v first, slept %v", want, *slept)
		}
	}
	if total != timeout {
		t.Errorf("want %v in all, slept %v", timeout, total)
	}
}

// TestWeGiveUpBeforeTheEngineDoes: its own words would hide the cause.
func TestWeGiveUpBeforeTheEngineDoes(t *testing.T) {
	w, _ := waiting(24*time.Hour, time.Millisecond)
	if again, _ := w.again(failing("PrincipalNotFound", engineTries-2)); !again {
		t.Error("one try is left")
	}
	if again, err := w.again(failing("PrincipalNotFound", engineTries-1)); again || err == nil {
		t.Errorf("the engine asks no more: %v %v", again, err)
	}
}

// TestEachResourceHasADeadlineOfItsOwn: one that begins to fail later is waited for as long.
func TestEachResourceHasADeadlineOfItsOwn(t *testing.T) {
	w, _ := waiting(10*time.Second, 6*time.Second)
	for n := 1; n <= 2; n++ {
		if again, _ := w.again(failing("PrincipalNotFound", n)); !again {
			t.Fatalf("try %d is within the time", n)
		}
	}
	if again, _ := w.again(failing("PrincipalNotFound", 3)); again {
		t.Error("the time of the first resource is over")
	}
	if again, _ := w.again(&pulumi.ErrorHookArgs{URN: "urn:other", Errors: []string{"PrincipalNotFound"}}); !again {
		t.Error("the second resource has not been waited for yet")
	}
}

// TestWhatIsNotTriedAgain: nothing said, what Azure accepted, a mistake, and what we have advice about.
func TestWhatIsNotTriedAgain(t *testing.T) {
	w, slept := waiting(time.Minute, time.Second)
	for _, errs := range [][]string{nil, {"1 error occurred:\n PrincipalNotFound"}, {"12 errors occurred:\n PrincipalNotFound"}, {"InvalidParameter"}} {
		if again, err := w.again(&pulumi.ErrorHookArgs{URN: "urn:x", Errors: errs}); again || err != nil {
			t.Errorf("%q: %v %v", errs, again, err)
		}
	}
	w.advice = func(*pulumi.ErrorHookArgs) string { return "Ask for the right." }
	if again, err := w.again(failing("PrincipalNotFound", 1)); again || err == nil || !strings.HasPrefix(err.Error(), "\nAsk for the right.\nAzure says: PrincipalNotFound") {
		t.Errorf("advice: %v %v", again, err)
	}
	if len(*slept) > 0 {
		t.Errorf("slept %v", *slept)
	}
}

// TestAClientIDIsAskedAboutOnce: Azure knows no principal that an argument gives; a warning says so at the first try, and the end again.
func TestAClientIDIsAskedAboutOnce(t *testing.T) {
	const message = "PrincipalNotFound: Principal 22222222222222222222222222222222 does not exist. In this case, set the role assignment principalType property to ServicePrincipal."
	w, _ := waiting(3*time.Second, time.Second)
	var warned []string
	w.warn = func(text string) { warned = append(warned, text) }
	w.arguments = map[plan.Identity]plan.Path{{Kind: plan.Kubelet}: "kubeletPrincipalId"}
	var err error
	for n, again := 1, true; again; n++ {
		again, err = w.again(failing(message, n))
	}
	if len(warned) != 1 || !strings.Contains(warned[0], "which kubeletPrincipalId gives") || !strings.Contains(warned[0], "3s") {
		t.Errorf("warned %q", warned)
	}
	if err == nil || !strings.Contains(err.Error(), "which kubeletPrincipalId gives") || strings.Contains(err.Error(), "principalType") {
		t.Errorf("the end says %v", err)
	}
	w.arguments = nil
	if question := w.clientIDGiven(message); question != "" {
		t.Errorf("no argument gives it: %s", question)
	}
	w.arguments = map[plan.Identity]plan.Path{{Kind: plan.Kubelet}: "kubeletPrincipalId"}
	for _, other := range []string{"PrincipalNotFound: Principal 33333333333333333333333333333333", "RoleNotFound for " + ourPrincipal} {
		if question := w.clientIDGiven(other); question != "" {
			t.Errorf("%s is not about it: %s", other, question)
		}
	}
}

// TestHowLongIsWaited: the defaults, and what the arguments say.
func TestHowLongIsWaited(t *testing.T) {
	number := func(n int) *int { return &n }
	for _, tc := range []struct {
		args           *PropagationArgs
		timeout, first time.Duration
	}{
		{nil, 10 * time.Minute, 2 * time.Second},
		{&PropagationArgs{}, 10 * time.Minute, 2 * time.Second},
		{&PropagationArgs{TimeoutSeconds: number(0)}, 0, 2 * time.Second},
		{&PropagationArgs{TimeoutSeconds: number(90), FirstDelayMilliseconds: number(500)}, 90 * time.Second, 500 * time.Millisecond},
	} {
		if w := newPropagationWait(tc.args, nil); w.timeout != tc.timeout || w.firstDelay != tc.first {
			t.Errorf("%+v: want %v and %v, got %v and %v", tc.args, tc.timeout, tc.first, w.timeout, w.firstDelay)
		}
	}
}
