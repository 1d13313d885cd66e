package azurenative

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// change is one difference between old and new inputs.
type change struct {
	path resource.PropertyPath
	kind pulumirpc.PropertyDiff_Kind // ADD, DELETE or UPDATE
}

func (c change) top() string { return c.path[0].(string) }

// Diff compares old inputs with new inputs. Outputs decide only whether an added property is a replacement.
func (p *provider) Diff(_ context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	state, err := read("olds", req.Olds)
	if err != nil {
		return nil, err
	}
	olds, err := oldInputs(req.OldInputs, state)
	if err != nil {
		return nil, err
	}
	news, err := read("news", req.News)
	if err != nil {
		return nil, err
	}
	r, err := p.typeOf(resource.URN(req.Urn).Type().String(), news)
	if err != nil {
		return nil, err
	}
	return r.diffResponse(r.changes(olds, news), olds, news, state), nil
}

func (r *resourceType) diffResponse(changes []change, olds, news, state resource.PropertyMap) *pulumirpc.DiffResponse {
	resp := &pulumirpc.DiffResponse{
		Changes:         pulumirpc.DiffResponse_DIFF_NONE,
		HasDetailedDiff: true,
		DetailedDiff:    map[string]*pulumirpc.PropertyDiff{},
	}
	tops, replaces := map[string]bool{}, map[string]bool{}
	for _, c := range changes {
		resp.Changes = pulumirpc.DiffResponse_DIFF_SOME
		tops[c.top()] = true
		kind := c.kind
		if r.changeReplaces(c, news, state) {
			kind++ // ADD -> ADD_REPLACE, and so on
			replaces[c.top()] = true
		}
		resp.DetailedDiff[c.path.String()] = &pulumirpc.PropertyDiff{Kind: kind, InputDiff: true}
	}
	resp.Diffs = slices.Sorted(maps.Keys(tops))
	resp.Replaces = slices.Sorted(maps.Keys(replaces))
	resp.DeleteBeforeReplace = len(replaces) > 0 && !olds.HasValue(createBeforeDelete)
	return resp
}

// changeReplaces tells whether a change replaces the resource. A top-level property that is newly given with the value
// that the resource already has does not.
func (r *resourceType) changeReplaces(c change, news, state resource.PropertyMap) bool {
	if !r.replaces(c.top()) {
		return false
	}
	if c.kind != pulumirpc.PropertyDiff_ADD || len(c.path) > 1 {
		return true
	}
	key := resource.PropertyKey(c.top())
	current, has := state[key]
	return !has || !open(news[key]).DeepEquals(open(current))
}

// changes compares inputs; keys that begin with "__" are internal and ignored.
func (r *resourceType) changes(olds, news resource.PropertyMap) []change {
	c := &comparison{r: r}
	c.objects(nil, olds, news)
	return c.changes
}

type comparison struct {
	r       *resourceType
	changes []change
}

func (c *comparison) add(path resource.PropertyPath, kind pulumirpc.PropertyDiff_Kind) {
	c.changes = append(c.changes, change{path: slices.Clone(path), kind: kind})
}

func (c *comparison) objects(path resource.PropertyPath, olds, news resource.PropertyMap) {
	keys := maps.Clone(olds)
	if keys == nil {
		keys = resource.PropertyMap{}
	}
	maps.Copy(keys, news)
	for _, key := range keys.StableKeys() {
		if strings.HasPrefix(string(key), "__") {
			continue
		}
		at := append(slices.Clone(path), string(key))
		before, after := given(olds, key), given(news, key)
		switch {
		case before && after:
			c.values(at, olds[key], news[key])
		case before:
			c.add(at, pulumirpc.PropertyDiff_DELETE)
		case after && !c.isDefault(at, news[key]):
			c.add(at, pulumirpc.PropertyDiff_ADD)
		}
	}
}

func (c *comparison) values(path resource.PropertyPath, before, after resource.PropertyValue) {
	before, after = open(before), open(after)
	switch {
	case before.IsObject() && after.IsObject():
		c.objects(path, before.ObjectValue(), after.ObjectValue())
	case before.IsArray() && after.IsArray():
		c.arrays(path, before.ArrayValue(), after.ArrayValue())
	case after.IsComputed() || after.IsOutput():
		c.add(path, pulumirpc.PropertyDiff_UPDATE)
	case !before.DeepEquals(after) && !c.soft(path, before, after):
		c.add(path, pulumirpc.PropertyDiff_UPDATE)
	}
}

// arrays compares by position: the AKS API declares no identifier fields.
func (c *comparison) arrays(path resource.PropertyPath, before, after []resource.PropertyValue) {
	for i := range max(len(before), len(after)) {
		at := append(slices.Clone(path), i)
		switch {
		case i >= len(before):
			c.add(at, pulumirpc.PropertyDiff_ADD)
		case i >= len(after):
			c.add(at, pulumirpc.PropertyDiff_DELETE)
		default:
			c.values(at, before[i], after[i])
		}
	}
}

// soft tells the differences that are none: case of the resource group, case and spaces of the location, and AKS's two
// renamed SKU names.
func (c *comparison) soft(path resource.PropertyPath, before, after resource.PropertyValue) bool {
	if !before.IsString() || !after.IsString() {
		return false
	}
	a, b := before.StringValue(), after.StringValue()
	switch path.String() {
	case groupInput:
		return strings.EqualFold(a, b)
	case locationInput:
		return region(a) == region(b)
	case "sku.name":
		return c.r.is(cluster) && sameSKU(a, b, "Basic", "Base")
	case "sku.tier":
		return c.r.is(cluster) && sameSKU(a, b, "Paid", "Standard")
	default:
		return false
	}
}

func sameSKU(a, b, former, current string) bool {
	return a == former && b == current || a == current && b == former
}

func region(location string) string {
	return strings.ToLower(strings.ReplaceAll(location, " ", ""))
}

// isDefault: adding a property with its default is no change. The Go SDK sends most defaults itself.
func (c *comparison) isDefault(path resource.PropertyPath, added resource.PropertyValue) bool {
	value, ok := c.r.defaultAt(path)
	return ok && open(added).DeepEquals(resource.NewPropertyValue(value))
}

// open takes a secret's value out.
func open(v resource.PropertyValue) resource.PropertyValue {
	for v.IsSecret() {
		v = v.SecretValue().Element
	}
	return v
}
