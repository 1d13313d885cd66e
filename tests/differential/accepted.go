package differential

import (
	"regexp"
	"slices"
)

// exception is a difference that may occur, with the reason.
type exception struct {
	of     kind
	places *regexp.Regexp
	reason string
}

// accepted are all differences between the real provider and ours that may occur, say
//
//	{inState, regexp.MustCompile(`^ManagedCluster .*: output azureApiVersion$`), "the SDK 2.92.3 does not have this output"},
//
// The real provider has not been run yet: who does so first adds what is found.
func accepted() []exception {
	return []exception{
		{inState, regexp.MustCompile(`: output (systemData\.(createdAt|lastModifiedAt)|createdOn|updatedOn|creationDate)$`),
			"the simulated time passes while programs wait, and the two deployments do not wait at the same moments"},
	}
}

func (e exception) covers(d difference) bool { return e.of == d.kind && e.places.MatchString(d.place) }

// judge tells differences that are accepted from those that are not.
func judge(all []difference, exceptions []exception) (excused map[string][]difference, others []difference) {
	excused = map[string][]difference{}
	for _, d := range all {
		i := slices.IndexFunc(exceptions, func(e exception) bool { return e.covers(d) })
		if i < 0 {
			others = append(others, d)
			continue
		}
		excused[exceptions[i].reason] = append(excused[exceptions[i].reason], d)
	}
	return excused, others
}
