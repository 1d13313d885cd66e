package rbac

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unpacked is the text of the embedded file.
func unpacked(t *testing.T) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(allBuiltinGzip))
	if err != nil {
		t.Fatal(err)
	}
	if !r.ModTime.IsZero() || r.Name != "" {
		t.Errorf("the same data would pack to other bytes next time: time %v, name %q", r.ModTime, r.Name)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestAllRolesFile: nothing stands in the file that we do not read, and nothing is written otherwise than the command in
// data/README.md writes it: reading and writing again gives the same text.
func TestAllRolesFile(t *testing.T) {
	text := unpacked(t)
	var file allRolesFile
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&file); err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	plain := json.NewEncoder(&again)
	plain.SetEscapeHTML(false)
	if err := plain.Encode(file); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytes.TrimSpace(again.Bytes()), text) {
		t.Error("the file is not what its own content compacts to")
	}
	if !strings.Contains(file.Source, "iann0036/iam-dataset") || !strings.Contains(file.Source, "2026-08-22") {
		t.Errorf("the file does not say from where and when it is: %q", file.Source)
	}
}

func TestAllBuiltinRoles(t *testing.T) {
	all := AllBuiltinRoles()
	if len(all) != 928 {
		t.Errorf("%d roles", len(all))
	}
	names, ids := map[string]bool{}, map[RoleID]bool{}
	for _, r := range all {
		if names[r.Name.key()] || ids[r.ID] || r.Name.key() == "" || !isGUID(string(r.ID)) {
			t.Errorf("%q (%s) has no name or GUID, or stands twice in the data", r.Name, r.ID)
		}
		names[r.Name.key()], ids[r.ID] = true, true
		dated := strings.Contains(r.Source, "2026-08-22")
		if !r.BuiltIn || !r.Verified || !dated || !r.AssignableAt(MustParseScope("/"), Hierarchy{}) {
			t.Errorf("%s is not marked as built-in and verified, with source and date: %+v", r.Name, r)
		}
		p := r.Permissions
		for _, entry := range slices.Concat(p.Actions, p.NotActions, p.DataActions, p.NotDataActions) {
			if entry != "*" && !strings.Contains(entry, "/") {
				t.Errorf("%s holds %q, which is no action", r.Name, entry)
			}
		}
	}
	byName := func(a, b Role) int { return strings.Compare(lower(string(a.Name)), lower(string(b.Name))) }
	if !slices.IsSortedFunc(all, byName) {
		t.Error("the roles are not sorted by name")
	}
}

// TestEmptyRoles: Azure has roles that give nothing through Azure RBAC; another one would be a mistake of the data.
func TestEmptyRoles(t *testing.T) {
	want := []RoleName{
		"Azure Center for SAP solutions Management role", "Azure Center for SAP solutions Service role for management",
		"Defender Unified RBAC Authorization Manager", "Defender Unified RBAC Authorization Reader",
	}
	var empty []RoleName
	for _, r := range AllBuiltinRoles() {
		if len(r.Permissions.Actions)+len(r.Permissions.DataActions) == 0 {
			empty = append(empty, r.Name)
		}
	}
	if diff := cmp.Diff(want, empty); diff != "" {
		t.Errorf("roles without any action (-want +got):\n%s", diff)
	}
}

// TestShortListAgreesWithAll compares the two files. Where they differ the short list wins, and the reason belongs here.
func TestShortListAgreesWithAll(t *testing.T) {
	differences := map[RoleName]string{} // reason by role; there is none so far
	published, err := readAllRoles(allBuiltinGzip)
	if err != nil {
		t.Fatal(err)
	}
	all := newRoleIndex(published)
	for _, short := range BuiltinRoles() {
		full, ok := all.withID(short.ID)
		if !ok || full.Name != short.Name || full.Conditions != nil {
			t.Errorf("%s is %q there, with the conditions %q", short.Name, full.Name, full.Conditions)
		}
		diff := cmp.Diff(entrySets(full.Permissions), entrySets(short.Permissions))
		if reason, listed := differences[short.Name]; (diff != "") != listed {
			t.Errorf("%s: listed as different: %v (%s); -all +short:\n%s", short.Name, listed, reason, diff)
		}
		if used, _ := allBuiltins().withID(short.ID); cmp.Diff(short, used) != "" {
			t.Errorf("%s is not the same in both lists", short.Name)
		}
	}
}

// entrySets are the entries of each list in one order. The dump names some entries twice; that is no difference.
func entrySets(p Permissions) [][]string {
	set := func(entries []string) []string { return slices.Compact(slices.Sorted(slices.Values(entries))) }
	return [][]string{set(p.Actions), set(p.NotActions), set(p.DataActions), set(p.NotDataActions)}
}

