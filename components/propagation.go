package components

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const (
	defaultPropagationTimeout = 10 * time.Minute
	defaultFirstDelay         = 2 * time.Second
	longestDelay              = 30 * time.Second
)

// engineTries is how often the engine lets an error hook ask for another try (pulumi 3.259); after the last it gives up with words
// that hide the cause, so we give up before.
const engineTries = 100

// waitable tells an error that waiting helps from one that only has the same code.
type waitable struct {
	code string
	// unless are words of the message with which the code means something else.
	unless []string
	// ofOurs tells that the code is waited for only when the message names a principal that this component has just granted.
	ofOurs bool
}

// waitables are the errors with which Azure says that a grant exists but does not work yet, or that the resource is busy for the
// moment (azure-native and AKS error codes, read 2026-08; the words of a quota from public reports, read 2026-11-24).
func waitables() []waitable {
	return []waitable{
		{code: "CustomKubeletIdentityMissingPermissionError"},
		{code: "CustomRouteTableMissingPermission"},
		{code: "CustomPrivateDNSZoneMissingPermissionError"},
		{code: "CreateOrUpdateVirtualNetworkLinkFailed"},
		{code: "AzureKeyVaultKmsValidateIdentityPermissionCustomerError"},
		{code: "LinkedAuthorizationFailed", ofOurs: true},
		{code: "PrincipalNotFound"},
		{code: "ServicePrincipalNotFound"},
		{code: "AnotherOperationInProgress"},
		{code: "OperationNotAllowed", unless: []string{"quota", "exceeding approved", "Getting static credential"}},
		{code: "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity"},
	}
}

// accepted is how the engine words an operation that Azure accepted and that failed afterwards: the resource exists then.
var accepted = regexp.MustCompile(`^\d+ errors? occurred:`)

func (a *PropagationArgs) shape() plan.Propagation {
	if a == nil {
		return plan.Propagation{}
	}
	return plan.Propagation{
		TimeoutSeconds: a.TimeoutSeconds, FirstDelayMilliseconds: a.FirstDelayMilliseconds, SettleSeconds: a.SettleSeconds,
	}
}

// propagationHooks make the engine try an operation again while a grant takes effect, until it works or the deadline
// passes. nil when the caller does not want to wait, or the engine has no hooks.
func propagationHooks(g *granter, args *PropagationArgs, grants []plan.Grant) (*pulumi.ResourceHookBinding, error) {
	wait := newPropagationWait(args, clock.From(g.ctx.Context()))
	if wait.timeout == 0 {
		return nil, nil
	}
	if takes, reason := takesHooks(g.ctx); !takes {
		return nil, g.warnOfNoWaiting(reason, grants)
	}
	wait.granted, wait.advice, wait.arguments, wait.warn = g.claims.made, g.advice, g.arguments, g.warn
	hook, err := g.ctx.RegisterErrorHook(hookName(g.name, unique()), g.hiding(wait.again))
	if err != nil {
		return nil, err
	}
	return &pulumi.ResourceHookBinding{OnError: []*pulumi.ErrorHook{hook}}, nil
}

// propagationWait remembers since when each resource has been waiting.
type propagationWait struct {
	timeout, firstDelay time.Duration
	time                clock.Clock
	// granted are the grants that the component has decided so far.
	granted func() []claim
	// advice says what to do about an error that no waiting helps.
	advice func(*pulumi.ErrorHookArgs) string
	// arguments are those that give principals.
	arguments map[plan.Identity]plan.Path
	warn      func(string)

	mu    sync.Mutex
	since map[pulumi.URN]time.Time
}

func newPropagationWait(args *PropagationArgs, now clock.Clock) *propagationWait {
	w := &propagationWait{
		timeout: defaultPropagationTimeout, firstDelay: defaultFirstDelay,
		time: now, since: map[pulumi.URN]time.Time{}, granted: func() []claim { return nil },
		advice: func(*pulumi.ErrorHookArgs) string { return "" }, warn: func(string) {},
	}
	if args != nil && args.TimeoutSeconds != nil {
		w.timeout = time.Duration(*args.TimeoutSeconds) * time.Second
	}
	if args != nil && args.FirstDelayMilliseconds != nil {
		w.firstDelay = time.Duration(*args.FirstDelayMilliseconds) * time.Millisecond
	}
	return w
}

// again decides whether a failed operation is worth another try, and waits before it. An operation that was accepted is never
// tried again: what it made exists, and the next deployment repairs it.
func (w *propagationWait) again(args *pulumi.ErrorHookArgs) (bool, error) {
	if len(args.Errors) == 0 || accepted.MatchString(args.Errors[0]) {
		return false, nil
	}
	if advice := w.advice(args); advice != "" {
		return false, errors.New("\n" + advice + "\n" + azureSays(args.Errors[0]))
	}
	if !w.helps(args.Errors[0]) {
		return false, nil
	}
	waited := w.time.Now().Sub(w.firstFailure(args.URN))
	if waited >= w.timeout || len(args.Errors) >= engineTries-1 {
		return false, w.gaveUp(args.Errors[0], waited)
	}
	if question := w.clientIDGiven(args.Errors[0]); question != "" && len(args.Errors) == 1 {
		w.warn(question + " Waiting for it until " + w.timeout.String() + " have passed.")
	}
	pause := min(w.firstDelay<<min(len(args.Errors)-1, 16), longestDelay, w.timeout-waited)
	return true, w.time.Sleep(context.Background(), pause)
}

