package refdocs

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const root = "../.."

// withoutExample are the arguments of which the reference has no example, each with its reason.
var withoutExample = map[string]string{}

// withoutArgument are uses that no argument names alone, each with its reason.
var withoutArgument = map[plan.Use]string{
	plan.LegacyMetrics: "it follows from the monitoring add-on's legacy mode, on the cluster itself",
}

func TestEachArgumentHasAnExample(t *testing.T) {
	found, err := Unexampled(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		if withoutExample[name] == "" {
			t.Errorf("no program of the repository is an example of %s: give it in components/reference_examples_test.go, or say here why not", name)
		}
	}
	for name, reason := range withoutExample {
		if !slices.Contains(found, name) {
			t.Errorf("%s has an example now: take it from withoutExample (%q)", name, reason)
		}
	}
}

// TestEachArgumentIsInTheReference with a heading, a type, a name in Go, and words.
func TestEachArgumentIsInTheReference(t *testing.T) {
	s, err := read(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := Pages(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	check := func(page, heading string) {
		checked++
		_, section, found := strings.Cut(pages[page], "\n### "+heading+"\n")
		section, _, _ = strings.Cut(section, "\n#")
		if !found || !strings.Contains(section, "- in Go `") || !regexp.MustCompile(`(?s)^\n[A-Z].*\n- (optional|\*\*required\*\*); [a-z\[]`).MatchString(section) {
			t.Errorf("%s does not tell of %s:\n%s", page, heading, section)
		}
	}
	for at, component := range s.spec.Resources {
		page := fileOf(strings.TrimPrefix(at, token))
		for name := range component.InputProperties {
			check(page, name)
		}
		for _, nested := range s.nested(component.InputProperties) {
			for name := range s.spec.Types[token+nested].Properties {
				check(page, nested+"."+name)
			}
		}
	}
	if checked < 300 {
		t.Errorf("only %d arguments were looked at", checked)
	}
}

// TestEachUseIsOnAPage: a grant whose argument the reference does not find would be told nowhere.
func TestEachUseIsOnAPage(t *testing.T) {
	s, err := read(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	told := map[plan.Use]bool{}
	for _, rows := range s.grants {
		for _, info := range rows {
			told[info.Use] = true
		}
	}
	for _, use := range plan.Uses() {
		reason, excused := withoutArgument[use]
		if told[use] == excused {
			t.Errorf("%s: told at an argument: %v; in withoutArgument: %v (%q)", use, told[use], excused, reason)
		}
	}
}

func TestTheDefaultStandsApart(t *testing.T) {
	cases := []struct{ name, reason, text, meaning, standard string }{
		{"none", "not everything has one", "An ID.", "An ID.", ""},
		{"behind", "the usual place", "Nodes at least. Default 1.", "Nodes at least.", "1."},
		{"with a colon", "a default that is a sentence", "Group of nodes. Default: MC_<group>. It is kept.", "Group of nodes. It is kept.", "MC_<group>."},
		{"alone", "some have nothing else", "Default true.", "", "true."},
		{"within", "a word in a sentence is none", "The Default of AKS.", "The Default of AKS.", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			meaning, standard := apart(tc.text)
			if diff := cmp.Diff([]string{tc.meaning, tc.standard}, []string{meaning, standard}); diff != "" {
				t.Errorf("%s: %s", tc.reason, diff)
			}
		})
	}
}

func TestTextIsNoMarkup(t *testing.T) {
	if got, want := escaped("MC_<group>, a|b, `<name>` and *"), "MC_\\<group>, a\\|b, `<name>` and \\*"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
