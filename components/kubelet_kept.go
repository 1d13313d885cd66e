package components

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// keepingKubelet has the engine ask, in a preview already, before a cluster is updated that is told no kubelet identity. Without
// hooks [clusterBuilder.readyWithKubelet] finds it, after an update in which AKS has changed nothing, and before anything is deleted.
func (b *clusterBuilder) keepingKubelet() ([]pulumi.ResourceOption, error) {
	if b.kubelet != nil || b.grants.hooks == nil {
		return nil, nil
	}
	hook, err := b.ctx.RegisterResourceHook(b.name+"-keeps-kubelet-"+unique(), kubeletKept, &pulumi.ResourceHookOptions{OnDryRun: true})
	return []pulumi.ResourceOption{pulumi.ResourceHooks(&pulumi.ResourceHookBinding{BeforeUpdate: []*pulumi.ResourceHook{hook}})}, err
}

func kubeletKept(args *pulumi.ResourceHookArgs) error {
	if profile, sent := args.NewInputs["identityProfile"]; sent && !profile.IsNull() {
		return nil // left alone by ignoreChanges
	}
	identity, group := kubeletOf(args.OldOutputs), opened(args.OldOutputs["nodeResourceGroup"])
	if !identity.IsString() || !group.IsString() {
		return nil
	}
	if problem := plan.CheckKubeletKept(identity.StringValue(), group.StringValue()); problem != nil {
		s := &secrets{}
		s.add(secretsIn(args.OldOutputs["identityProfile"], false)...)
		return s.hideIn(plan.Problems{*problem})
	}
	return nil
}

// kubeletOf is the ID of the nodes' identity in the outputs of a cluster. Letter case of the key is not relied on.
func kubeletOf(outputs resource.PropertyMap) resource.PropertyValue {
	profile := opened(outputs["identityProfile"])
	if !profile.IsObject() {
		return resource.PropertyValue{}
	}
	for key, identity := range profile.ObjectValue() {
		if identity = opened(identity); strings.EqualFold(string(key), "kubeletidentity") && identity.IsObject() {
			return opened(identity.ObjectValue()["resourceId"])
		}
	}
	return resource.PropertyValue{}
}

// opened is a value without what marks it as secret or late.
func opened(value resource.PropertyValue) resource.PropertyValue {
	for value.IsSecret() || value.IsOutput() {
		if value.IsSecret() {
			value = value.SecretValue().Element
		} else {
			value = value.OutputValue().Element
		}
	}
	return value
}

// readyWithKubelet is ready, and an error when the nodes act as an identity that the arguments no longer name: Pulumi then deletes
// nothing of what the cluster needs.
func (b *clusterBuilder) readyWithKubelet(ready pulumi.BoolOutput) pulumi.BoolOutput {
	if b.kubelet != nil {
		return ready
	}
	return pulumi.All(ready, kubeletRecord(b.cluster), b.cluster.NodeResourceGroup).ApplyT(func(parts []any) (bool, error) {
		group, _ := parts[2].(*string)
		if problem := plan.CheckKubeletKept(parts[1].(IdentityRecord).ResourceID, text(group)); problem != nil {
			return false, b.grants.hide(plan.Problems{*problem}, kubeletRecord(b.cluster))
		}
		return parts[0].(bool), nil
	}).(pulumi.BoolOutput)
}
