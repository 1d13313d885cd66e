package azurenative

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// createBeforeDelete is the hidden input that marks a randomly named resource; the diff of such a resource creates the
// replacement first.
const createBeforeDelete = "__createBeforeDelete"

// naming is how a resource without a name gets one.
type naming string

const (
	namingNone   naming = "none"
	namingRandom naming = "random" // logical name + 8 hex digits, no dash
	namingCopy   naming = "copy"   // the logical name
	namingGUID   naming = "guid"   // 32 hex digits of the seed, dashed
)

// naming follows the ARM path: GUIDs for role assignments and definitions, random names for resource groups and
// resources with one name after the provider, copies for nested resources.
func (r *resourceType) naming() naming {
	name := r.nameInput()
	switch {
	case name == "":
		return namingNone
	case name == "roleAssignmentName" || name == "roleDefinitionId":
		return namingGUID
	case !strings.Contains(r.Path, "/providers/"):
		return namingRandom
	}
	_, after, _ := strings.Cut(r.Path, "/providers/")
	if strings.Count(after, "{") == 1 {
		return namingRandom
	}
	return namingCopy
}

// nameResource gives news a name when the program gave none: the old one, or a new one.
func (r *resourceType) nameResource(olds, news resource.PropertyMap, req *pulumirpc.CheckRequest) error {
	key := resource.PropertyKey(r.nameInput())
	if key == "" || given(news, key) {
		return nil
	}
	if old, ok := olds[key]; ok && given(olds, key) {
		news[key] = old
		if flag, ok := olds[createBeforeDelete]; ok {
			news[createBeforeDelete] = flag
		}
		return nil
	}
	name, random, err := r.newName(req)
	if err != nil || name == "" {
		return err
	}
	news[key] = resource.NewProperty(name)
	if random {
		news[createBeforeDelete] = resource.NewProperty(true)
	}
	return nil
}

// newName returns a name and whether it is random. An empty name means that the project turned autonaming off.
func (r *resourceType) newName(req *pulumirpc.CheckRequest) (name string, random bool, err error) {
	logical := logicalName(req)
	config := req.GetAutonaming()
	if config != nil && config.Mode == pulumirpc.CheckRequest_AutonamingOptions_DISABLE {
		return "", false, nil
	}
	proposed := config.GetProposedName()
	switch r.naming() {
	case namingGUID:
		if proposed != "" && config.GetMode() == pulumirpc.CheckRequest_AutonamingOptions_ENFORCE {
			return proposed, true, nil
		}
		digits, err := resource.NewUniqueName(req.RandomSeed, "", 32, 0, nil)
		return dashed(digits), true, err
	case namingRandom:
		if proposed != "" {
			return proposed, true, nil
		}
		name, err := resource.NewUniqueName(req.RandomSeed, logical, 8, 0, nil)
		return name, true, err
	case namingCopy:
		if proposed != "" {
			return proposed, false, nil
		}
		return logical, false, nil
	default:
		return "", false, nil
	}
}

func logicalName(req *pulumirpc.CheckRequest) string {
	if req.Name != "" {
		return req.Name
	}
	return resource.URN(req.Urn).Name()
}

func dashed(digits string) string {
	if len(digits) != 32 {
		return digits
	}
	return strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-")
}

// given tells whether a property has a value other than null.
func given(m resource.PropertyMap, key resource.PropertyKey) bool {
	v, ok := m[key]
	return ok && !v.IsNull()
}
