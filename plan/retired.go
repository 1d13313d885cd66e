package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// when is the path for clusters of which something holds.
func when(path Path, holds func(Cluster) bool) func(Cluster) []Path {
	return func(c Cluster) []Path {
		if !holds(c) {
			return nil
		}
		return []Path{path}
	}
}

// pools are the images of pools of which something holds.
func pools(holds func(Cluster, placedPool) bool) func(Cluster) []Path {
	return func(c Cluster) (paths []Path) {
		for _, pool := range c.pools() {
			if holds(c, pool) {
				paths = append(paths, pool.path.Field("osSku"))
			}
		}
		return paths
	}
}

// otherAddon is where an add-on is switched on by its key, in any letter case.
func otherAddon(key AddonKey) func(Cluster) []Path {
	return func(c Cluster) (paths []Path) {
		for _, given := range slices.Sorted(maps.Keys(c.Addons.Other)) {
			if c.Addons.Other[given] && strings.EqualFold(given, string(key)) {
				paths = append(paths, Path("addons.other").Key(given))
			}
		}
		return paths
	}
}

// retiredUse is a retired thing where a cluster chooses it.
type retiredUse struct {
	Retirement
	path Path
}

// retiredUses are all retired things that the cluster chooses, those whose day is to come as well.
func (c Cluster) retiredUses() (uses []retiredUse) {
	for _, r := range Retirements() {
		for _, path := range slices.Concat(r.used(c), r.addedTo(c)) {
			uses = append(uses, retiredUse{r, path})
		}
	}
	return uses
}

// addedTo are the places in additionalProperties that choose it.
func (r Retirement) addedTo(c Cluster) (paths []Path) {
	all := c.Additional
	for _, pool := range c.pools() {
		all = slices.Concat(all, pool.Additional)
	}
	for _, a := range all {
		if r.Property != "" && strings.Join(a.Keys, ".") == r.Property && (r.Value == "" || strings.EqualFold(a.Value.Or(""), r.Value)) {
			paths = append(paths, a.Path)
		}
	}
	return paths
}

// gone tells whether it is retired on the day; without one only what is gone for good is.
func (r Retirement) gone(day Day) bool { return r.Day == "" || day != "" && day >= r.Day }

// versionNoticeDays is how many days before its end a version of Kubernetes is told. Each has an end, a year after it came: a warning all
// along would be overlooked.
const versionNoticeDays = 90

// isTold tells whether it is time to warn of it: always of what goes for good, and of a version towards the end of its support.
func (r Retirement) isTold(day Day) bool {
	end, err := time.Parse(time.DateOnly, string(r.Day))
	return r.After != LeftToAzure || err != nil || day >= Day(end.AddDate(0, 0, -versionNoticeDays).Format(time.DateOnly))
}

// refuses tells whether the plan refuses it on the day. What Azure refuses by itself cannot be accepted.
func (u retiredUse) refuses(day Day, accepted []Path) bool {
	return u.gone(day) && u.After != LeftToAzure && (u.After == Gone || !slices.Contains(accepted, u.path))
}

// checkRetired refuses what is retired, and the acceptance of what is not.
func (c Cluster) checkRetired(p *problems) {
	uses := c.retiredUses()
	for _, use := range uses {
		if use.refuses(c.AsOf, c.AcceptRetired) {
			use.refuse(p)
		}
	}
	for i, path := range c.AcceptRetired {
		if slices.ContainsFunc(uses, func(u retiredUse) bool { return u.path == path }) {
			continue
		}
		p.add(Path("acceptRetired").Index(i), fmt.Sprintf("nothing retired is chosen at %q", path)+meant(string(path), pathsOfUses(uses)), "leave it out.")
	}
}

func pathsOfUses(uses []retiredUse) []string {
	out := make([]string, len(uses))
	for i, use := range uses {
		out[i] = string(use.path)
	}
	return out
}

func (u retiredUse) refuse(p *problems) {
	code, since := "", string(u.Day)
	if u.Addon != "" {
		code = "AddonInvalid"
	}
	if u.Day == "" {
		since = u.Since
	}
	fix := "use " + u.Successor + "."
	if u.After != Gone {
		fix += fmt.Sprintf(" To go on with it meanwhile, name %s in acceptRetired.", u.path)
	}
	p.refused(code, u.path, fmt.Sprintf("%s is retired since %s: %s (%s)", u.Name, since, u.After, u.told()), fix)
}

// told is the source, and what it does not say.
func (r Retirement) told() string {
	if r.Unverified == "" {
		return r.Source
	}
	return r.Source + "; not verified: " + r.Unverified
}

// retirementWarnings tell what goes, and what is retired and not refused.
func (c Cluster) retirementWarnings() (warnings []string) {
	if c.AsOf == "" {
		return nil
	}
	for _, use := range c.retiredUses() {
		switch {
		case use.refuses(c.AsOf, c.AcceptRetired) || !use.isTold(c.AsOf):
		case use.gone(c.AsOf):
			warnings = append(warnings, fmt.Sprintf("%s: %s is retired since %s: %s. Use %s (%s)", use.path, use.Name, use.Day, use.After, use.Successor, use.told()))
		default:
			warnings = append(warnings, fmt.Sprintf("%s: %s is retired from %s on: %s. Use %s (%s)", use.path, use.Name, use.Day, use.After, use.Successor, use.told()))
		}
	}
	return warnings
}
