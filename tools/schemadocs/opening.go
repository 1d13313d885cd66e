package main

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// opened is a comment that no longer begins with the Go name of what it is about. "Count is how many" becomes "How many", "Role names it"
// becomes "Names it", and "OSDiskSizeGB of the image" becomes "OS disk size GB of the image": there the name is part of the sentence.
func opened(name, text string) string {
	rest, begins := strings.CutPrefix(text, name)
	if !begins || rest == "" || unicode.IsLetter(rune(rest[0])) {
		return text
	}
	if after, colon := strings.CutPrefix(rest, ": "); colon {
		return capital(after)
	}
	verb, after, _ := strings.Cut(strings.TrimPrefix(rest, " "), " ")
	switch {
	case rest[0] == ' ' && (verb == "is" || verb == "are"):
		return capital(after)
	case rest[0] == ' ' && third(verb) != "":
		return capital(third(verb) + " " + after)
	default:
		return inWords(name) + rest
	}
}

// plural are the verbs that follow names in the plural.
var plural = []string{"name", "say", "hold", "give", "choose", "describe", "integrate", "bound", "buy", "encrypt", "let", "list"}

// third is a verb in the third person, singular; empty for what else follows a name: of, that, on.
func third(word string) string {
	bare := strings.TrimRight(word, ",")
	switch {
	case bare == "switch":
		return "switches"
	case slices.Contains(plural, bare):
		return bare + "s"
	case strings.HasSuffix(bare, "s") && !slices.Contains([]string{"as", "this", "its", "unless"}, bare):
		return word
	default:
		return ""
	}
}

// hump is a place between two words of a Go name.
var hump = regexp.MustCompile(`([a-z0-9])([A-Z])|([A-Z])([A-Z][a-rt-z])`)

// inWords is a Go name as a person writes it: AuthorizedIPRanges becomes Authorized IP ranges.
func inWords(name string) string {
	words := strings.Fields(hump.ReplaceAllString(name, "$1$3 $2$4"))
	for i, word := range words[1:] {
		if len(word) > 1 && unicode.IsLower(rune(word[1])) {
			words[i+1] = strings.ToLower(word)
		}
	}
	return strings.Join(words, " ")
}

func capital(text string) string {
	first := []rune(text)
	first[0] = unicode.ToUpper(first[0])
	return string(first)
}
