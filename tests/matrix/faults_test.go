package matrix_test

import (
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// fault is something that goes wrong with one operation, or with all that Azure has to spread.
type fault struct {
	name string
	// put plans it for an operation.
	put func(*azuresim.Cloud, azuresim.Match) *azuresim.Rule
	// slow makes the whole cloud slow instead.
	slow azuresim.Option
	// kills tells that the process does not survive it.
	kills bool
	// leftOut says why the fault cannot happen to an operation; "" when it can.
	leftOut func(call) string
}

func refused(times int, err azuresim.Error) func(*azuresim.Cloud, azuresim.Match) *azuresim.Rule {
	return func(cloud *azuresim.Cloud, m azuresim.Match) *azuresim.Rule {
		m.Times = times
		return cloud.Fail(m, err)
	}
}

func failed(err azuresim.Error) func(*azuresim.Cloud, azuresim.Match) *azuresim.Rule {
	return func(cloud *azuresim.Cloud, m azuresim.Match) *azuresim.Rule { return cloud.FailAfterAcceptance(m, err) }
}

func lost(times int) func(*azuresim.Cloud, azuresim.Match) *azuresim.Rule {
	return func(cloud *azuresim.Cloud, m azuresim.Match) *azuresim.Rule {
		m.Times = times
		return cloud.LoseResponse(m)
	}
}

// tries is how often the provider asks before it gives up.
const tries = 4

var (
	internal  = azuresim.Error{Status: 500, Code: "InternalServerError", Message: "Something went wrong."}
	forbidden = azuresim.Error{Status: 403, Code: azuresim.CodeAuthorizationFailed, Message: "The client does not have authorization to perform the action."}
	busy      = azuresim.Error{Status: 409, Code: azuresim.CodeOperationNotAllowed, Message: "Another operation (Updating) is in progress."}
	busyARM   = azuresim.Error{Status: 409, Code: "AnotherOperationInProgress", Message: "Another operation on this resource is in progress."}
	broken    = azuresim.Error{Status: 500, Code: "InternalOperationError", Message: "The operation failed."}
	tooEarly  = azuresim.Error{Status: 400, Code: azuresim.CodeRouteTableMissingPermission, Message: "The identity has no permission yet."}
)

// faults are the columns of the matrix.
var faults = []fault{
	{name: "429", put: refused(1, azuresim.Throttled())},
	{name: "429 for longer", put: refused(tries, azuresim.Throttled())},
	{name: "500", put: refused(1, internal)},
	{name: "500 for longer", put: refused(tries, internal)},
	{name: "503", put: refused(1, azuresim.ServiceUnavailable())},
	{name: "503 for longer", put: refused(tries, azuresim.ServiceUnavailable())},
	{name: "reset before", put: refused(1, azuresim.ConnectionReset())},
	{name: "reset before, for longer", put: refused(tries, azuresim.ConnectionReset())},
	{name: "answer lost", put: lost(1)},
	{name: "answer lost three times", put: lost(tries - 1)},
	{name: "accepted, then failed", put: failed(broken), leftOut: answersAtOnce},
	{name: "accepted, then failed too early", put: failed(tooEarly), leftOut: answersAtOnce},
	{name: "403 once", put: refused(1, forbidden)},
	{name: "another operation", put: refused(2, busy), leftOut: reads},
	{name: "another operation, for ARM", put: refused(2, busyARM), leftOut: reads},
	{name: "slow directory", slow: azuresim.WithDirectoryDelay(func(azuresim.Principal) time.Duration { return 20 * time.Second }), leftOut: once},
	{name: "slow permissions", slow: azuresim.WithPermissionDelay(func(azuresim.RoleAssignment) time.Duration { return 2 * time.Minute }), leftOut: once},
	{name: "killed before", put: refused(1, azuresim.ProcessKilled()), kills: true},
	{name: "killed after", put: func(cloud *azuresim.Cloud, m azuresim.Match) *azuresim.Rule { return cloud.Kill(m) }, kills: true},
}

// answersAtOnce: only what takes long is accepted first.
func answersAtOnce(c call) string {
	long := c.Type == azuresim.ManagedClusterType || c.Type == azuresim.AgentPoolType || c.Type == azuresim.ResourceGroupType
	switch {
	case c.Method == azuresim.MethodGet || c.Method == azuresim.MethodPost:
		return "a read is not accepted first"
	case !long:
		return "Azure answers at once for this type"
	case c.Type == azuresim.ResourceGroupType && c.Method == azuresim.MethodPut:
		return "Azure makes a group at once"
	}
	return ""
}

func reads(c call) string {
	if c.Method == azuresim.MethodGet || c.Method == azuresim.MethodPost {
		return "reads exclude nothing"
	}
	return ""
}

// once: a slow cloud is slow for all operations.
func once(c call) string {
	if c.index > 0 {
		return "it concerns all operations at once"
	}
	return ""
}
