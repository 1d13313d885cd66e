package components

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi-azure-native-sdk/v2/utilities"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// adoptedCluster is a cluster that exists and is taken over, or was (docs/decisions/0011-adoption.md).
type adoptedCluster struct {
	// id, in Azure's letters, while it is taken over; empty afterwards: Pulumi knows it.
	id string
	// found are its properties as inputs: as Azure answers them while it is taken over, as they were deployed last afterwards.
	found map[string]any
}

func (a *adoptedCluster) taking() bool { return a.id != "" }

const (
	clusterToken = "azure-native:containerservice/v20250101:ManagedCluster"
	lookUpOf     = "azure-native:containerservice/v20250101:get"
)

// lookAtCluster finds the cluster that is to be taken over. One that was stays so without the argument: the component's output of the
// last deployment tells.
func (b *clusterBuilder) lookAtCluster() error {
	b.grants.adopt = b.args.Adopt.shape().Assignments
	asked := b.adoptsCluster()
	if b.grants.mocked() || !asked && !b.wasAdopted() {
		return nil
	}
	before, found := b.grants.deployedInputs(b.ctx.Context(), clusterToken, "")
	switch {
	case found == deployedAlready:
		b.adopted = &adoptedCluster{found: plainObject(before)}
		return nil
	case !asked:
		return nil // the cluster is gone, and a new one is made
	default:
		return b.lookUpCluster()
	}
}

// wasAdopted tells what the component said of itself in the last deployment.
func (b *clusterBuilder) wasAdopted() bool {
	outputs, known := b.grants.deployedOutputs(b.ctx.Context(), ManagedIdentityClusterToken, "")
	return known == deployedAlready && outputs["adopted"] == true
}

func (b *clusterBuilder) lookUpCluster() error {
	group, _ := valueOf[string](b.args.ResourceGroupName).Get()
	name, _ := valueOf[string](b.args.ClusterName).Get()
	config, err := authorization.GetClientConfig(b.ctx, pulumi.Parent(b.component))
	if err != nil {
		return err
	}
	found, id, err := b.lookUp("ManagedCluster", map[string]any{"resourceGroupName": group, "resourceName": name}, aks.ManagedClusterArgs{})
	switch {
	case err != nil && isMissing.MatchString(err.Error()):
		return plan.Problems{{
			Path: "adopt.cluster", What: fmt.Sprintf("there is no cluster %s in the resource group %s of the subscription %s.", name, group, config.SubscriptionId),
			Fix: "correct clusterName, resourceGroupName or the provider's subscription; to make a new cluster leave adopt out.",
		}}
	case err != nil:
		return plan.Problems{{
			Path: "adopt.cluster", What: fmt.Sprintf("the cluster %s cannot be read: %v.", name, err), Fix: "see whether whoever deploys may read it.",
		}}
	}
	b.adopted = &adoptedCluster{found: found, id: id}
	return nil
}

// lookUp asks Azure about a resource: what of it can be sent, and its ID. The SDK's own functions would fill in defaults.
func (b *clusterBuilder) lookUp(kind string, args map[string]any, inputs pulumi.Input) (found map[string]any, id string, err error) {
	var answer map[string]any
	err = b.ctx.Invoke(lookUpOf+kind, args, &answer, utilities.PkgInvokeDefaultOpts([]pulumi.InvokeOption{pulumi.Parent(b.component)})...)
	found, _ = asInputs(answer, inputs.ElementType()).(map[string]any)
	id, _ = answer["id"].(string)
	return found, id, err
}

// taken are the options of a cluster that exists.
func (b *clusterBuilder) taken() []pulumi.ResourceOption {
	if b.adopted == nil {
		return nil
	}
	options := transformed(b.leaveAsFound)
	if b.adopted.taking() {
		options = append(options, pulumi.Import(pulumi.ID(b.adopted.id)))
	}
	return options
}

// checkTaken says what keeps the cluster from being taken over, before anything is made.
func (b *clusterBuilder) checkTaken() error {
	if b.adopted == nil || !b.adopted.taking() {
		return nil
	}
	addons, problems := b.args.Addons, b.otherProblems()
	if addons != nil && addons.Monitoring != nil {
		without := *addons
		without.Monitoring, addons = nil, &without
	}
	sent := b.grants.sentInputs(*b.clusterInputs(addons), apart...)
	_, _, found := b.compare(sent)
	return slices.Concat(problems, b.madeIdentities(sent), found).Err()
}

// apart is where a cluster and a pool are, which their IDs say.
var apart = []string{"resourceGroupName", "resourceName", "agentPoolName"}

