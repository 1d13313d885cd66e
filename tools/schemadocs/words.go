package main

import (
	"regexp"
	"strings"
)

// words translates Go names in doc comments.
type words struct {
	types      map[string]bool
	properties map[string]string // by Go field name; "" when two types give it different names
}

// notNames are fields' names that are also values or ordinary words: "the type UserAssigned", "your public IPs". Only where a
// comment begins with its own field do they mean the field.
var notNames = map[string]bool{"UserAssigned": true, "IPs": true}

func newWords(types []goType) words {
	w := words{types: map[string]bool{}, properties: map[string]string{}}
	for _, t := range types {
		w.types[t.name] = true
		for _, f := range t.fields {
			if before, seen := w.properties[f.name]; seen && before != f.property {
				w.properties[f.name] = ""
				continue
			}
			w.properties[f.name] = f.property
		}
	}
	return w
}

var (
	// identifier is a Go name, perhaps of a field in another: Upgrade.Channel.
	identifier = regexp.MustCompile(`\b[A-Z][A-Za-z0-9]*(\.[A-Z][A-Za-z0-9]*)*\b`)
	// humped is a name that cannot be an English word: it has a capital inside, as OSType. VTPM and Count could be.
	humped = regexp.MustCompile(`[a-z0-9][A-Z]|[A-Z]{2}[a-z]`)
	// docLink is a reference in Go's doc comments: [plan.Problems].
	docLink = regexp.MustCompile(`\[([A-Za-z.]+)\]`)
)

// field translates the comment of a field, which begins with the field's name by Go's custom.
func (w words) field(t goType, f goField) string {
	text := unwrap(f.doc)
	rest, begins := strings.CutPrefix(text, f.name)
	if !begins || identifier.FindString(text) != f.name || strings.ToLower(f.property) == f.property {
		return w.translate(t, text)
	}
	return quoted(f.property) + w.translate(t, rest)
}

// translate gives Go names the names of the schema. Words that could be English stay.
func (w words) translate(t goType, text string) string {
	text = docLink.ReplaceAllString(text, "$1")
	return identifier.ReplaceAllStringFunc(text, func(name string) string {
		if notNames[name] || !humped.MatchString(name) && !strings.Contains(name, ".") {
			return name
		}
		return w.name(t, name)
	})
}

// name translates one name. Types keep theirs: in most languages arguments are called ...Args too.
func (w words) name(t goType, name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		property := w.property(t, part)
		switch {
		case i == 0 && w.types[part]:
		case property != "":
			parts[i] = property
		default:
			return name // not one of ours
		}
	}
	if len(parts) == 1 && w.types[name] {
		return name
	}
	return quoted(strings.Join(parts, "."))
}

// property prefers the type's own field.
func (w words) property(t goType, field string) string {
	for _, f := range t.fields {
		if f.name == field {
			return f.property
		}
	}
	return w.properties[field]
}

func quoted(name string) string { return "`" + name + "`" }

// unwrap joins the lines of a paragraph.
func unwrap(doc string) string {
	paragraphs := strings.Split(strings.TrimSpace(doc), "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(p), " ")
	}
	return strings.Join(paragraphs, "\n\n")
}
