//go:build cli

package languages_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/internal/sdks"
)

// dependencies is where npm has put what the lock file says, or why it could not: there is no npm, or it reaches no registry. Anything else
// fails the test. It is done once for each content of the lock file, because azure-native makes it large: 80 000 files, 700 MB.
func dependencies(t *testing.T) (folder, missing string) {
	t.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return "", "there is no " + program
		}
	}
	lock, err := os.ReadFile("typescript/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := filepath.Abs("../../.cache/npm")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(lock)
	folder = filepath.Join(cache, hex.EncodeToString(sum[:8]))
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err == nil {
		return folder, ""
	}
	return folder, install(t, folder)
}

// install makes the folder under another name, until it is whole.
func install(t *testing.T, folder string) (missing string) {
	t.Helper()
	partial := fmt.Sprintf("%s.%d", folder, os.Getpid())
	t.Cleanup(func() { _ = os.RemoveAll(partial) })
	for _, name := range []string{"package.json", "package-lock.json"} {
		copyFile(t, filepath.Join("typescript", name), filepath.Join(partial, name))
	}
	// Scripts of packages would download plugins.
	out, err := command(t, partial, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1").CombinedOutput()
	if err != nil && reachesNothing.Match(out) {
		return "npm reaches no registry"
	}
	if err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	if err := os.Rename(partial, folder); err != nil {
		t.Fatal(err)
	}
	return ""
}

// reachesNothing are the codes with which npm says that there is no network.
var reachesNothing = regexp.MustCompile(`npm (error|ERR!) code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT)`)

// workspace is a folder in which programs are compiled and run. Node looks for packages in node_modules of a folder and of those above it:
// our package is in the folder, all else is above it, where the next run finds it again.
type workspace struct{ folder, dependencies string }

func newWorkspace(t *testing.T, dependencies string) workspace {
	t.Helper()
	// A fixed name: go test remembers which files a test looked at, and takes its result from the cache when they are as before.
	folder := filepath.Join(dependencies, "run")
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	return workspace{folder, dependencies}
}

func command(t *testing.T, folder, name string, args ...string) *exec.Cmd {
	t.Helper()
	made := exec.CommandContext(t.Context(), name, args...)
	made.Dir = folder
	return made
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	write(t, to, text)
}

// copyTree copies the files with the ending, but for those in hidden folders and node_modules.
func copyTree(t *testing.T, from, to, ending string) {
	t.Helper()
	err := filepath.WalkDir(from, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && len(entry.Name()) > 2) {
			return filepath.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(file, ending) {
			copyFile(t, file, filepath.Join(to, strings.TrimPrefix(file, from)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// installPackage generates our package, compiles it as its own tsconfig.json says, and puts it where programs find it under its name, as
// npm would have installed it.
func (w workspace) installPackage(t *testing.T) {
	t.Helper()
	source, files := filepath.Join(w.folder, "sdk"), sdkOf(t, sdks.NodeJS)
	generated(t, source, files)
	if out := w.tsc(t, source); out != "" {
		t.Fatalf("our package does not compile:\n%s", out)
	}
	write(t, filepath.Join(source, "bin", "package.json"), files["package.json"])
	installed := filepath.Join(w.folder, "node_modules", nameIn(t, files["package.json"]))
	if err := os.MkdirAll(filepath.Dir(installed), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(source, "bin"), installed); err != nil {
		t.Fatal(err)
	}
}

// nameIn is the name that a package.json gives.
func nameIn(t *testing.T, packageJSON []byte) string {
	t.Helper()
	var named struct{ Name string }
	if err := json.Unmarshal(packageJSON, &named); err != nil {
		t.Fatal(err)
	}
	return named.Name
}

// tsc compiles the project in the folder and answers what the compiler says: nothing when all is well.
func (w workspace) tsc(t *testing.T, folder string) string {
	t.Helper()
	compiler := filepath.Join(w.dependencies, "node_modules", "typescript", "bin", "tsc")
	out, err := command(t, folder, "node", compiler, "-p", ".", "--pretty", "false").CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Fatal(err)
	}
	return string(out)
}

// compilePrograms compiles all programs of the examples, the one that deploys them, and those that are wrong. It answers what the compiler
// says of each file: a message with its code, as "TS2322: Type ...", for each error.
func (w workspace) compilePrograms(t *testing.T) map[string][]string {
	t.Helper()
	copyTree(t, "../../examples", filepath.Join(w.folder, "examples"), ".ts")
	copyTree(t, "typescript", filepath.Join(w.folder, "typescript"), ".ts")
	copyFile(t, "typescript/tsconfig.json", filepath.Join(w.folder, "tsconfig.json"))
	return errorsByFile(t, w.tsc(t, w.folder))
}

var compilerError = regexp.MustCompile(`^(\S+)\(\d+,\d+\): error (TS\d+: .*)$`)

// errorsByFile takes the compiler's output apart. The lines of a message that are indented go on with the one before.
func errorsByFile(t *testing.T, out string) map[string][]string {
	t.Helper()
	found, file := map[string][]string{}, ""
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		match := compilerError.FindStringSubmatch(line)
		switch {
		case match != nil:
			file = match[1]
			found[file] = append(found[file], match[2])
		case strings.HasPrefix(line, " ") && file != "":
			last := len(found[file]) - 1
			found[file][last] += "\n" + line
		case line != "":
			t.Fatalf("not understood: %q in\n%s", line, out)
		}
	}
	return found
}