// compare the cluster and its system pool with what would be sent: what stays as it was found, and what is wrong.
func (b *clusterBuilder) compare(sent map[string]any) ([][]string, asLeft, plan.Problems) {
	found := without(b.adopted.found, append(apart, inlinePools)...)
	left, problems := plan.AdoptedResource{
		Rules: plan.AdoptedCluster, Name: "the cluster", Found: found, Sent: without(sent, append(apart, inlinePools)...), Given: b.given,
		Taking: b.adopted.taking(),
	}.Left()
	pool, more := b.systemPoolAsFound(b.adopted.found[inlinePools], sent[inlinePools])
	return left, pool, append(problems, more...)
}

func without(object map[string]any, keys ...string) map[string]any {
	out := maps.Clone(object)
	for _, key := range keys {
		delete(out, key)
	}
	return out
}

// leaveAsFound is a transform: what is sent is known only there, additional properties too.
func (b *clusterBuilder) leaveAsFound(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
	left, pool, problems := b.compare(b.grants.sentNow(ctx, args.Props))
	if len(problems) > 0 && b.adopted.taking() {
		return &pulumi.ResourceTransformResult{Props: pulumi.Map{"adopt": failed(b.grants.refusal(problems))}, Opts: args.Opts}
	}
	args.Opts.IgnoreChanges = append(args.Opts.IgnoreChanges, pathsOf(left)...)
	if b.adopted.taking() {
		args.Opts.IgnoreChanges = append(args.Opts.IgnoreChanges, inlinePools)
	} else {
		args.Props = withPool(args.Props, pool)
	}
	return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
}

// asLeft is a pool as it was found, with the properties that stay so.
type asLeft struct {
	found map[string]any
	left  [][]string
}

// systemPoolAsFound compares the system pool, which is sent in the list of all pools.
func (b *clusterBuilder) systemPoolAsFound(found, sent any) (asLeft, plan.Problems) {
	pools, _ := sent.([]any)
	if len(pools) == 0 {
		return asLeft{}, nil
	}
	pool, _ := pools[0].(map[string]any)
	existing := poolCalled(found, b.effective.SystemPool.Name)
	if existing == nil {
		return asLeft{}, plan.Problems{{
			Path: "systemPool.name", What: fmt.Sprintf("the cluster has no pool %s; it has %s.", b.effective.SystemPool.Name, strings.Join(poolNames(found), ", ")),
			Fix: "name one whose mode is System.",
		}}
	}
	left, problems := plan.AdoptedResource{
		Rules: plan.AdoptedPool, At: "systemPool", Name: "the pool " + b.effective.SystemPool.Name, Found: existing, Sent: pool, Given: b.given,
		Taking: b.adopted.taking(),
	}.Left()
	return asLeft{found: existing, left: left}, problems
}

// otherProblems are what the comparison does not see.
func (b *clusterBuilder) otherProblems() (problems plan.Problems) {
	found := b.adopted.found
	if principal, _ := found["servicePrincipalProfile"].(map[string]any); found["identity"] == nil && principal["clientId"] != "msi" {
		problems = append(problems, plan.Problem{
			Path: "adopt.cluster", What: "the cluster runs on a service principal.", Fix: "give it a managed identity first (az aks update --enable-managed-identity).",
		})
	}
	if b.args.Addons != nil && b.args.Addons.Monitoring != nil {
		problems = append(problems, plan.Problem{
			Path: "addons.monitoring", What: "the component would make its data collection rule and association beside those that there may be.",
			Fix: "leave it out: the add-on stays as it is.",
		})
	}
	return slices.Concat(problems, b.unsaidKubelet(), b.undescribedPools())
}

// madeIdentities are those that this deployment would make: an existing cluster has others. One that an interrupted deployment made
// is known.
func (b *clusterBuilder) madeIdentities(sent map[string]any) (problems plan.Problems) {
	for _, one := range []struct {
		path     plan.Path
		property string
		inputs   *identityInputs
	}{{"identity.userAssigned", "identity", b.controlPlane}, {"kubeletIdentity.existing", "identityProfile", b.kubelet}} {
		if _, late := sent[one.property].(plan.Unknown); late && one.inputs != nil && one.inputs.created {
			problems = append(problems, plan.Problem{
				Path: one.path, What: "the component would make an identity, which the cluster does not have.", Fix: "give the identity that the cluster has.",
			})
		}
	}
	return problems
}

// unsaidKubelet is an identity of the nodes that AKS did not make, and no argument names.
func (b *clusterBuilder) unsaidKubelet() plan.Problems {
	if b.args.KubeletIdentity != nil {
		return nil
	}
	profile := resource.NewPropertyMapFromMap(map[string]any{"identityProfile": b.adopted.found["identityProfile"]})
	group, _ := b.adopted.found["nodeResourceGroup"].(string)
	nodes := kubeletOf(profile)
	if !nodes.IsString() || plan.CheckKubeletKept(nodes.StringValue(), group) == nil {
		return nil
	}
	return plan.Problems{{
		Path: "kubeletIdentity.existing", What: fmt.Sprintf("the nodes act as %s, and the arguments do not say it.", nodes.StringValue()),
		Fix: "give that identity: grants depend on it.",
	}}
}

