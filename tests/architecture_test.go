package tests

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/aksidentity/pulumi-aksidentity"

// Parts of the world outside that some rooms keep away from, as import path prefixes.
var (
	anyPulumi     = []string{"github.com/pulumi/"}
	pulumiEngine  = []string{"github.com/pulumi/pulumi/pkg/", "github.com/pulumi/pulumi-go-provider"}
	azureGiants   = []string{azureSDK + "network/", azureSDK + "compute/"}
	automationAPI = []string{"github.com/pulumi/pulumi/sdk/v3/go/auto"}
)

const azureSDK = "github.com/pulumi/pulumi-azure-native-sdk/"

// room is a part of the library and what it may lean on, directly or through others.
type room struct {
	name    string
	leansOn []string // other rooms
	avoids  []string // import path prefixes outside the library
	// pure rooms decide and do not act: no network, no files, no clock, no randomness.
	pure bool
	// light rooms are those that users import. `go mod tidy` in a user's program looks at the tests of the packages that
	// it imports, so these tests must not need the engine either; they live in tests/ (docs/decisions/0001-one-module.md).
	light bool
}

var everyRoom = []string{"internal/clock", "internal/refdocs", "internal/run", "internal/sdks", "rbac", "plan", "report", "components", "provider", "fleet", "azuresim", "azuresim/arm",
	"azuresim/contract", "azuresim/azurenative", "azuresim/simtest", "examples", "cmd"}

// rooms is the table of CONTRIBUTING.md. A package belongs to the room with the longest matching name.
var rooms = []room{
	{name: "internal/clock", avoids: anyPulumi, light: true},
	{name: "internal/run", light: true, avoids: slices.Concat(pulumiEngine, azureGiants, automationAPI)},
	{name: "rbac", avoids: anyPulumi, pure: true, light: true},
	{name: "plan", leansOn: []string{"rbac"}, avoids: anyPulumi, pure: true, light: true},
	{name: "report", leansOn: []string{"plan", "rbac"}, avoids: anyPulumi, pure: true, light: true},
	{name: "components", leansOn: []string{"internal/clock", "internal/run", "plan", "rbac"}, light: true,
		avoids: slices.Concat(pulumiEngine, azureGiants, automationAPI)},
	{name: "provider", leansOn: []string{"components", "internal/clock", "internal/run", "plan", "rbac"}, avoids: slices.Concat(azureGiants, automationAPI)},
	{name: "internal/sdks", leansOn: []string{"components", "internal/clock", "internal/run", "plan", "provider", "rbac"},
		avoids: slices.Concat(azureGiants, automationAPI)},
	{name: "internal/refdocs", leansOn: []string{"components", "internal/clock", "internal/run", "plan", "provider", "rbac"},
		avoids: slices.Concat(azureGiants, automationAPI)},
	{name: "fleet", light: true, avoids: slices.Concat(pulumiEngine, azureGiants)},
	// The simulator judges what the plan decides, so it knows nothing of the plan.
	{name: "azuresim", leansOn: []string{"rbac"}, avoids: append([]string{"net/http"}, anyPulumi...), light: true},
	{name: "azuresim/arm", leansOn: []string{"azuresim", "rbac"}, avoids: anyPulumi, light: true},
	{name: "azuresim/contract", leansOn: []string{"azuresim", "rbac"}, avoids: append([]string{"net/http"}, anyPulumi...), light: true},
	{name: "azuresim/azurenative", leansOn: []string{"azuresim", "rbac"},
		avoids: slices.Concat(pulumiEngine, automationAPI)},
	{name: "azuresim/simtest", leansOn: []string{"azuresim", "azuresim/azurenative", "internal/clock", "rbac"}, avoids: azureGiants},
	{name: "examples", leansOn: everyRoom, avoids: azureGiants},
	{name: "cmd", leansOn: everyRoom, avoids: azureGiants},
	{name: "tests", leansOn: everyRoom, avoids: azureGiants},
}

// notBuiltYet are rooms of the design that do not exist, with what brings them. Without this list a rule about a room that
// was renamed or lost would go on passing, with nothing to check.
var notBuiltYet = map[string]string{
	"fleet": "comes with the deployment of many stacks at once",
}

// goPackage is what `go list -json` says about a package or, when ForTest is set, about one compiled for a test.
type goPackage struct {
	ImportPath, Dir, Name, ForTest string
	GoFiles, Deps                  []string
}

