package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// changes are the operations that make or change something.
func changesIn(cloud *azuresim.Cloud) (changes []string) {
	for _, op := range cloud.Operations() {
		if op.Method != "GET" && op.Method != "HEAD" {
			changes = append(changes, string(op.Method)+" "+op.ID)
		}
	}
	return changes
}

// TestAnotherIDThanThePrincipalsIsToldBeforeAnythingIsMade: an identity that exists is looked at, in a preview already when its names
// are known.
func TestAnotherIDThanThePrincipalsIsToldBeforeAnythingIsMade(t *testing.T) {
	cloud := azuresim.New()
	own, other := cloud.MustSeedIdentity("ids", "own"), cloud.MustSeedIdentity("ids", "other")
	kubelet := cloud.MustSeedIdentity("ids", "kubelet")
	cases := []struct {
		name, reason string
		give         func(control, nodes *azuresim.SeededIdentity)
		want         []string
	}{
		{"client ID as principal", "they look alike", func(c, _ *azuresim.SeededIdentity) { c.PrincipalID = c.ClientID },
			[]string{"identity.userAssigned.principalId: " + own.ClientID + " is the client ID of " + own.ID, "principal ID (object ID)"}},
		{"client and principal swapped", "both are told", func(c, _ *azuresim.SeededIdentity) { c.PrincipalID, c.ClientID = c.ClientID, c.PrincipalID },
			[]string{"identity.userAssigned.principalId: " + own.ClientID + " is the client ID", "identity.userAssigned.clientId: " + own.PrincipalID + " is not the client ID"}},
		{"another identity's principal", "a line of a list above", func(c, _ *azuresim.SeededIdentity) { c.PrincipalID = other.PrincipalID },
			[]string{"identity.userAssigned.principalId: " + other.PrincipalID + " is not the principal of " + own.ID, "give its principal ID (object ID), " + own.PrincipalID}},
		{"of the nodes", "the kubelet identity is one like the other", func(_, n *azuresim.SeededIdentity) { n.PrincipalID = own.PrincipalID },
			[]string{"kubeletIdentity.existing.principalId: " + own.PrincipalID + " is not the principal of " + kubelet.ID}},
		{"letter case", "it carries no meaning", func(c, _ *azuresim.SeededIdentity) {
			c.PrincipalID, c.ID = strings.ToUpper(c.PrincipalID), strings.ToUpper(c.ID)
		}, nil},
	}
	for _, tc := range cases {
		for _, late := range []bool{false, true} {
			t.Run(tc.name+map[bool]string{false: " known", true: " late"}[late], func(t *testing.T) {
				control, nodes := own, kubelet
				tc.give(&control, &nodes)
				args := inSubnet(cloud, plan.UserAssigned)
				args.ResourceGroupName, args.ClusterName = pulumi.StringPtr("ids"), pulumi.StringPtr("shop")
				args.Identity.UserAssigned = identityOf(control)
				args.KubeletIdentity = &components.KubeletIdentityArgs{Existing: identityOf(nodes)}
				if late {
					for _, given := range []*components.UserAssignedIdentityArgs{args.Identity.UserAssigned, args.KubeletIdentity.Existing} {
						given.PrincipalID = given.PrincipalID.ToStringOutput()
					}
				}
				s := simtest.New(t, program(args), simtest.WithCloud(cloud))
				before := len(changesIn(cloud))
				preview := s.Preview()
				up := s.Up()
				if (up.Err == nil) != (tc.want == nil) || (preview.Err == nil) != (tc.want == nil) {
					t.Fatalf("%s: preview %s, up %s", tc.reason, preview.Explain(), up.Explain())
				}
				for _, want := range append(tc.want, `ManagedIdentityCluster "aks"`)[:len(tc.want)+min(len(tc.want), 1)] {
					if !strings.Contains(up.Diagnostics(), want) {
						t.Errorf("%s: want %q in\n%s", tc.reason, want, up.Diagnostics())
					}
				}
				if made := changesIn(cloud)[before:]; tc.want != nil && len(cloud.Clusters()) > 0 || tc.want != nil && !late && len(made) > 0 {
					t.Errorf("%s: made %v", tc.reason, made)
				}
				must(t, "destroy", s.Destroy())
			})
		}
	}
}

// TestAnIdentityThatCannotBeLookedAtIsTaken: in a subscription where the provider does not look, or made by the same program.
func TestAnIdentityThatCannotBeLookedAtIsTaken(t *testing.T) {
	for name, id := range map[string]string{
		"other subscription": "/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/own",
		"not made yet":       azuresim.ID("ids", azuresim.IdentityType, "later"),
	} {
		cloud := azuresim.New()
		own := cloud.MustSeedIdentity("ids", "own")
		args := inSubnet(cloud, plan.UserAssigned)
		args.Identity.UserAssigned = &components.UserAssignedIdentityArgs{
			ResourceID: pulumi.String(id), PrincipalID: pulumi.String("11111111-1111-4111-8111-111111111111"), ClientID: pulumi.String(own.ClientID),
		}
		must(t, name, simtest.New(t, program(args), simtest.WithCloud(cloud)).Preview())
	}
}

// TestAClientIDThatAzureDoesNotKnowIsAskedAbout: at once, and again at the end of the wait; never with Azure's advice about a property
// that nobody can reach.
func TestAClientIDThatAzureDoesNotKnowIsAskedAbout(t *testing.T) {
	cloud := azuresim.New()
	identity := cloud.MustSeedIdentity("ids", "own")
	subnet := pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))
	registry := pulumi.String(cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "shared"), nil))
	for _, tc := range []struct {
		argument string
		run      pulumi.RunFunc
	}{
		{"principalId", func(ctx *pulumi.Context) error {
			_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
				PrincipalID: pulumi.String(identity.ClientID), NodeSubnetIDs: pulumi.StringMap{"a": subnet}, Propagation: quick(1),
			})
			return err
		}},
		{"kubeletPrincipalId", func(ctx *pulumi.Context) error {
			_, err := components.NewAddonIdentityGrants(ctx, "addons", &components.AddonIdentityGrantsArgs{
				KubeletPrincipalID: pulumi.StringPtr(identity.ClientID), RegistryIDs: pulumi.StringMap{"a": registry}, Propagation: quick(1),
			})
			return err
		}},
	} {
		t.Run(tc.argument, func(t *testing.T) {
			up := simtest.New(t, tc.run, simtest.WithCloud(cloud)).Up()
			if up.Err == nil {
				t.Fatal("a client ID was granted something")
			}
			text := up.Diagnostics()
			asked := "Azure knows no principal " + identity.ClientID + ", which " + tc.argument + " gives. Is it the client ID of an identity?"
			if n := strings.Count(text, "warning: "+asked); n != 1 {
				t.Errorf("asked %d times at once in\n%s", n, text)
			}
			for _, want := range []string{"Waited 1s for it. " + asked, "az ad sp show --id " + identity.ClientID, "Azure says: ", "PrincipalNotFound"} {
				if !strings.Contains(text, want) {
					t.Errorf("want %q in\n%s", want, text)
				}
			}
			if strings.Contains(text, "principalType") {
				t.Errorf("nobody can set principalType:\n%s", text)
			}
		})
	}
}
