package azuresim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// place says at which scope of a target an action is exercised.
type place int

const (
	atTarget    place = iota
	atGroup           // the resource group of the target: whatever is listed or created there
	atNetwork         // the virtual network of a subnet
	atNodeGroup       // the cluster's node resource group
	atCluster
)

// step is one thing an operation does.
type step struct {
	at      place
	actions []string
	data    []string
}

// operation is a capability as the simulator performs it.
type operation struct {
	actor   actor
	targets []string // types of the target; none: the cluster itself, and the target is not read
	steps   []step
	byMode  map[string][]step // instead of steps, by the mode of the target registry
	linked  bool              // writes the target subnet, which needs join on all that it refers to
	ownType bool              // only the actions of the target's own type are needed
	vault   []string          // access-policy kind and permissions that do the same, for a vault without RBAC
	key     keyInUse          // which key of a vault is used: a grant on the key is enough
	note    string            // why it cannot be performed, for the few that the simulator does not know
}

// keyInUse tells the identifier of the key that a cluster uses, "" when it uses none.
type keyInUse func(c *Cloud, cluster *resource) string

func etcdKey(_ *Cloud, cluster *resource) string {
	return text(cluster.Body, "properties", "securityProfile", "azureKeyVaultKms", "keyId")
}

func encryptionSetKey(c *Cloud, cluster *resource) string {
	set := c.lookup(text(cluster.Body, "properties", "diskEncryptionSetID"))
	if set == nil {
		return ""
	}
	return text(set.Body, "properties", "activeKey", "keyUrl")
}

// performance is one operation on one target.
type performance struct {
	c       *Cloud
	cluster *resource
	op      operation
	target  *resource
	id      string // scope of the target, letters as stored
}

// aim finds the target. Where the operation works on a resource group, a resource of the right type stands for its group.
func (p *performance) aim(target string) error {
	if p.op.note != "" {
		return fmt.Errorf("not simulated: %s", p.op.note)
	}
	if len(p.op.targets) == 0 {
		p.id = p.cluster.ID
		return nil
	}
	id, err := parseID(target)
	if err != nil {
		return err
	}
	info, err := p.c.types.of(id)
	if err != nil {
		return err
	}
	if !slices.Contains(p.op.targets, info.name) {
		return fmt.Errorf("the target is a %s, expected %s", info.name, strings.Join(p.op.targets, " or "))
	}
	p.target = p.c.lookup(id.canonical(info))
	if p.target == nil {
		return refuse(404, CodeResourceNotFound, "", "The resource '%s' was not found.", target)
	}
	p.id = p.keyScope()
	return p.checkMode()
}

// keyScope is the scope of the target; a vault stands for the key in it that is used.
func (p *performance) keyScope() string {
	if p.op.key == nil || !isVault(p.target) {
		return p.target.ID
	}
	vault, name, ok := parseKey(p.op.key(p.c, p.cluster))
	if !ok || !strings.EqualFold(vault, p.target.Name) {
		return p.target.ID
	}
	return p.target.ID + "/keys/" + name
}

// vault is the vault of the target, nil when it has none.
func (p *performance) vault() *resource {
	if p.target == nil || len(p.op.vault) == 0 {
		return nil
	}
	return p.c.vaultOf(p.target)
}

// checkMode: a registry in ABAC mode does not honour AcrPull and the like, and the other way round. An operation that the
// mode does not have cannot be performed.
func (p *performance) checkMode() error {
	if p.op.byMode == nil || len(p.modeSteps()) > 0 {
		return nil
	}
	return fmt.Errorf("the registry's roleAssignmentMode is %q, which works with other permissions", registryMode(p.target))
}

func (p *performance) modeSteps() []step {
	if p.op.byMode == nil {
		return p.op.steps
	}
	return p.op.byMode[registryMode(p.target)]
}

func (p *performance) decide() (rbac.Decision, error) {
	principal := p.c.principalOf(p.cluster, p.op.actor)
	if principal == "" {
		return rbac.Decision{}, fmt.Errorf("the cluster has no identity for %s", p.op.actor)
	}
	asked, err := p.needs()
	if err != nil {
		return rbac.Decision{}, err
	}
	if vault := p.vault(); vault != nil {
		return p.c.evaluateVault(principal, vault, asked, p.op.vault[0], p.op.vault[1:]...), nil
	}
	return p.c.evaluate(principal, asked), nil
}

func (p *performance) needs() ([]rbac.Need, error) {
	var out []rbac.Need
	for _, s := range p.modeSteps() {
		scope, err := p.scope(s.at)
		if err != nil {
			return nil, err
		}
		out = append(out, needs(scope, p.relevant(s.actions)...)...)
		out = append(out, dataNeeds(scope, s.data...)...)
	}
	if p.op.linked {
		out = append(out, p.linkedJoins()...)
	}
	return out, nil
}

func (p *performance) relevant(actions []string) []string {
	if !p.op.ownType {
		return actions
	}
	var out []string
	for _, action := range actions {
		if strings.HasPrefix(action, p.target.Type+"/") {
			out = append(out, action)
		}
	}
	return out
}

func (p *performance) scope(at place) (string, error) {
	switch at {
	case atGroup:
		id, err := parseID(p.id)
		if err != nil {
			return "", err
		}
		return id.groupID(), nil
	case atNetwork:
		if vnet := networkOf(p.id); vnet != "" {
			return vnet, nil
		}
		return p.id, nil
	case atNodeGroup:
		return nodeGroupID(p.cluster), nil
	case atCluster:
		return p.cluster.ID, nil
	default:
		return p.id, nil
	}
}

// linkedJoins: a target that can be linked to a subnet stands for itself.
func (p *performance) linkedJoins() []rbac.Need {
	if isSubnet(p.target) {
		return linkedJoins(p.target)
	}
	return needs(p.id, p.target.Type+"/join/action")
}