// repository is the root of the checkout.
func repository(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return root
}

// list returns our packages, or with -test also the test binaries.
func list(t *testing.T, flags ...string) []goPackage {
	t.Helper()
	args := append([]string{"list", "-tags=cli", "-json=ImportPath,Dir,Name,ForTest,GoFiles,Deps"}, flags...)
	command := exec.Command("go", append(args, "./...")...)
	command.Dir = repository(t)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command, err, &stderr)
	}
	var packages []goPackage
	decoder := json.NewDecoder(bytes.NewReader(out))
	for decoder.More() {
		var p goPackage
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	return packages
}

// roomOf finds the room of an import path of ours.
func roomOf(importPath string) (room, bool) {
	var found room
	for _, r := range rooms {
		path := module + "/" + r.name
		if (importPath == path || strings.HasPrefix(importPath, path+"/")) && len(r.name) > len(found.name) {
			found = r
		}
	}
	return found, found.name != ""
}

func isOurs(importPath string) bool {
	return importPath == module || strings.HasPrefix(importPath, module+"/")
}

func hasAnyPrefix(importPath string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(importPath, p) })
}

func TestEveryPackageHasARoom(t *testing.T) {
	inhabited := map[string]bool{}
	for _, p := range list(t) {
		r, known := roomOf(p.ImportPath)
		if !known {
			t.Errorf("%s is in no room: give it one in the table of this test and in CONTRIBUTING.md", p.ImportPath)
		}
		inhabited[r.name] = true
	}
	for _, r := range rooms {
		reason, excused := notBuiltYet[r.name]
		if !inhabited[r.name] && !excused {
			t.Errorf("the room %s has no packages, so its rules check nothing", r.name)
		}
		if inhabited[r.name] && excused {
			t.Errorf("the room %s exists now: take it from notBuiltYet (%q)", r.name, reason)
		}
	}
}

func TestRoomsLeanOneWay(t *testing.T) {
	for _, p := range list(t) {
		r, known := roomOf(p.ImportPath)
		if !known {
			continue // TestEveryPackageHasARoom says so
		}
		for _, dependency := range p.Deps {
			if isOurs(dependency) {
				other, _ := roomOf(dependency)
				if other.name != r.name && !slices.Contains(r.leansOn, other.name) {
					t.Errorf("%s depends on %s, but %s may lean on %q only", p.ImportPath, dependency, r.name, r.leansOn)
				}
			}
			if hasAnyPrefix(dependency, r.avoids) {
				t.Errorf("%s depends on %s, which %s must avoid", p.ImportPath, dependency, r.name)
			}
		}
	}
}

// coreImports are what the core of the simulator leans on beside Go's own library. Whoever tests a program with it downloads no more.
var coreImports = []string{module + "/azuresim", module + "/azuresim/internal/shapes", module + "/rbac", "github.com/google/uuid"}

func TestTheCoreOfTheSimulatorLeansOnLittle(t *testing.T) {
	found := false
	for _, p := range list(t) {
		if p.ImportPath != module+"/azuresim" {
			continue
		}
		found = true
		for _, dependency := range p.Deps {
			first, _, _ := strings.Cut(strings.TrimPrefix(dependency, "vendor/"), "/")
			isGo := !strings.Contains(first, ".") || strings.HasPrefix(dependency, "vendor/")
			if !isGo && !slices.Contains(coreImports, dependency) {
				t.Errorf("azuresim depends on %s; it may lean on %q only", dependency, coreImports)
			}
		}
	}
	if !found {
		t.Error("there is no package azuresim, so nothing was checked")
	}
}

func TestTestsOfImportedPackagesAreLight(t *testing.T) {
	unwanted := slices.Concat(pulumiEngine, azureGiants)
	for _, p := range list(t, "-test") {
		tested, isTestBinary := strings.CutSuffix(p.ImportPath, ".test")
		if r, _ := roomOf(tested); !isTestBinary || !r.light {
			continue
		}
		for _, dependency := range p.Deps {
			if hasAnyPrefix(dependency, unwanted) {
				t.Errorf("the tests of %s need %s: move those that run the engine to tests/, else `go mod tidy` downloads it"+
					" for everyone who imports the package", tested, dependency)
				break
			}
		}
	}
}