// TestJoinedBlocks: joining the blocks of a role's permissions must not let one block's exceptions take from another.
func TestJoinedBlocks(t *testing.T) {
	file, err := unpackRoles(allBuiltinGzip)
	if err != nil {
		t.Fatal(err)
	}
	several := 0
	for _, r := range file.Roles {
		if len(r.Permissions) > 1 {
			several++
		}
		for i, a := range r.Permissions {
			for j, b := range r.Permissions {
				if i != j && (takes(a.NotActions, b.Actions) || takes(a.NotDataActions, b.DataActions)) {
					t.Errorf("%s: block %d takes from block %d", r.Name, i, j)
				}
			}
		}
	}
	if several != 16 {
		t.Errorf("%d roles have several blocks; does the test still read them?", several)
	}
}

func takes(exceptions, entries []string) bool {
	for _, exception := range exceptions {
		for _, entry := range entries {
			if overlap(lower(exception), lower(entry)) {
				return true
			}
		}
	}
	return false
}

func TestRoleConditions(t *testing.T) {
	conditional := 0
	for _, r := range AllBuiltinRoles() {
		if len(r.Conditions) > 0 {
			conditional++
		}
	}
	if conditional != 29 {
		t.Errorf("%d roles have conditions of their own", conditional)
	}
	role, _ := BuiltinRole("Azure Sphere Owner")
	missing := role.Permissions.Covers([]string{"Microsoft.AzureSphere/catalogs/read", "Microsoft.Authorization/roleAssignments/write"}, nil)
	if len(role.Conditions) != 2 || missing != nil {
		t.Errorf("one role of three blocks, two of them with a condition: %+v", role)
	}
}

func TestLookupAmongAll(t *testing.T) {
	cases := []struct {
		name, reason string
		role         RoleName
		id           RoleID
	}{
		{"outside the short list", "all of Azure is known", "Azure Sphere Owner", "5a382001-fe36-41ff-bba4-8bf06bd54da9"},
		{"letter case", "carries no meaning", "AZURE sphere owner", "5A382001-FE36-41FF-BBA4-8BF06BD54DA9"},
		{"space at the end", "Azure's own name has one that nobody sees", "Azure Arc VMware Administrator role", "ddc140ed-e463-4246-9145-7c664192013f"},
		{"spaces around", "carry no meaning", " Owner ", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			byName, ok := BuiltinRole(c.role)
			byID, okID := BuiltinRoleByID(c.id)
			if !ok || !okID || byName.ID != RoleID(lower(string(c.id))) || byName.Name != byID.Name {
				t.Errorf("%s: by name %s, by ID %q", c.reason, byName.ID, byID.Name)
			}
		})
	}
}

// TestShortListFirst: whoever asks for a role of the short list does not pay for reading the rest.
func TestShortListFirst(t *testing.T) {
	unread := func() roleIndex {
		t.Error("all roles were read")
		return roleIndex{}
	}
	if first := len(builtinIndexes[0]().roles); first != len(BuiltinRoles()) {
		t.Errorf("%d roles are read first", first)
	}
	indexes := []func() roleIndex{builtinIndexes[0], unread}
	for _, r := range BuiltinRoles() {
		if _, ok := findBuiltin(indexes, func(x roleIndex) (Role, bool) { return x.withID(r.ID) }); !ok {
			t.Errorf("%s is not found", r.Name)
		}
	}
}

func TestAllBuiltinRolesAreCopies(t *testing.T) {
	sphere := func() Role { r, _ := BuiltinRole("Azure Sphere Owner"); return r }
	sphere().Permissions.Actions[0], sphere().Conditions[0] = "changed", "changed"
	AllBuiltinRoles()[0].Permissions.Actions[0] = "changed"
	again, first := sphere(), AllBuiltinRoles()[0]
	if again.Permissions.Actions[0] == "changed" || again.Conditions[0] == "changed" || first.Permissions.Actions[0] == "changed" {
		t.Error("a caller changed the data")
	}
}

func TestReadAllRolesRefuses(t *testing.T) {
	cases := []struct {
		name, reason string
		data         []byte
	}{
		{"not packed", "no gzip", []byte(`{}`)},
		{"cut off", "half of a file", allBuiltinGzip[:1000]},
		{"not JSON", "half of a text", packed(t, `{`)},
		{"no GUID", "a role without the ID it is known by", packed(t, `{"roles":[{"name":"Reader","guid":"reader"}]}`)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if roles, err := readAllRoles(c.data); err == nil {
				t.Errorf("%s was read: %v", c.reason, roles)
			}
		})
	}
}

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
