// Command pulumi-resource-aksidentity is the Pulumi plugin that serves the components to every language. The Pulumi CLI starts
// it; by hand there is only
//
//	pulumi package get-schema ./pulumi-resource-aksidentity
package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/blang/semver"

	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// version is set by -ldflags "-X main.version=1.2.3"; without it, it is the module's.
var version string

func main() {
	info, _ := debug.ReadBuildInfo()
	if err := provider.Main(context.Background(), versionOf(version, info)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// versionOf is the version that was set, else that of `go install ...@v1.2.3`, else one for builds from a checkout.
func versionOf(set string, info *debug.BuildInfo) string {
	if set == "" && info != nil {
		set = info.Main.Version
	}
	set = strings.TrimPrefix(set, "v")
	if _, err := semver.Parse(set); err != nil {
		return "0.0.0-dev"
	}
	return set
}
