package rbac

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParseScope(f *testing.F) {
	for _, seed := range []string{
		"", "/", "//", "/subscriptions/s", "subscriptions/s/", testGroup, testVnet, testSubnet, testManagement,
		testSubnet + "/providers/Microsoft.Authorization/roleAssignments/a1", "/providers/A.B/c/d/providers/E.F/g/h",
		"/subscriptions/s/resourceGroups/İ", "/subscriptions/<id>", "https://x/subscriptions/s", "/ſubscriptions/s",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		s, err := ParseScope(input)
		if err != nil {
			var wrong *ScopeError
			if !errors.As(err, &wrong) || wrong.Reason == "" || !s.IsZero() {
				t.Fatalf("ParseScope(%q) = %v, %v", input, s, err)
			}
			return
		}
		checkText(t, s)
		checkCase(t, s)
		if len(input) < 1000 { // the way up is quadratic, and longer ones show nothing new
			checkParents(t, s)
		}
	})
}

// checkText: parsing what String gives, with or without its slashes, gives the same scope.
func checkText(t *testing.T, s Scope) {
	for _, text := range []string{s.String(), strings.TrimPrefix(s.String(), "/"), s.String() + "/"} {
		if text == "" || text == "//" {
			continue // the tenant root without its slash, or with a second one
		}
		if again, err := ParseScope(text); err != nil || again.String() != s.String() {
			t.Fatalf("%q parses to %v, %v", text, again, err)
		}
	}
	if s.Kind() == NoScope || s.IsZero() {
		t.Fatalf("%q has no kind", s)
	}
}

// checkCase: the key is a scope too, the same one, of the same kind.
func checkCase(t *testing.T, s Scope) {
	folded, err := ParseScope(s.Key())
	if err != nil || !folded.Equal(s) || folded.Key() != s.Key() || folded.Kind() != s.Kind() {
		t.Fatalf("the key of %q is %q: %v", s, s.Key(), err)
	}
	if !folded.Contains(s) || !s.Contains(folded) {
		t.Fatalf("%q and its key do not contain each other", s)
	}
}

// checkParents: the way up ends at the tenant root, each step is a shorter scope that contains the one below.
func checkParents(t *testing.T, s Scope) {
	at := s
	for {
		parent, ok := at.Parent()
		if !ok {
			break
		}
		if again, err := ParseScope(parent.String()); err != nil || again != parent {
			t.Fatalf("the parent of %q is %q, which parses to %v, %v", at, parent, again, err)
		}
		if len(parent.String()) >= len(at.String()) || parent.Kind() > at.Kind() || !parent.Contains(s) || at.Contains(parent) {
			t.Fatalf("%q is no parent of %q", parent, at)
		}
		at = parent
	}
	if at.Kind() != Tenant {
		t.Fatalf("the way up from %q ends at %q", s, at)
	}
}

func FuzzActionMatch(f *testing.F) {
	for _, seed := range [][2]string{
		{"*", "a"},
		{"*/read", "Microsoft.Network/virtualNetworks/read"},
		{"Microsoft.Authorization/*/Write", "microsoft.authorization/roleAssignments/write"},
		{"a*b*c", "aXbXbXc"},
		{"a*b", "a*b"},
		{"**", ""},
		{"Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action", "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"},
		{"", ""},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > 200 || len(b) > 200 || !utf8.ValidString(a+b) || strings.Contains(a+b, "\x00") {
			return // slow, or not for the regular expression below
		}
		a, b = lower(a), lower(b)
		if got, want := covers(a, b), pattern(a).MatchString(strings.ReplaceAll(b, "*", "\x00")); got != want {
			t.Fatalf("covers(%q, %q) = %v, the regular expression says %v", a, b, got, want)
		}
		if covers(a, b) && !overlap(a, b) {
			t.Fatalf("%q covers %q and has nothing in common with it", a, b)
		}
		if overlap(a, b) != overlap(b, a) {
			t.Fatalf("overlap of %q and %q depends on the order", a, b)
		}
		if !strings.Contains(b, "*") && overlap(a, b) != covers(a, b) {
			t.Fatalf("without a star in %q, overlap with %q is to be the same as covers", b, a)
		}
		if !MatchAction(a, a) || !MatchAction("*", b) || MatchAction(a, b) != MatchAction(strings.ToUpper(a), b) && lower(strings.ToUpper(a)) == a {
			t.Fatalf("MatchAction(%q, %q) is wrong about itself, about everything or about letter case", a, b)
		}
		if covers(a, b) && !MatchAction(a, b) && folded(b) == b {
			t.Fatalf("MatchAction(%q, %q) takes away", a, b)
		}
	})
}

// pattern is a second, simpler reading of wildcards: each star is any text, a star of the other side is one odd character.
func pattern(entry string) *regexp.Regexp {
	parts := strings.Split(entry, "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(`(?s)\A` + strings.Join(parts, `.*`) + `\z`)
}
