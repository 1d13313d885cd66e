package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// AdoptedResource compares what a program sends about a resource with the one that exists in Azure, so that it is taken over as it
// is. What the arguments say has to be true; what they do not say stays as it was found, the component's defaults too.
//
// Values are as JSON has them: text, float64, bool, []any, map[string]any; and [Unknown].
type AdoptedResource struct {
	// Rules are those of its type: [AdoptedCluster] or [AdoptedPool].
	Rules AdoptionRules
	// At is the argument that describes the resource: systemPool, pools[1]; empty for a cluster.
	At Path
	// Name is what messages call it: the pool web.
	Name string
	// Found is what Azure has, as inputs in azure-native's spelling; Sent is what the program would send.
	Found, Sent map[string]any
	// Given tells whether the program gives an argument, by its path.
	Given func(Path) bool
	// Taking is the deployment that takes it over. Later ones may change what the arguments say.
	Taking bool
}

// Unknown stands for a value that is not known yet, or that nobody is to see.
type Unknown struct{}

// Left are the properties that stay as they were found, as paths of names; Problems what keeps the resource from being taken over.
func (a AdoptedResource) Left() ([][]string, Problems) {
	w := &adoptionWalk{AdoptedResource: a}
	w.objects(nil, a.Found, a.Sent)
	return w.left, w.check.list.sorted()
}

// adoptionWalk goes through both sides at once.
type adoptionWalk struct {
	AdoptedResource
	left  [][]string
	check problems
	// changes are what a deployment would change.
	changes int
}

func (w *adoptionWalk) leave(at []string) { w.left = append(w.left, at) }

// change is what a deployment would change: a mistake while the resource is taken over, and Pulumi's business afterwards.
func (w *adoptionWalk) change(rule adoptionRule, what, fix string) {
	w.changes++
	if w.Taking {
		w.check.add(rule.path(w.At), w.Name+" "+what, fix)
	}
}

func (w *adoptionWalk) objects(at []string, found, sent map[string]any) {
	meant := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		other := keyIn(found, key)
		meant[other] = true
		if other != key {
			w.otherLetters(at, key, other, found[other], sent[key])
			continue
		}
		w.values(below(at, key), found[key], sent[key])
	}
	for _, key := range slices.Sorted(maps.Keys(found)) {
		if !meant[key] {
			w.values(below(at, key), found[key], nil)
		}
	}
}

func below(at []string, key string) []string { return append(slices.Clone(at), key) }

// keyIn is the key as the object has it. Azure answers those of add-ons in other letters than they are sent in.
func keyIn(object map[string]any, key string) string {
	if _, exact := object[key]; exact {
		return key
	}
	for other := range object {
		if strings.EqualFold(key, other) {
			return other
		}
	}
	return key
}

// otherLetters compares what has the same key in other letters. Without a change the key stays that of Azure.
func (w *adoptionWalk) otherLetters(at []string, key, other string, found, sent any) {
	left, changes := w.left, w.changes
	w.values(below(at, key), found, sent)
	if w.changes == changes {
		w.left = left
		w.leave(below(at, key))
		w.leave(below(at, other))
	}
}

func (w *adoptionWalk) values(at []string, found, sent any) {
	rule := w.Rules.of(at)
	if isEmpty(found) {
		found = nil // so does azure-native 2.92.3 when it imports
	}
	switch {
	case found == nil && sent == nil:
	case sent == nil:
		w.unsaid(at, rule, found)
	case found == nil:
		w.absent(at, sent)
	default:
		w.both(at, rule, found, sent)
	}
}

// unsaid is what Azure has and the program does not mention.
func (w *adoptionWalk) unsaid(at []string, rule adoptionRule, found any) {
	if object, isObject := found.(map[string]any); isObject && w.Rules.haveToBeSaidIn(at) {
		left, changes := w.left, w.changes
		w.objects(at, object, nil)
		if w.changes == changes {
			w.left = append(left, at) // nothing of it can be left inside an object that is not sent
		}
		return
	}
	switch {
	case rule.hasToBeSaid && !rule.saysNothing(found):
		w.change(rule, fmt.Sprintf("has %s, and the arguments do not say it", shown(found)), rule.sayIt(w.At, found))
	default:
		w.leave(at)
	}
}

// absent is what the program would add. An object that is not there is left out as a whole, or not at all.
func (w *adoptionWalk) absent(at []string, sent any) {
	counts := false
	eachLeaf(at, sent, func(at []string, value any) {
		rule := w.Rules.of(at)
		switch {
		case isUnknown(value):
			counts = true
		case !rule.saysNothing(value) && w.decides(rule):
			counts = true
			w.change(rule, fmt.Sprintf("has no %s, and the program would make it %s", strings.Join(at, "."), shown(value)), rule.leaveIt(w.At))
		}
	})
	if !counts {
		w.leave(at)
	}
}

// eachLeaf calls for each value that is no object.
func eachLeaf(at []string, value any, call func([]string, any)) {
	object, isObject := value.(map[string]any)
	if !isObject {
		call(at, value)
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		eachLeaf(below(at, key), object[key], call)
	}
}

// decides tells whether what the program sends counts: an argument says it, or it is a default that cannot give way.
func (w *adoptionWalk) decides(rule adoptionRule) bool {
	return rule.firm || rule.argument == "" || w.Given(rule.path(w.At))
}

func (w *adoptionWalk) both(at []string, rule adoptionRule, found, sent any) {
	existing, wasObject := found.(map[string]any)
	if _, isList := sent.([]any); isList && wasObject {
		found, wasObject = keysOf(existing), false // identities are sent as a list, and answered as a map
	}
	inside, isObject := sent.(map[string]any)
	switch {
	case isObject && wasObject:
		w.objects(at, existing, inside)
	case isUnknown(sent) || equal(found, sent):
	case rule.same(found, sent), !w.decides(rule):
		w.leave(at)
	default:
		w.change(rule, fmt.Sprintf("has %s, and the program would make it %s", shown(found), shown(sent)), rule.sayIt(w.At, found))
	}
}

func isEmpty(value any) bool {
	switch value := value.(type) {
	case map[string]any:
		return len(value) == 0
	case []any:
		return len(value) == 0
	default:
		return false
	}
}

func keysOf(object map[string]any) any {
	keys := []any{}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		keys = append(keys, key)
	}
	return keys
}

func isUnknown(value any) bool {
	if list, isList := value.([]any); isList {
		return slices.ContainsFunc(list, isUnknown)
	}
	_, late := value.(Unknown)
	return late
}
