package estate

// order is what comes before what: the dependencies of the resources.
type order struct {
	byURN map[string]Resource
	// before are all resources on which a cluster leans.
	before map[string]bool
	// after remembers whether a resource leans on a cluster.
	after map[string]bool
}

func newOrder(resources []Resource) order {
	o := order{byURN: map[string]Resource{}, before: map[string]bool{}, after: map[string]bool{}}
	for _, r := range resources {
		if _, twice := o.byURN[r.URN]; !twice || !r.Deleting {
			o.byURN[r.URN] = r
		}
	}
	for _, r := range o.byURN {
		if isCluster(r) {
			o.goBack(r.Dependencies)
		}
	}
	return o
}

func isCluster(r Resource) bool { return r.Is("containerservice", "ManagedCluster") }

func (o order) goBack(urns []string) {
	for _, urn := range urns {
		if !o.before[urn] {
			o.before[urn] = true
			o.goBack(o.byURN[urn].Dependencies)
		}
	}
}

// phase of an assignment that is before one cluster and after another is that before: it is in somebody's way.
func (o order) phase(r Resource) Phase {
	switch {
	case o.before[r.URN]:
		return BeforeCluster
	case o.leansOnCluster(r.URN):
		return AfterCluster
	default:
		return OnItsOwn
	}
}

func (o order) leansOnCluster(urn string) bool {
	if known, seen := o.after[urn]; seen {
		return known
	}
	o.after[urn] = false // a circle, which no engine writes, ends here
	for _, dependency := range o.byURN[urn].Dependencies {
		if isCluster(o.byURN[dependency]) || o.leansOnCluster(dependency) {
			o.after[urn] = true
		}
	}
	return o.after[urn]
}