// gaveUp says what was waited for: Azure's own text names no grant.
func (w *propagationWait) gaveUp(message string, waited time.Duration) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\nWaited %s for it.", waited.Round(time.Second))
	if question := w.clientIDGiven(message); question != "" {
		b.WriteString(" " + question + "\n" + azureSays(message))
		return errors.New(b.String())
	}
	for i, c := range w.suspects(message) {
		if i == 0 {
			b.WriteString(" These grants of the component may not work yet, or are not what is missing:")
		}
		fmt.Fprintf(&b, "\n  - %s: %s on %s, to %s%s", c.grant.Identity, c.grant.Role.Name, c.scope, reasonOf(c.grant), actionsOf(c.grant))
	}
	b.WriteString("\nRun the deployment again; raise propagation.timeoutSeconds when that helps.\n" + azureSays(message))
	return errors.New(b.String())
}

// suspects are the grants on whose scopes Azure misses something; all where it names none.
func (w *propagationWait) suspects(message string) []claim {
	all := w.granted()
	named := slices.DeleteFunc(slices.Clone(all), func(c claim) bool {
		return !strings.Contains(strings.ToLower(message), strings.ToLower(c.scope))
	})
	if len(named) == 0 {
		return all
	}
	return named
}

// actionsOf says what a grant is to allow; "" where that is not known.
func actionsOf(grant plan.Grant) string {
	actions := grant.Actions()
	if len(actions) == 0 {
		return ""
	}
	return " (" + strings.Join(actions, ", ") + ")"
}

// clientIDGiven asks whether a client ID was given where Azure knows no principal; empty when the message is about something else, or
// about a principal that no argument gives.
func (w *propagationWait) clientIDGiven(message string) string {
	if !strings.Contains(message, "PrincipalNotFound") {
		return ""
	}
	for _, c := range w.granted() {
		argument, given := w.arguments[c.grant.Identity]
		if !given || !namesPrincipal(message, c.principal) {
			continue
		}
		if c.grant.Identity.Kind.GetsIn() {
			return fmt.Sprintf("Azure knows no principal %s, which %s gives. Grants name object IDs, which these print: %s.",
				c.principal, argument, plan.ObjectIDQueries)
		}
		return fmt.Sprintf("Azure knows no principal %s, which %s gives. Is it the client ID of an identity? Grants name its principal ID "+
			"(object ID), which these print: %s, or az ad sp show --id %s --query id --output tsv.",
			c.principal, argument, plan.PrincipalQuery(""), c.principal)
	}
	return ""
}

// namesPrincipal tells whether Azure's message is about the principal, whose ID it writes without hyphens.
func namesPrincipal(message, principal string) bool {
	message, principal = strings.ToLower(message), strings.ToLower(principal)
	return strings.Contains(message, principal) || strings.Contains(message, strings.ReplaceAll(principal, "-", ""))
}

// unreachable is Azure's advice about a property that the component has set already.
var unreachable = regexp.MustCompile(`\s*In this case, set the role assignment principalType property[^.]*\.`)

// azureSays is Azure's own text below ours.
func azureSays(message string) string {
	return "Azure says: " + unreachable.ReplaceAllString(message, "")
}

// hookName stands before what we say: the engine writes error hook "grants of shop (1a2b3c4d)" failed.
func hookName(component, unique string) string { return "grants of " + component + " (" + unique + ")" }

// unique is a part for the names of hooks, which are unique in a program, while components of one name may stand under different
// parents, whose names are not known yet. Nothing looks the names up later, so they may differ from run to run.
func unique() string {
	return uuid.NewString()[:8] //nolint:forbidigo // see above: a derived name could collide and fail the program
}

func (w *propagationWait) firstFailure(urn pulumi.URN) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, waiting := w.since[urn]; !waiting {
		w.since[urn] = w.time.Now()
	}
	return w.since[urn]
}

// helps tells whether waiting helps against an error.
func (w *propagationWait) helps(message string) bool {
	for _, candidate := range waitables() {
		if !strings.Contains(message, candidate.code) {
			continue
		}
		said := func(words string) bool { return strings.Contains(strings.ToLower(message), strings.ToLower(words)) }
		ours := func(c claim) bool { return said(c.principal) }
		return !slices.ContainsFunc(candidate.unless, said) && (!candidate.ofOurs || slices.ContainsFunc(w.granted(), ours))
	}
	return false
}
