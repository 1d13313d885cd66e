package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// remote is a component of another language: all that is of interest is what becomes of it.
type remote struct{ pulumi.ResourceState }

// owned makes a component of the user's own.
func owned(ctx *pulumi.Context) (*remote, error) {
	var own remote
	return &own, ctx.RegisterComponentResource("acme:index:Platform", "platform", &own)
}

// whole is all four components with nothing but default arguments, by names that begin with a word.
func whole(w world, word string, renamed pulumi.Map, opts ...pulumi.ResourceOption) pulumi.RunFunc {
	return keyed(w, word, "nodes", renamed, func(string) []pulumi.ResourceOption { return opts })
}

// keyed is whole with options for each component and a key for each resource.
func keyed(w world, word, key string, renamed pulumi.Map, opts func(suffix string) []pulumi.ResourceOption) pulumi.RunFunc {
	id, principal := pulumi.String(w.subnet), pulumi.String(w.identity.PrincipalID)
	registry := pulumi.String(azuresim.ID("registries", azuresim.RegistryType, "shopimages"))
	all := []struct {
		token, suffix string
		args          pulumi.Map
	}{
		{components.ManagedIdentityClusterToken, "aks", pulumi.Map{
			"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
			"subnets": pulumi.Map{key: id}, "systemPool": pulumi.Map{"subnet": pulumi.String(key)},
		}},
		{components.VnetDelegationToken, "network", pulumi.Map{
			"principalId": principal, "roleStrategy": pulumi.String("custom"), "nodeSubnetIds": pulumi.Map{key: id},
		}},
		{components.AddonIdentityGrantsToken, "pull", pulumi.Map{"kubeletPrincipalId": principal, "registryIds": pulumi.Map{key: registry}}},
		{components.WorkloadIdentityToken, "orders", pulumi.Map{
			"resourceGroupName": pulumi.String("network"), "location": pulumi.String("westeurope"), "issuerUrl": pulumi.String("https://issuer/"),
			"serviceAccounts": pulumi.Map{key: pulumi.Map{"namespace": pulumi.String("shop"), "name": pulumi.String("orders")}},
			"roles":           pulumi.Map{key: pulumi.Map{"role": pulumi.String("AcrPull"), "resourceId": registry}},
		}},
	}
	return func(ctx *pulumi.Context) error {
		for _, c := range all {
			if names, ok := renamed[c.suffix]; ok {
				c.args["renamedKeys"] = names
			}
			if err := ctx.RegisterRemoteComponentResource(c.token, word+"-"+c.suffix, c.args, &remote{}, opts(c.suffix)...); err != nil {
				return err
			}
		}
		return nil
	}
}

func wholeWorld() world {
	w := newWorld()
	w.cloud.MustSeed(azuresim.ID("registries", azuresim.RegistryType, "shopimages"), nil)
	return w
}

// TestServedNamesCanChange: a component gets another name or another parent with an alias, and a key with its former one: nothing is
// made, replaced or deleted. A generated role's name in Azure contains the component's and changes in place.
func TestServedNamesCanChange(t *testing.T) {
	former := func(alias pulumi.Alias) pulumi.ResourceOption { return pulumi.Aliases([]pulumi.Alias{alias}) }
	within := func(inside bool, w world, opt func(suffix string, own *remote) []pulumi.ResourceOption) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			own, err := owned(ctx)
			if err != nil {
				return err
			}
			return keyed(w, "shop", "nodes", nil, func(suffix string) []pulumi.ResourceOption {
				opts := opt(suffix, own)
				if inside {
					opts = append(opts, pulumi.Parent(own))
				}
				return opts
			})(ctx)
		}
	}
	none := func(string, *remote) []pulumi.ResourceOption { return nil }
	cases := []struct {
		name, reason  string
		before, after func(world) pulumi.RunFunc
		updates       bool
	}{
		{
			"another name", "the children's names begin with it",
			func(w world) pulumi.RunFunc { return whole(w, "shop", nil) },
			func(w world) pulumi.RunFunc {
				return keyed(w, "store", "nodes", nil, func(suffix string) []pulumi.ResourceOption {
					return []pulumi.ResourceOption{former(pulumi.Alias{Name: pulumi.String("shop-" + suffix)})}
				})
			}, true,
		},
		{
			"wrapped", "it had no parent before", func(w world) pulumi.RunFunc { return within(false, w, none) },
			func(w world) pulumi.RunFunc {
				return within(true, w, func(string, *remote) []pulumi.ResourceOption {
					return []pulumi.ResourceOption{former(pulumi.Alias{NoParent: pulumi.Bool(true)})}
				})
			}, true,
		},
		{
			"unwrapped", "it had a parent before", func(w world) pulumi.RunFunc { return within(true, w, none) },
			func(w world) pulumi.RunFunc {
				return within(false, w, func(_ string, own *remote) []pulumi.ResourceOption {
					return []pulumi.ResourceOption{former(pulumi.Alias{Parent: own})}
				})
			}, true,
		},
		{
			"another key", "the former one is named", func(w world) pulumi.RunFunc { return whole(w, "shop", nil) },
			func(w world) pulumi.RunFunc {
				was := func(paths ...string) pulumi.Map {
					all := pulumi.Map{}
					for _, path := range paths {
						all[path+".web"] = pulumi.ToStringArray([]string{path + ".nodes"})
					}
					return all
				}
				return keyed(w, "shop", "web", pulumi.Map{
					"aks": was("subnets"), "network": was("nodeSubnetIds"), "pull": was("registryIds"), "orders": was("serviceAccounts", "roles"),
				}, func(string) []pulumi.ResourceOption { return nil })
			}, false,
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := wholeWorld()
			s := simtest.New(t, tc.before(w), asProvider(), simtest.WithCloud(w.cloud))
			if up := s.Up(); up.Err != nil {
				t.Fatal(up.Explain())
			}
			s.SetProgram(tc.after(w))
			for _, run := range []func(...simtest.OpOption) simtest.Result{s.Preview, s.Up} {
				result := run()
				if result.Err != nil {
					t.Fatal(result.Explain())
				}
				for _, step := range result.Steps.Changing() {
					if !tc.updates || step.Op != "update" || step.Type != "azure-native:authorization:RoleDefinition" {
						t.Errorf("%s: %v", tc.reason, step)
					}
				}
			}
			for _, op := range w.cloud.Operations() {
				if op.Method == azuresim.MethodDelete {
					t.Errorf("%s is deleted", op.ID)
				}
			}
		})
	}
}
