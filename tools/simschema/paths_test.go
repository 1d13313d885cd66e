package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPathsAreThoseOfAzuresSDK(t *testing.T) {
	dir := t.TempDir()
	const client = "package x\n\tfunc f() {\n\turlPath := \"/subscriptions/{subscriptionId}/resourceGroups/{rg}/providers/Microsoft.X/things/{thing}\"\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "things_client.go"), []byte(client), 0o600); err != nil {
		t.Fatal(err)
	}
	paths := armPaths{}
	if err := paths.addFolder(dir); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, reason string
		served       served
		ok           bool
	}{
		{"same", "names of parameters and letter case do not count", served{"Thing", group("microsoft.X/Things/{thingName}")}, true},
		{"other", "a path that nobody confirms is refused", served{"Thing", group("Microsoft.X/stuff/{thingName}")}, false},
		{"excused", "unless it is in no module that can be read", served{"Fleet", group("Microsoft.X/fleets/{fleetName}")}, true},
		{"needless", "and then it stays excused only while it is", served{"Fleet", group("Microsoft.X/things/{fleetName}")}, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if err := paths.check(tc.served); (err == nil) != tc.ok {
				t.Errorf("%s: got %v", tc.reason, err)
			}
		})
	}
}
