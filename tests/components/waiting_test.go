package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// putCluster matches the creation of a cluster.
var putCluster = azuresim.Match{Method: azuresim.MethodPut, Type: "Microsoft.ContainerService/managedClusters"}

// granted is a program with a user-assigned control plane that holds a grant, and that principal's ID.
func granted(cloud *azuresim.Cloud, wait *components.PropagationArgs) (pulumi.RunFunc, string) {
	identity := cloud.MustSeedIdentity("ids", "control-plane")
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(identity.ID), PrincipalID: pulumi.String(identity.PrincipalID), ClientID: pulumi.String(identity.ClientID),
	}}
	args.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
	args.SystemPool.Subnet, args.Propagation = "nodes", wait
	return program(args), identity.PrincipalID
}

// TestWaitsForWhatWaitingHelps: each code that is waited for, one by one; and the same codes where waiting is in vain.
func TestWaitsForWhatWaitingHelps(t *testing.T) {
	for _, tc := range []struct {
		name, code, message string
		waits               bool
	}{
		{"kubelet identity", "CustomKubeletIdentityMissingPermissionError", "", true},
		{"route table", "CustomRouteTableMissingPermission", "", true},
		{"private zone", "CustomPrivateDNSZoneMissingPermissionError", "", true},
		{"etcd encryption", "AzureKeyVaultKmsValidateIdentityPermissionCustomerError", "", true},
		{"directory", "PrincipalNotFound", "", true},
		{"directory, as AKS says it", "ServicePrincipalNotFound", "", true},
		{"another operation of the provider's kind", "AnotherOperationInProgress", "", true},
		{"another operation", "OperationNotAllowed", "Another operation (Updating) is in progress", true},
		{"quota", "OperationNotAllowed", "Operation could not be completed as it results in exceeding approved Total Regional Cores quota", false},
		{"credentials", "OperationNotAllowed", "Getting static credential is not allowed", false},
		{"ours lacks the right yet", "LinkedAuthorizationFailed", "The client 'PRINCIPAL' has permission to perform the action, but not on the linked scope", true},
		{"the deployer lacks the right", "LinkedAuthorizationFailed", "The client 'somebody' has permission to perform the action, but not on the linked scope", false},
		{"a mistake", "InvalidParameter", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			run, principal := granted(cloud, quick(60))
			rule := cloud.Fail(azuresim.Match{Method: putCluster.Method, Type: putCluster.Type, Times: 3},
				azuresim.Error{Status: 400, Code: tc.code, Message: strings.ReplaceAll(tc.message, "PRINCIPAL", principal)})
			up := simtest.New(t, run, simtest.WithCloud(cloud)).Up()
			if (up.Err == nil) != tc.waits {
				t.Errorf("waiting: want %v, got %s", tc.waits, up.Explain())
			}
			if want := map[bool]int{true: 3, false: 1}[tc.waits]; rule.Hits() != want {
				t.Errorf("want %d refusals, got %d", want, rule.Hits())
			}
		})
	}
}

// TestWhatWasAcceptedIsNotMadeAgain: an operation that fails after it was accepted, with a code that is waited for, leaves a cluster
// in Azure. It stays in the state, is never created again, and the next deployment repairs it.
func TestWhatWasAcceptedIsNotMadeAgain(t *testing.T) {
	cloud := azuresim.New()
	run, _ := granted(cloud, quick(60))
	rule := cloud.FailAfterAcceptance(putCluster, azuresim.Error{Status: 400, Code: "CustomPrivateDNSZoneMissingPermissionError", Message: "not yet"})
	s := simtest.New(t, run, simtest.WithCloud(cloud))
	up := s.Up()
	if up.Err == nil || rule.Hits() != 1 {
		t.Fatalf("want the failure after %d hit: %s", rule.Hits(), up.Explain())
	}
	if _, kept := up.Resources.Find(clusterType, "aks"); !kept {
		t.Error("the cluster exists, so it has to stay in the state")
	}
	again := must(t, "up again", s.Up())
	if made := again.Steps.Op("create").Type(clusterType); len(made) > 0 || len(cloud.Clusters()) != 1 {
		t.Errorf("the cluster is repaired, not made again: %v, %d clusters", made, len(cloud.Clusters()))
	}
	if third := must(t, "third up", s.Up()); !third.Unchanged() {
		t.Errorf("nothing is left to do: %v", third.Steps.Changing())
	}
}

// TestTheEndOfTheWaitNamesTheGrants: Azure's own text names neither the grant nor how long was waited.
func TestTheEndOfTheWaitNamesTheGrants(t *testing.T) {
	cloud := azuresim.New()
	run, _ := granted(cloud, quick(1))
	cloud.Fail(azuresim.Match{Method: putCluster.Method, Type: putCluster.Type, Times: -1},
		azuresim.Error{Status: 400, Code: "CustomRouteTableMissingPermission", Message: "refused"})
	up := simtest.New(t, run, simtest.WithCloud(cloud)).Up()
	for _, want := range []string{
		"CustomRouteTableMissingPermission", "Waited 1s", "control-plane: Network Contributor on /subscriptions/", "/subnets/nodes",
		"propagation.timeoutSeconds",
	} {
		if up.Err == nil || !strings.Contains(up.Diagnostics(), want) {
			t.Errorf("the end of the wait does not say %q: %s", want, up.Explain())
		}
	}
}

func TestDurationsBelowZeroAreRefused(t *testing.T) {
	below := -1
	args := smallest()
	args.Propagation = &components.PropagationArgs{TimeoutSeconds: &below, FirstDelayMilliseconds: &below}
	paths := strings.Join(components.PlanManagedIdentityCluster(args, worlds.Day).Problems.Paths(), " ")
	if paths != "propagation.firstDelayMilliseconds propagation.timeoutSeconds" {
		t.Errorf("problems at %q", paths)
	}
}
