package rbac

import "testing"

func TestWithKeywords(t *testing.T) {
	cases := []struct{ name, reason, in, want string }{
		{"root", "there is nothing to spell", "/", "/"},
		{"subscription", "", "/SUBSCRIPTIONS/s", "/subscriptions/s"},
		{"identity as Azure returns it", "names keep their letters", "/subscriptions/S/resourcegroups/G/Providers/Microsoft.ManagedIdentity/userAssignedIdentities/Id",
			"/subscriptions/S/resourceGroups/G/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Id"},
		{"extension", "each block has its keyword", "/subscriptions/s/resourceGroups/g/PROVIDERS/A.B/c/d/PROVIDERS/E.F/g/h",
			"/subscriptions/s/resourceGroups/g/providers/A.B/c/d/providers/E.F/g/h"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			in := MustParseScope(tc.in)
			got := in.WithKeywords()
			if got.String() != tc.want || !got.Equal(in) {
				t.Errorf("%s: got %s, want %s", tc.reason, got, tc.want)
			}
		})
	}
}
