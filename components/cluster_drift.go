package components

import (
	"context"
	"maps"
	"slices"
	"strings"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// What AKS does by itself to a cluster and its pools a refresh brings into the state: all pools in the cluster, versions after an
// automatic upgrade. What is here keeps that from being taken back, without ignoring what the program changes. It needs what was
// deployed last (docs/decisions/0004).

// settled leaves to AKS what AKS has done to the cluster. It is a transform, because what is sent is known only there.
func (b *clusterBuilder) settled() []pulumi.ResourceOption {
	return transformed(func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		before, found := b.grants.settledInputs(ctx, args.Type, "")
		if found == deployedUnknown {
			return nil
		}
		now := sentAs(ctx, args.Props).ObjectValue()
		args.Opts.IgnoreChanges = b.settledProperties(before, now, found, slices.Clone(args.Opts.IgnoreChanges))
		if found == deployedAlready && !slices.Contains(args.Opts.IgnoreChanges, inlinePools) {
			b.sendNodes(args, before)
		}
		return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
	})
}

func (b *clusterBuilder) settledProperties(before, now resource.PropertyMap, found deployed, ignored []string) []string {
	ignored = append(ignored, b.upgraded("kubernetesVersion", before, now)...)
	if was, is := folded(before[addonsInput]), folded(now[addonsInput]); len(is) > 0 && was.DeepEquals(is) {
		ignored = append(ignored, addonsInput)
	}
	if sameIdentity(before[identityInput], now[identityInput]) {
		ignored = append(ignored, identityInput)
	}
	for i, pool := range poolsIn(now) {
		for _, was := range poolsNamed(before[inlinePools], pool) {
			path := resource.PropertyPath{inlinePools, i}.String() + "."
			for _, property := range b.upgraded(poolVersion, was.ObjectValue(), pool.ObjectValue()) {
				ignored = append(ignored, path+property)
			}
		}
	}
	// What a refresh found in the list of pools is left alone as long as nothing else changes; then nothing is sent. As soon as
	// something does, the list is sent as the program has it, with the system pool only: the rest may be out of date by then, and
	// would set a pool back.
	if found == deployedNot || sameButPools(before, now, ignored) {
		return append(ignored, inlinePools)
	}
	return ignored
}

// inlineCount is the count of the system pool, which is ignored when an autoscaler sets it.
const inlineCount = inlinePools + "[0].count"

// sendNodes puts in the place of an ignored count the one that there is. What is ignored is sent as the last refresh found it, and AKS
// refuses to scale an autoscaled pool. Where Azure does not tell, the ignored count stays.
func (b *clusterBuilder) sendNodes(args *pulumi.ResourceTransformArgs, before resource.PropertyMap) {
	sent, isMap := systemPoolIn(args.Props)
	at := slices.Index(args.Opts.IgnoreChanges, inlineCount)
	if at < 0 || !isMap || !before["resourceGroupName"].IsString() || !before["resourceName"].IsString() {
		return
	}
	answer, err := aks.LookupAgentPool(b.ctx, &aks.LookupAgentPoolArgs{
		ResourceGroupName: before["resourceGroupName"].StringValue(), ResourceName: before["resourceName"].StringValue(),
		AgentPoolName: b.effective.SystemPool.Name,
	}, pulumi.Parent(b.component))
	if err != nil || answer.Count == nil {
		return
	}
	args.Opts.IgnoreChanges = slices.Delete(args.Opts.IgnoreChanges, at, at+1)
	sent = maps.Clone(sent)
	sent["count"] = pulumi.Int(*answer.Count)
	args.Props = withSystemPool(args.Props, sent)
}

// systemPoolIn is the system pool in what is sent with a cluster: the first of the pools. There is none while the list is late.
func systemPoolIn(cluster pulumi.Map) (pulumi.Map, bool) {
	pools, _ := cluster[inlinePools].(pulumi.Array)
	if len(pools) == 0 {
		return nil, false
	}
	system, known := pools[0].(pulumi.Map)
	return system, known
}

// withSystemPool is what is sent with another system pool.
func withSystemPool(cluster, system pulumi.Map) pulumi.Map {
	pools, _ := cluster[inlinePools].(pulumi.Array)
	out := maps.Clone(cluster)
	out[inlinePools] = append(pulumi.Array{system}, pools[1:]...)
	return out
}

