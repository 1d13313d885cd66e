package components

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// gates have the engine wait for the grants before an operation on the cluster that Azure would not refuse without them, and that
// leaves something broken: a working cluster that gets an identity without rights stops, and one that is made without a right that
// AKS looks for after it has accepted fails, and is there.
func (b *clusterBuilder) gates() ([]pulumi.ResourceOption, error) {
	if b.grants.hooks == nil || !b.grants.settles() {
		return nil, nil
	}
	births, wait := birthsOf(b.before), b.grants.settling
	binding := &pulumi.ResourceHookBinding{}
	update, err := b.gate("switches", func(args *pulumi.ResourceHookArgs) error {
		if sameIdentities(args.OldInputs, args.NewInputs) {
			return nil
		}
		b.grants.switched.Store(true)
		return b.untilOld(births, wait)
	})
	if err != nil {
		return nil, err
	}
	binding.BeforeUpdate = update
	if b.checkedLate() {
		binding.BeforeCreate, err = b.gate("makes", func(*pulumi.ResourceHookArgs) error {
			return b.untilOld(births, settling{replacing: wait.enough})
		})
	}
	return []pulumi.ResourceOption{pulumi.ResourceHooks(binding)}, err
}

func (b *clusterBuilder) gate(what string, hook func(*pulumi.ResourceHookArgs) error) ([]*pulumi.ResourceHook, error) {
	registered, err := b.ctx.RegisterResourceHook(b.name+"-"+what+"-"+unique(), hook, nil)
	return []*pulumi.ResourceHook{registered}, err
}

func (b *clusterBuilder) untilOld(births pulumi.StringArrayOutput, wait settling) error {
	texts, err := b.grants.textsThere(births)
	if err != nil {
		return err
	}
	return b.grants.settle(b.ctx.Context(), texts, wait.replacing)
}

// sameIdentities tells whether an update leaves control plane and kubelet as they are.
func sameIdentities(before, now resource.PropertyMap) bool {
	return !slices.ContainsFunc([]resource.PropertyKey{"identity", "identityProfile"}, func(key resource.PropertyKey) bool {
		return !opened(before[key]).DeepEquals(opened(now[key]))
	})
}

// checkedLate tells whether a grant gives what AKS looks for only after it has accepted the cluster (CreateOrUpdateVirtualNetworkLinkFailed
// and ApiserverSubnetConfigError come so; user reports and AKS error codes, read 2026-08).
func (b *clusterBuilder) checkedLate() bool {
	late := []rbac.CapabilityID{"private-dns-vnet-link", "apiserver-subnet", "kubenet-associate-managed-route-table"}
	for _, made := range b.before {
		if slices.ContainsFunc(made.Capabilities, func(id rbac.CapabilityID) bool { return slices.Contains(late, id) }) {
			return true
		}
	}
	return false
}
