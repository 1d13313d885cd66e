package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	cases := []struct {
		name, reason, set string
		info              *debug.BuildInfo
		want              string
	}{
		{"release", "the linker's version wins", "1.2.3", module("v1.0.0"), "1.2.3"},
		{"release with v", "tags begin with a v, plugin versions do not", "v1.2.3", nil, "1.2.3"},
		{"go install", "the module version is known", "", module("v1.2.3"), "1.2.3"},
		{"checkout", "go calls it (devel), which is no version", "", module("(devel)"), "0.0.0-dev"},
		{"no information", "stripped binaries have none", "", nil, "0.0.0-dev"},
		{"nonsense", "a wrong flag must not keep the plugin from starting", "latest", nil, "0.0.0-dev"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := versionOf(tc.set, tc.info); got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.reason, got, tc.want)
			}
		})
	}
}

func module(version string) *debug.BuildInfo {
	return &debug.BuildInfo{Main: debug.Module{Version: version}}
}
