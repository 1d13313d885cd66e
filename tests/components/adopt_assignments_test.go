package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// granters are programs with one grant in each component, by what they take over. Each has an output, as most programs.
func granters(cloud *azuresim.Cloud) map[string]func(components.Adoption) pulumi.RunFunc {
	n := neighbourhood{
		cloud: cloud, registry: cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "shopregistry"), nil),
		subnet: cloud.MustSeedSubnet("net", "hub", "shop"),
	}
	control := cloud.MustSeedIdentity("ids", "control")
	with := func(run pulumi.RunFunc) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			ctx.Export("something", pulumi.String("else"))
			return run(ctx)
		}
	}
	adopt := func(how components.Adoption) *components.AdoptArgs {
		if how == "" {
			return nil
		}
		return &components.AdoptArgs{Assignments: how}
	}
	return map[string]func(components.Adoption) pulumi.RunFunc{
		"ManagedIdentityCluster": func(how components.Adoption) pulumi.RunFunc {
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{UserAssigned: identityOf(control)}
			args.Subnets, args.SystemPool.Subnet = ids{"nodes": pulumi.String(n.subnet)}, "nodes"
			if how != "" {
				args.Adopt = &components.AdoptClusterArgs{Assignments: how}
			}
			return with(program(args))
		},
		"VnetDelegation": func(how components.Adoption) pulumi.RunFunc {
			return with(func(ctx *pulumi.Context) error {
				_, err := components.NewVnetDelegation(ctx, "aks", &components.VnetDelegationArgs{
					PrincipalID: pulumi.String(control.PrincipalID), NodeSubnetIDs: ids{"nodes": pulumi.String(n.subnet).ToStringOutput()}, Adopt: adopt(how),
				})
				return err
			})
		},
		"AddonIdentityGrants": func(how components.Adoption) pulumi.RunFunc {
			return with(func(ctx *pulumi.Context) error {
				_, err := components.NewAddonIdentityGrants(ctx, "aks", &components.AddonIdentityGrantsArgs{
					KubeletPrincipalID: pulumi.String(control.PrincipalID), RegistryIDs: ids{"shop": pulumi.String(n.registry)}, Adopt: adopt(how),
				})
				return err
			})
		},
		"WorkloadIdentity": func(how components.Adoption) pulumi.RunFunc {
			return with(func(ctx *pulumi.Context) error {
				_, err := components.NewWorkloadIdentity(ctx, "aks", &components.WorkloadIdentityArgs{
					ResourceGroupName: pulumi.String("ids"), Location: pulumi.String("westeurope"), IssuerURL: pulumi.String("https://issuer.example/"),
					ServiceAccounts: map[string]*components.ServiceAccountArgs{"web": {Namespace: pulumi.String("shop"), Name: pulumi.String("web")}},
					Roles:           map[string]*components.WorkloadGrantArgs{"images": {Role: "AcrPull", ResourceID: pulumi.String(n.registry)}},
					Adopt:           adopt(how),
				})
				return err
			})
		},
	}
}

// TestAdoptWhatAnInterruptedDeploymentMade: Azure has the grant, the state does not. The error says what to set, and with it nothing is
// made; afterwards it can stay and it can go.
func TestAdoptWhatAnInterruptedDeploymentMade(t *testing.T) {
	for name := range granters(azuresim.New()) {
		t.Run(name, func(t *testing.T) {
			cloud := azuresim.New()
			granting := granters(cloud)[name]
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				ctx.Export("something", pulumi.String("else"))
				return nil
			}, simtest.WithCloud(cloud), simtest.WithParallel(1)) // nothing else is on its way when it is killed
			must(t, "up", s.Up())
			s.SetProgram(granting(""))
			cloud.Kill(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType})
			if up := s.Up(); up.Err == nil {
				t.Fatal("the deployment was to be killed")
			}
			a := &advised{Stack: s, t: t}
			a.watch()
			said := a.refused(granting(""))
			says(t, said, "A deployment of this component that was interrupted made the assignment, as its description says.")
			how := components.Adoption(argument[map[string]string](t, said, "adopt", "")["assignments"])
			if up := a.follows(granting(how)); len(up.Steps.Op("import")) != 1 {
				t.Errorf("it should import one:\n%s", up.Steps.Changing())
			}
			a.follows(granting(""))
			must(t, "refresh", s.Refresh())
			unchanged(t, "the preview after a refresh", s.Preview())
			must(t, "destroy", s.Destroy())
			if left := cloud.RoleAssignments(); len(left) > 0 {
				t.Errorf("destroy left %v", left)
			}
		})
	}
}

// TestAdoptAfterAKilledFirstDeployment: the stack has no outputs, so that the state cannot be read, and the argument stays.
func TestAdoptAfterAKilledFirstDeployment(t *testing.T) {
	cloud, d := newDelegates()
	run := func(adopt *components.AdoptArgs) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
				PrincipalID: pulumi.String(d.principal), NodeSubnetIDs: ids{"nodes": d.subnet}, Adopt: adopt,
			})
			return err
		}
	}
	s := simtest.New(t, run(nil), simtest.WithCloud(cloud))
	cloud.Kill(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType})
	if up := s.Up(); up.Err == nil {
		t.Fatal("the deployment was to be killed")
	}
	a := &advised{Stack: s, t: t}
	a.watch()
	says(t, a.refused(run(nil)), "adopt.assignments: own")
	a.follows(run(&components.AdoptArgs{Assignments: components.AdoptOwn}))
}

