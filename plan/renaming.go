package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Renaming tells under which paths the arguments named their resources before. Names in the state are made of the user's keys:
// a grant whose former key is named keeps its place there, and nothing is made or deleted.
type Renaming struct {
	// Former are the former paths by today's: "subnets.nodes" was "subnets.workers". The last one is the oldest.
	Former map[string][]string
	// Arguments are all that can name a resource, given or not: subnets, addons.appRouting.publicDnsZoneIds, bootstrapRegistryId.
	Arguments []Path
}

// pathsOf are today's paths that a renaming can speak of.
func pathsOf(mentions []Mention) []Path {
	var paths []Path
	for _, m := range mentions {
		if m.Own == "" {
			paths = append(paths, m.Path)
		}
	}
	return paths
}

// keyed are the paths of the keys of a map.
func keyed[V any](argument Path, values map[string]V) []Path {
	var paths []Path
	for _, key := range slices.Sorted(maps.Keys(values)) {
		paths = append(paths, argument.Key(key))
	}
	return paths
}

// argumentsBefore are what arguments were called in versions that somebody may have deployed with. Their grants keep their places in the
// state: the old name is theirs by itself, and as a former path it can be named.
var argumentsBefore = map[string]string{
	"roles": "grants", // of a workload, until November 2026
}

// before is the path as it was when its argument had another name.
func before(path string) (was string, renamed bool) {
	argument := argumentOf(path)
	was, renamed = argumentsBefore[argument]
	return was + strings.TrimPrefix(path, argument), renamed
}

// keysOf are the former keys of what stands at the path today, the oldest last.
func (r Renaming) keysOf(path Path) []NamingKey {
	var keys []NamingKey
	for i, was := range append([]string{string(path)}, r.Former[string(path)]...) {
		if i > 0 {
			keys = append(keys, NamingKey(was))
		}
		if older, renamed := before(was); renamed {
			keys = append(keys, NamingKey(older))
		}
	}
	return keys
}

// onto tells mentions their former keys.
func (r Renaming) onto(mentions []Mention) []Mention {
	if len(r.Former) == 0 {
		return mentions
	}
	told := slices.Clone(mentions)
	for i, m := range told {
		told[i].renamed = r.keysOf(m.Path)
	}
	return told
}

// check reports entries that rename nothing: today's paths that are not there, and former ones that are still there, that no
// argument could have had, or that two entries claim.
func (r Renaming) check(p *problems, today ...[]Path) {
	there := pathTexts(slices.Concat(today...))
	claimed := map[string]string{}
	for _, path := range slices.Sorted(maps.Keys(r.Former)) {
		at := Path("renamedKeys").Key(path)
		switch {
		case isPool(path):
			p.add(at, "the name of a pool is its name in Azure, and Azure renames no pool", "add a pool with the new name, then take the old one out.")
		case !slices.Contains(there, path):
			p.add(at, fmt.Sprintf("nothing is called %q today", path)+meant(path, there), "give the path that it has now, as "+example(there)+".")
		case len(r.Former[path]) == 0:
			p.add(at, "it names no former path", "list the former ones, or leave the entry out.")
		}
		for i, former := range r.Former[path] {
			r.checkFormer(p, at.Index(i), path, former, there)
			if other, twice := claimed[former]; twice {
				p.add(at.Index(i), fmt.Sprintf("%q is named as the former path of %q already", former, other), "one thing has become one other; name it once.")
			}
			claimed[former] = path
		}
	}
}

func (r Renaming) checkFormer(p *problems, at Path, path, former string, there []string) {
	if slices.Contains(there, former) {
		p.add(at, fmt.Sprintf("%q is still there", former), "name a path that is gone: what keeps its key needs no entry.")
		return
	}
	argument, known := argumentOf(former), pathTexts(r.everArguments())
	if !slices.Contains(known, former) && !(slices.Contains(known, argument) && keyPattern.MatchString(strings.TrimPrefix(former, argument+"."))) {
		p.add(at, fmt.Sprintf("no argument can have been called %q", former)+meant(argument, known),
			"give the former path in full, as "+argumentOf(path)+".<former key>.")
		return
	}
	if was, is := namedBy(argument), namedBy(argumentOf(path)); was != is {
		p.add(at, fmt.Sprintf("%s cannot have become %s: %q and %q", was, is, former, path), "give a path in "+argumentOf(path)+".")
	}
}

// everArguments are the arguments by today's names and by former ones.
func (r Renaming) everArguments() []Path {
	ever := slices.Clone(r.Arguments)
	for _, argument := range r.Arguments {
		if older, renamed := argumentsBefore[string(argument)]; renamed {
			ever = append(ever, Path(older))
		}
	}
	return ever
}

// Arguments of a workload whose keys name credentials; all others name grants. The one issuer has no key.
const (
	accounts  = "serviceAccounts"
	issuers   = "issuerUrls"
	oneIssuer = "issuerUrl"
)

// namedBy is what stands below an argument.
func namedBy(argument string) string {
	switch argument {
	case accounts:
		return "a service account"
	case issuers, oneIssuer:
		return "an issuer"
	default:
		return "a grant"
	}
}

func isPool(path string) bool {
	return strings.HasPrefix(path, "pools[") || strings.HasPrefix(path, "pools.")
}

// argumentOf is a path without the user's key.
func argumentOf(path string) string {
	if at := strings.LastIndex(path, "."); at > 0 {
		return path[:at]
	}
	return path
}

func pathTexts(paths []Path) []string {
	texts := make([]string, len(paths))
	for i, path := range paths {
		texts[i] = string(path)
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

// example is a path that is there.
func example(there []string) string {
	if len(there) == 0 {
		return "subnets.nodes"
	}
	return there[0]
}