// undescribedPools are pools of the cluster that no argument describes.
func (b *clusterBuilder) undescribedPools() (problems plan.Problems) {
	if poolCalled(b.adopted.found[inlinePools], b.effective.SystemPool.Name) == nil {
		return nil // the system pool may be one of them
	}
	for _, name := range poolNames(b.adopted.found[inlinePools]) {
		described := name == b.effective.SystemPool.Name || slices.ContainsFunc(b.effective.Pools, func(p plan.Pool) bool { return p.Name == name })
		if !described {
			problems = append(problems, plan.Problem{
				Path: "pools", What: fmt.Sprintf("the cluster has the pool %s, and the arguments do not describe it.", name),
				Fix: fmt.Sprintf("add it: {name: %s}; what you do not say of it stays as it is.", name),
			})
		}
	}
	return problems
}

// takenPool are the options of a further pool that exists. It has no transform: Pulumi's Go SDK (v3.259.0) drops DeletedWith on its
// way through one.
func (b *clusterBuilder) takenPool(i int, pool *NodePoolArgs, properties aks.AgentPoolArgs) ([]pulumi.ResourceOption, error) {
	if b.adopted == nil {
		return nil, nil
	}
	var options []pulumi.ResourceOption
	before, deployed := b.grants.deployedInputs(b.ctx.Context(), poolToken, "-"+pool.Name)
	found := plainObject(before)
	if deployed != deployedAlready {
		existing, id, err := b.lookUpPool(pool.Name)
		if err != nil || existing == nil {
			return nil, err
		}
		found, options = existing, append(options, pulumi.Import(pulumi.ID(id)))
	}
	// The type that azure-native 2.92.3 reads is that of the resource, not the input.
	found, sent := without(found, append(apart, "type")...), b.grants.sentInputs(properties, apart...)
	left, problems := plan.AdoptedResource{
		Rules: plan.AdoptedPool, At: plan.Path("pools").Index(i), Name: "the pool " + pool.Name, Found: found, Sent: sent, Given: b.given,
		Taking: deployed != deployedAlready,
	}.Left()
	more, _ := objectOf(pool.AdditionalProperties)
	left = slices.DeleteFunc(left, func(path []string) bool { _, said := more[path[0]]; return said })
	return append(options, pulumi.IgnoreChanges(pathsOf(left))), problems.Err()
}

// lookUpPool finds a pool that is to be taken over; none without the argument, or when Azure has none.
func (b *clusterBuilder) lookUpPool(name string) (map[string]any, string, error) {
	if !b.adoptsCluster() {
		return nil, "", nil
	}
	group, _ := valueOf[string](b.args.ResourceGroupName).Get()
	cluster, _ := valueOf[string](b.args.ClusterName).Get()
	found, id, err := b.lookUp("AgentPool", map[string]any{"resourceGroupName": group, "resourceName": cluster, "agentPoolName": name}, aks.AgentPoolArgs{})
	switch {
	case err != nil && isMissing.MatchString(err.Error()):
		return nil, "", nil
	case err != nil:
		return nil, "", fmt.Errorf("the pool %s cannot be read: %w", name, err)
	}
	return found, id, nil
}

func (b *clusterBuilder) adoptsCluster() bool { return b.args.Adopt.shape().Cluster }

// poolCalled is a pool in the list of a cluster; nil when there is none.
func poolCalled(list any, name string) map[string]any {
	pools, _ := list.([]any)
	for _, pool := range pools {
		if one, _ := pool.(map[string]any); one["name"] == name {
			return one
		}
	}
	return nil
}

func poolNames(list any) (names []string) {
	pools, _ := list.([]any)
	for _, pool := range pools {
		one, _ := pool.(map[string]any)
		names = append(names, fmt.Sprint(one["name"]))
	}
	return names
}

// withPool puts into the system pool what stays as it was found: the list has an order of its own in the state, so its paths cannot be
// left alone as those of the cluster are.
func withPool(props pulumi.Map, pool asLeft) pulumi.Map {
	sent, known := systemPoolIn(props)
	if !known {
		return props
	}
	for _, path := range pool.left {
		sent = withValue(sent, path, pool.found)
	}
	return withSystemPool(props, sent)
}

// withValue is the object with the value that another one has at the path, or without one when the other has none.
func withValue(in pulumi.Map, path []string, from map[string]any) pulumi.Map {
	out := maps.Clone(in)
	if out == nil {
		out = pulumi.Map{}
	}
	value, found := from[path[0]]
	inside, isObject := value.(map[string]any)
	switch {
	case len(path) > 1 && isObject:
		existing, _ := in[path[0]].(pulumi.Map)
		out[path[0]] = withValue(existing, path[1:], inside)
	case len(path) > 1:
	case found:
		out[path[0]] = inputFrom(value)
	default:
		delete(out, path[0])
	}
	return out
}