// byHand is the grant of granters under the name that the component would give it, made by somebody who says so.
func byHand(t *testing.T, cloud *azuresim.Cloud, description string) {
	t.Helper()
	role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	scope := azuresim.ID("net", azuresim.SubnetType, "hub", "shop")
	principal := cloud.MustSeedIdentity("ids", "control").PrincipalID
	name := rbac.AssignmentName(rbac.MustParseScope(scope), principal, role.ID)
	cloud.MustSeed(scope+"/providers/"+azuresim.RoleAssignmentType+"/"+name, object{"properties": object{
		"principalId": principal, "principalType": "ServicePrincipal", "description": description,
		"roleDefinitionId": role.ID.DefinitionID(azuresim.DefaultSubscriptionID),
	}})
}

// TestAdoptWhatSomebodyElseMadeTakesAWord: it is refused by name, and taken over when it is asked for in writing.
func TestAdoptWhatSomebodyElseMadeTakesAWord(t *testing.T) {
	for name, description := range map[string]string{
		"no description": "", "another text": "made by hand",
		"another stack":     "control-plane: join nodes (made by Pulumi: project simtest, stack other, VnetDelegation aks)",
		"another component": "control-plane: join nodes (made by Pulumi: project simtest, stack test, VnetDelegation other)",
		"a longer name":     "control-plane: join nodes (made by Pulumi: project simtest, stack test, VnetDelegation aks) by somebody else",
	} {
		t.Run(name, func(t *testing.T) {
			cloud := azuresim.New()
			granting := granters(cloud)["VnetDelegation"]
			byHand(t, cloud, description)
			s := simtest.New(t, granting(components.AdoptOwn), simtest.WithCloud(cloud))
			a := &advised{Stack: s, t: t}
			a.watch()
			said := a.refused(granting(components.AdoptOwn))
			for _, want := range []string{"nodeSubnetIds.nodes: the assignment " + a.held[0].ID + " exists already", description, "adopt.assignments: any"} {
				says(t, said, want)
			}
			a.follows(granting(components.AdoptAny))
			if now := cloud.RoleAssignments()[0]; now.Description != description {
				t.Errorf("its description was changed to %q", now.Description)
			}
			a.follows(granting(""))
		})
	}
}

// TestAdoptDoesNotTakeWhatTheStackHolds: a renamed key asks for an assignment that the stack has under its former name, and to take it
// over would delete it.
func TestAdoptDoesNotTakeWhatTheStackHolds(t *testing.T) {
	cloud, d := newDelegates()
	run := func(key string, adopt *components.AdoptArgs) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			ctx.Export("something", pulumi.String("else"))
			_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
				PrincipalID: pulumi.String(d.principal), NodeSubnetIDs: ids{key: d.subnet}, Adopt: adopt,
			})
			return err
		}
	}
	a := watched(t, cloud, run("workers", nil))
	for _, how := range []components.Adoption{components.AdoptOwn, components.AdoptAny} {
		said := a.refused(run("nodes", &components.AdoptArgs{Assignments: how}))
		says(t, said, "is network-principal-network-contributor-nodeSubnetIds.workers of this stack already. Fix: name the former key in renamedKeys")
	}
}

// TestAdoptedGrantsMoveWithTheirResource: what was taken over stays as long as it is the same grant, and no longer.
func TestAdoptedGrantsMoveWithTheirResource(t *testing.T) {
	cloud := azuresim.New()
	granting := granters(cloud)["VnetDelegation"]
	byHand(t, cloud, "by hand")
	other := cloud.MustSeedSubnet("net", "hub", "other")
	s := simtest.New(t, granting(components.AdoptAny), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	s.SetProgram(func(ctx *pulumi.Context) error {
		ctx.Export("something", pulumi.String("else"))
		_, err := components.NewVnetDelegation(ctx, "aks", &components.VnetDelegationArgs{
			PrincipalID: pulumi.String(cloud.MustSeedIdentity("ids", "control").PrincipalID), NodeSubnetIDs: ids{"nodes": pulumi.String(other)},
			Adopt: &components.AdoptArgs{Assignments: components.AdoptAny},
		})
		return err
	})
	must(t, "up in another subnet", s.Up())
	if now := cloud.RoleAssignments(); len(now) != 1 || !strings.EqualFold(now[0].Scope.String(), other) {
		t.Errorf("the grant is on %v, want %s", now, other)
	}
}

// TestAdoptedAssignmentsStayWithoutTheirEntry: the name that somebody gave is kept for as long as the grant is the same.
func TestAdoptedAssignmentsStayWithoutTheirEntry(t *testing.T) {
	cloud := azuresim.New()
	subnet, principal := cloud.MustSeedSubnet("net", "hub", "shop"), cloud.MustSeedIdentity("ids", "control").PrincipalID
	role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	const guid = "11111111-2222-4333-8444-555555555555"
	cloud.MustSeed(subnet+"/providers/"+azuresim.RoleAssignmentType+"/"+guid, object{"properties": object{
		"principalId": principal, "principalType": "ServicePrincipal", "roleDefinitionId": role.ID.DefinitionID(azuresim.DefaultSubscriptionID),
	}})
	run := func(adopted map[string]string) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			ctx.Export("something", pulumi.String("else"))
			_, err := components.NewVnetDelegation(ctx, "aks", &components.VnetDelegationArgs{
				PrincipalID: pulumi.String(principal), NodeSubnetIDs: ids{"nodes": pulumi.String(subnet)}, AdoptedAssignments: adopted,
			})
			return err
		}
	}
	s := simtest.New(t, run(map[string]string{"principal-network-contributor-nodeSubnetIds.nodes": guid}), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	unchanged(t, "the preview with the entry", s.Preview())
	s.SetProgram(run(nil))
	unchanged(t, "the preview without the entry", s.Preview())
	must(t, "up", s.Up())
	if now := cloud.RoleAssignments(); len(now) != 1 || now[0].Name != guid {
		t.Errorf("it is %v now", now)
	}
}
