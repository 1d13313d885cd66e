package plan

import (
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Set is a closed set of values: all that an argument of one type may say.
type Set struct {
	// Name of the Go type.
	Name string
	// Description says what is chosen.
	Description string
	// Choices in the order in which they are offered.
	Choices []Choice
}

// Choice is one value of a closed set.
type Choice struct {
	// Value in Azure's spelling.
	Value string
	// Description says what choosing it means.
	Description string
}

// ClosedSet is what the types of closed sets have in common, for whoever meets one by reflection.
type ClosedSet interface {
	// Set lists the values. It does not depend on the receiver.
	Set() Set
}

// Values are the choices' values, in order.
func (s Set) Values() []string {
	values := make([]string, len(s.Choices))
	for i, choice := range s.Choices {
		values[i] = choice.Value
	}
	return values
}

type closedText interface {
	~string
	ClosedSet
}

// oneOf reports a value outside its closed set. Empty means "the default" and is allowed. A value that differs from an allowed
// one only in letter case is named as such, because Azure compares some of these literally.
func oneOf[T closedText](p *problems, path Path, value T) {
	if value == "" {
		return
	}
	text, allowed := string(value), value.Set().Values()
	for _, a := range allowed {
		switch {
		case a == text:
			return
		case strings.EqualFold(a, text):
			p.add(path, fmt.Sprintf("%q is written in another letter case than %q", text, a), fmt.Sprintf("write %q.", a))
			return
		}
	}
	p.add(path, fmt.Sprintf("%q is not a known value", text)+meant(text, allowed), "use one of "+quotedList(allowed)+".")
}

// meant asks whether one of the known words was meant; empty when none is near.
func meant(word string, known []string) string {
	near := rbac.Nearest(word, known)
	if near == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", near)
}

func quotedList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = fmt.Sprintf("%q", v)
	}
	return strings.Join(quoted, ", ")
}
