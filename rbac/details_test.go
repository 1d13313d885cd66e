package rbac

import (
	"slices"
	"strings"
	"testing"
)

// TestWordsOfIDs: from the first to the last letter and digit, and what stands next to them.
func TestWordsOfIDs(t *testing.T) {
	for word, is := range map[string]bool{
		"azAZ09": true, "Microsoft.Network": true, "a-b_c": true, "": false, "a:b": false, "a/b": false, "a b": false, "a@b": false, "a[b": false, "a`b": false, "a{b": false, "ä": false,
	} {
		if isWord(word) != is {
			t.Errorf("%q: %v", word, !is)
		}
	}
}

// TestPatternsWithoutAStarMatchThemselves: nothing is skipped where there is no star.
func TestPatternsWithoutAStarMatchThemselves(t *testing.T) {
	for _, tc := range []struct {
		pattern, text string
		covers        bool
	}{
		{"ab/read", "ab/read", true}, {"ab/read", "xy/read", false}, {"ab/read", "abb/read", false}, {"a*/read", "ab/read", true}, {"*", "", true}, {"", "a", false},
	} {
		if covers(tc.pattern, tc.text) != tc.covers {
			t.Errorf("%q and %q: %v", tc.pattern, tc.text, !tc.covers)
		}
	}
}

// TestUnverifiedRolesAreLeftOut: and those after them are read.
func TestUnverifiedRolesAreLeftOut(t *testing.T) {
	roles, err := readRoles([]byte(`{"roles": [
		{"name": "one", "id": "11111111-1111-1111-1111-111111111111"},
		{"name": "two", "id": "22222222-2222-2222-2222-222222222222", "verified": true}
	]}`))
	if err != nil || len(roles) != 1 || roles[0].Name != "two" {
		t.Errorf("got %v, %v", roles, err)
	}
}

// TestAsManyDataActionsAsActions: a role that gives both covers one of each.
func TestAsManyDataActionsAsActions(t *testing.T) {
	tried := 0
	for _, r := range BuiltinRoles() {
		if len(r.Permissions.Actions) == 0 || len(r.Permissions.DataActions) == 0 || len(r.Permissions.NotDataActions) > 0 {
			continue
		}
		tried++
		found := BuiltinRolesThatCover(r.Permissions.Actions[:1], r.Permissions.DataActions[:1])
		if !slices.ContainsFunc(found, func(f Role) bool { return strings.EqualFold(string(f.ID), string(r.ID)) }) {
			t.Errorf("%s covers its own actions", r.Name)
		}
	}
	if tried == 0 {
		t.Error("no built-in role has both")
	}
}
