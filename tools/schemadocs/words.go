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
	return w.translate(t, opened(f.name, unwrap(f.doc)))
}

// typ translates the comment of a type.
func (w words) typ(t goType) string {
	return w.translate(t, opened(t.name, unwrap(t.doc)))
}

// translate gives Go names the names of the schema. Words that could be English stay, unless they name a field beside this one and stand
// alone: "unless Tier is Free" names a field, "Network Contributor" a role.
func (w words) translate(t goType, text string) string {
	text = docLink.ReplaceAllString(text, "$1")
	text = w.siblings(t, text)
	text = identifier.ReplaceAllStringFunc(text, func(name string) string {
		if notNames[name] || !humped.MatchString(name) && !strings.Contains(name, ".") {
			return name
		}
		return w.name(t, name)
	})
	text = placeholder.ReplaceAllStringFunc(text, func(name string) string {
		bare := strings.TrimRight(name, ".,")
		return quoted(bare) + name[len(bare):]
	})
	return page.ReplaceAllString(text, "[$0](https://github.com/aksidentity/pulumi-aksidentity/blob/main/$0)")
}

var (
	// alone is a capitalised word inside a sentence that is no part of a name of several words.
	alone = regexp.MustCompile(`([a-z,:] (?:\()?)([A-Z][a-z]+)([ ,;:.)]|$)`)
	// placeholder is a text with a part in angle brackets, which Markdown would take for HTML.
	placeholder = regexp.MustCompile(`[\w-]*<[a-zA-Z ]+>[\w./<>*-]*`)
	// page is a page of the documentation.
	page = regexp.MustCompile(`docs/[\w/-]+\.md`)
)

// siblings quotes the one-word names of the type's other fields.
func (w words) siblings(t goType, text string) string {
	names := map[string]string{}
	for _, f := range t.fields {
		names[f.name] = f.property
	}
	var out strings.Builder
	for {
		at := alone.FindStringSubmatchIndex(text)
		if at == nil {
			return out.String() + text
		}
		property, known := names[text[at[4]:at[5]]]
		if next := text[at[5]:]; !known || notNames[text[at[4]:at[5]]] || len(next) > 1 && next[0] == ' ' && next[1] >= 'A' && next[1] <= 'Z' {
			out.WriteString(text[:at[5]])
		} else {
			out.WriteString(text[:at[4]] + quoted(property))
		}
		text = text[at[5]:]
	}
}

// name translates one name. A type of arguments is not named: which of them it is, is clear from the property.
func (w words) name(t goType, name string) string {
	parts := strings.Split(name, ".")
	whose := ""
	if w.types[parts[0]] && strings.HasSuffix(parts[0], "Args") {
		if parts[0] == "ManagedIdentityClusterArgs" && t.name != parts[0] {
			whose = " of the cluster"
		}
		if parts = parts[1:]; len(parts) == 0 {
			return strings.TrimSuffix(name, "Args")
		}
	}
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
	return quoted(strings.Join(parts, ".")) + whose
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
