package plan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// AdoptionRules say which arguments decide what of a resource.
type AdoptionRules []adoptionRule

// adoptionRule is about one property of a resource, and what lies below it.
type adoptionRule struct {
	// property in azure-native's spelling, as networkProfile.networkPlugin.
	property string
	// argument that decides it, below the argument that describes the resource. Without one nothing but the component decides.
	argument Path
	// fixed: another value takes a new resource.
	fixed bool
	// firm: a default of the component does not give way to what there is, for what the plan decides depends on it.
	firm bool
	// hasToBeSaid: when Azure has it, the arguments have to have it too, for grants depend on it.
	hasToBeSaid bool
	// absent is what it means that Azure answers nothing.
	absent any
	// say is how to say it where the value alone will not do.
	say string
	// exact: letters count, as in a tag.
	exact bool
}

// of is the rule with the longest path that holds at a property; one that says nothing when there is none.
func (rules AdoptionRules) of(at []string) adoptionRule {
	path, found := strings.Join(at, "."), adoptionRule{}
	for _, rule := range rules {
		if (path == rule.property || strings.HasPrefix(path, rule.property+".")) && len(rule.property) > len(found.property) {
			found = rule
		}
	}
	if found.property == "" {
		found.property = path
	}
	return found
}

// haveToBeSaidIn tells whether something inside an object has to be said.
func (rules AdoptionRules) haveToBeSaidIn(at []string) bool {
	return slices.ContainsFunc(rules, func(r adoptionRule) bool {
		return r.hasToBeSaid && strings.HasPrefix(r.property, strings.Join(at, ".")+".")
	})
}

// path is that of the argument; a property without one is named as azure-native names it.
func (r adoptionRule) path(at Path) Path {
	return at.Field(string(cmp.Or(r.argument, Path(r.property))))
}

func (r adoptionRule) sayIt(at Path, found any) string {
	switch {
	case r.say != "":
		return r.say
	case r.fixed:
		return fmt.Sprintf("say %s: %s; another value takes a new resource.", r.path(at), shown(found))
	default:
		return fmt.Sprintf("say %s: %s, or leave it out, and change it once it is taken over.", r.path(at), shown(found))
	}
}

func (r adoptionRule) leaveIt(at Path) string {
	return cmp.Or(r.say, fmt.Sprintf("leave %s out, and give it once it is taken over.", r.path(at)))
}

// saysNothing tells whether a value is the same as none.
func (r adoptionRule) saysNothing(value any) bool {
	if r.absent != nil {
		return r.same(r.absent, value)
	}
	v := reflect.ValueOf(value)
	switch v.Kind() {
	case reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Bool:
		return !v.Bool()
	default:
		return false
	}
}

// same tells whether Azure means the same: it answers IDs and names of its own in other letters, a version in full, and lists of
// text in any order.
func (r adoptionRule) same(found, sent any) bool {
	switch sent := sent.(type) {
	case string:
		text, isText := found.(string)
		return isText && r.sameText(text, sent)
	case []any:
		list, isList := found.([]any)
		return isList && r.sameList(list, sent)
	case map[string]any:
		object, isObject := found.(map[string]any)
		return isObject && r.sameObject(object, sent)
	default:
		return found == sent
	}
}

func (r adoptionRule) sameText(found, sent string) bool {
	switch {
	case r.exact:
		return found == sent
	case r.property == "location":
		found, sent = strings.ReplaceAll(found, " ", ""), strings.ReplaceAll(sent, " ", "")
	case strings.HasSuffix(r.property, "Version") && strings.HasPrefix(found, sent+"."):
		return true // 1.30 is asked for, 1.30.4 is what there is
	}
	return strings.EqualFold(found, sent)
}

func (r adoptionRule) sameList(found, sent []any) bool {
	return len(found) == len(sent) && !slices.ContainsFunc(sent, func(value any) bool {
		return !slices.ContainsFunc(found, func(other any) bool { return r.same(other, value) })
	})
}

func (r adoptionRule) sameObject(found, sent map[string]any) bool {
	for key, value := range sent {
		if !r.same(found[keyIn(found, key)], value) {
			return false
		}
	}
	return len(found) == len(sent)
}

func equal(a, b any) bool { return reflect.DeepEqual(a, b) }

// shown is a value in a message: text as it is, anything else as JSON.
func shown(value any) string {
	if text, isText := value.(string); isText {
		return text
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