const addonsInput = "addonProfiles"

// folded is an object with its keys in lower case: Azure has answered the keys of add-ons in more than one, and a refresh takes them
// over.
func folded(value resource.PropertyValue) resource.PropertyMap {
	if !value.IsObject() {
		return nil
	}
	out := resource.PropertyMap{}
	for key, field := range value.ObjectValue() {
		out[resource.PropertyKey(strings.ToLower(string(key)))] = field
	}
	return out
}

const identityInput = "identity"

// sameIdentity tells whether a cluster keeps its identity: Azure answers the ID of a user-assigned one in letters of its own, and a
// refresh takes them over.
func sameIdentity(before, now resource.PropertyValue) bool {
	if !before.IsObject() || !now.IsObject() || !before.ObjectValue()["type"].DeepEquals(now.ObjectValue()["type"]) {
		return false
	}
	was, is := before.ObjectValue()[userAssignedInput], now.ObjectValue()[userAssignedInput]
	return was.IsArray() && is.IsArray() && slices.EqualFunc(was.ArrayValue(), is.ArrayValue(), sameID)
}

const userAssignedInput = "userAssignedIdentities"

const (
	poolToken   = "azure-native:containerservice/v20250101:AgentPool"
	poolVersion = "orchestratorVersion"
)

// settledPool names the properties of a further pool that AKS has changed by itself. A transform would not do here: Pulumi's Go SDK
// (v3.259.0) drops DeletedWith on its way through one. So a version that is known late counts as a newer one.
func (b *clusterBuilder) settledPool(pool *NodePoolArgs) []string {
	if !b.effective.Upgrade.UpgradesVersions() {
		return nil // nothing to ask the engine for
	}
	now := resource.PropertyMap{}
	if !isNil(pool.KubernetesVersion) {
		version, known := valueOf[string](pool.KubernetesVersion).Get()
		if !known {
			return nil
		}
		now[poolVersion] = resource.NewProperty(version)
	}
	before, _ := b.grants.settledInputs(b.ctx.Context(), poolToken, "-"+pool.Name)
	return b.upgraded(poolVersion, before, now)
}

// upgraded is the property with the version, if AKS upgrades by itself and has gone at least as far as the program asks.
func (b *clusterBuilder) upgraded(property resource.PropertyKey, before, now resource.PropertyMap) []string {
	running, asked := before[property], now[property]
	if !b.effective.Upgrade.UpgradesVersions() || !running.IsString() {
		return nil
	}
	if _, given := now[property]; !given || asked.IsString() && plan.HasVersion(running.StringValue(), asked.StringValue()) {
		return []string{string(property)}
	}
	return nil
}

// sameButPools tells whether a cluster would be sent as it was deployed, but for pools that the program does not declare in it.
func sameButPools(before, now resource.PropertyMap, ignored []string) bool {
	before, now = before.Copy(), now.Copy()
	declared := []resource.PropertyValue{}
	for _, pool := range poolsIn(now) {
		declared = append(declared, poolsNamed(before[inlinePools], pool)...)
	}
	before[inlinePools] = resource.NewProperty(declared)
	for _, text := range ignored {
		if path, err := resource.ParsePropertyPath(text); err == nil {
			path.Reset(before, now)
		}
	}
	for key := range before {
		_, given := now[key]
		filledIn := key == "resourceName" || key == "location" // by azure-native, when the program does not say
		if strings.HasPrefix(string(key), "__") || filledIn && !given {
			delete(before, key)
		}
	}
	return before.DeepEquals(now)
}

// poolsIn are the pools that are sent with a cluster.
func poolsIn(cluster resource.PropertyMap) (pools []resource.PropertyValue) {
	if !cluster[inlinePools].IsArray() {
		return nil
	}
	for _, pool := range cluster[inlinePools].ArrayValue() {
		if pool.IsObject() {
			pools = append(pools, pool)
		}
	}
	return pools
}

// poolsNamed are those pools of a list that have a pool's name.
func poolsNamed(list, like resource.PropertyValue) (pools []resource.PropertyValue) {
	for _, pool := range poolsIn(resource.PropertyMap{inlinePools: list}) {
		if name := pool.ObjectValue()["name"]; name.IsString() && name.DeepEquals(like.ObjectValue()["name"]) {
			pools = append(pools, pool)
		}
	}
	return pools
}
