package components

import (
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	defaultPropagationTimeout = 10 * time.Minute
	defaultFirstDelay         = 2 * time.Second
	longestDelay              = 30 * time.Second
)

// waitableCodes are the errors with which Azure says that a grant exists but does not work yet, or that the resource is
// busy for the moment (azure-native and AKS error codes, read 2026-08).
var waitableCodes = []string{
	"CustomKubeletIdentityMissingPermissionError",
	"CustomRouteTableMissingPermission",
	"CustomPrivateDNSZoneMissingPermissionError",
	"AzureKeyVaultKmsValidateIdentityPermissionCustomerError",
	"PrincipalNotFound",
	"ServicePrincipalNotFound",
	"AnotherOperationInProgress",
	"OperationNotAllowed",
	"ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
}

// propagationHooks make the engine try an operation again while a grant takes effect, until it works or the deadline
// passes. nil when the caller does not want to wait.
func propagationHooks(ctx *pulumi.Context, name string, args *PropagationArgs) (*pulumi.ResourceHookBinding, error) {
	wait := newPropagationWait(args)
	if wait.timeout == 0 {
		return nil, nil
	}
	// Hook names are unique in a program, while components of one name may stand under different parents, whose names are
	// not known yet. Nothing looks the name up later, so it may differ from run to run.
	unique := uuid.NewString()[:8] //nolint:forbidigo // see above: a derived name could collide and fail the program
	hook, err := ctx.RegisterErrorHook(name+"-takes-effect-"+unique, wait.again)
	if err != nil {
		return nil, err
	}
	return &pulumi.ResourceHookBinding{OnError: []*pulumi.ErrorHook{hook}}, nil
}

// propagationWait remembers since when each resource has been waiting.
type propagationWait struct {
	timeout, firstDelay time.Duration
	now                 func() time.Time
	sleep               func(time.Duration)

	mu    sync.Mutex
	since map[pulumi.URN]time.Time
}

func newPropagationWait(args *PropagationArgs) *propagationWait {
	w := &propagationWait{
		timeout: defaultPropagationTimeout, firstDelay: defaultFirstDelay,
		now: time.Now, sleep: time.Sleep, since: map[pulumi.URN]time.Time{},
	}
	if args != nil && args.TimeoutSeconds != nil {
		w.timeout = time.Duration(*args.TimeoutSeconds) * time.Second
	}
	if args != nil && args.FirstDelayMilliseconds != nil {
		w.firstDelay = time.Duration(*args.FirstDelayMilliseconds) * time.Millisecond
	}
	return w
}

// again decides whether a failed operation is worth another try, and waits before it.
func (w *propagationWait) again(args *pulumi.ErrorHookArgs) (bool, error) {
	if len(args.Errors) == 0 {
		return false, nil
	}
	if advice := adviceFor(args); advice != "" {
		return false, errors.New(args.Errors[0] + "\n" + advice)
	}
	if !isWaitable(args.Errors[0]) {
		return false, nil
	}
	waited := w.now().Sub(w.firstFailure(args.URN))
	if waited >= w.timeout {
		return false, nil
	}
	w.sleep(min(w.firstDelay<<min(len(args.Errors)-1, 16), longestDelay, w.timeout-waited))
	return true, nil
}

func (w *propagationWait) firstFailure(urn pulumi.URN) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, waiting := w.since[urn]; !waiting {
		w.since[urn] = w.now()
	}
	return w.since[urn]
}

// adviceFor says what to do about a refused grant that no waiting helps.
func adviceFor(args *pulumi.ErrorHookArgs) string {
	message := args.Errors[0]
	if !strings.HasSuffix(string(args.Type), ":RoleAssignment") {
		return ""
	}
	switch {
	case strings.Contains(message, "RoleAssignmentExists"), strings.Contains(message, "cannot create already existing resource"):
		return "The same grant exists already. If another component of this program makes it, take the resource out of one of them. " +
			"If somebody else made it, delete it, or adopt it: pulumi import " + string(args.Type) + " '" + args.Name +
			"' <ID of the existing assignment> --parent component=<URN of the component>; the next up then gives it this library's name."
	case strings.Contains(message, "AuthorizationFailed"):
		return "Whoever deploys may not grant roles at this scope: it takes Owner, User Access Administrator or Role Based Access Control " +
			"Administrator there. A team that has the right can make the grant with VnetDelegation or AddonIdentityGrants in a stack of its own."
	default:
		return ""
	}
}

func isWaitable(message string) bool {
	for _, code := range waitableCodes {
		if strings.Contains(message, code) {
			return true
		}
	}
	return false
}
