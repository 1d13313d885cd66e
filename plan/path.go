package plan

import (
	"fmt"
	"strings"
)

// Path is the property path of an argument as a user writes it: pools[1].autoscaling.min, subnets.nodes. An argument has one
// path and no other; what stands in the name of a grant is a [NamingKey].
type Path string

// Field is the property of an object at the path.
func (p Path) Field(name string) Path {
	if p == "" {
		return Path(name)
	}
	return p + "." + Path(name)
}

// Index is an element of the list at the path, 0-based.
func (p Path) Index(i int) Path { return Path(fmt.Sprintf("%s[%d]", p, i)) }

// Key is a value of the map at the path. A key that is not a plain name is quoted.
func (p Path) Key(key string) Path {
	if key == "" || strings.ContainsAny(key, `.[]"`) {
		return p + Path(`["`+strings.ReplaceAll(key, `"`, `\"`)+`"]`)
	}
	return p.Field(key)
}

// NamingKey is the part of a grant's logical name that tells which argument it is for. Names are state: a naming key stays
// when an argument gets another path, or the grant keeps the old one among its former names.
type NamingKey string
