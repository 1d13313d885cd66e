// Command schemabreaks lists what the provider's schema of today takes from those who use the one that was released last:
//
//	go run ./schemabreaks
//
// It compares provider/testdata/schema.json with the same file at the last release, which is the newest tag v1.2.3 that the checked-out
// commit descends from. A tag of that very commit is the release that is being made, and is passed over. In a checkout without
// such a tag nothing has been released, and that is what it prints; a shallow one, which
// may lack the tag, is an error.
//
// It exits with 1 when something is taken and the version of the next release does not say so: by https://semver.org (item 8) the major
// version has to be another, below 1.0 (item 4, as Go and npm read it) the minor one.
//
// The same question is answered by github.com/pulumi/schema-tools for providers that are published; it reads schemas from GitHub, this
// reads them from the checkout.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

const schemaFile = "provider/testdata/schema.json"

func main() {
	root := flag.String("root", "..", "folder of the checkout")
	flag.Parse()
	announced, err := run(os.Stdout, *root)
	if err != nil {
		fmt.Fprintln(os.Stderr, "schemabreaks:", err)
	}
	if err != nil || !announced {
		os.Exit(1)
	}
}

// run tells whether the next version announces all that is taken.
func run(out io.Writer, root string) (announced bool, err error) {
	text, err := os.ReadFile(filepath.Join(root, "VERSION"))
	if err != nil {
		return false, err
	}
	next := strings.TrimSpace(string(text))
	last, err := lastRelease(root)
	if err != nil {
		return false, err
	}
	if last == "" {
		fmt.Fprintf(out, "There is no release yet, so version %s takes nothing from anybody.\n", next)
		return true, nil
	}
	breaks, err := since(root, last)
	if err != nil {
		return false, err
	}
	return report(out, last, next, breaks), nil
}

func report(out io.Writer, last, next string, breaks []string) (announced bool) {
	if len(breaks) == 0 {
		fmt.Fprintf(out, "Whoever uses %s can go on with %s.\n", last, next)
		return true
	}
	fmt.Fprintf(out, "These changes break programs that use %s:\n", last)
	for _, line := range breaks {
		fmt.Fprintln(out, "  "+line)
	}
	if announces(last, next) {
		fmt.Fprintf(out, "Version %s announces that.\n", next)
		return true
	}
	fmt.Fprintf(out, "Version %s does not announce that: write another one into VERSION, or take the changes back.\n", next)
	return false
}

// announces compares the first number of two versions, or the second one while the first is 0.
func announces(last, next string) bool {
	from, to := strings.Split(strings.TrimPrefix(last, "v"), "."), strings.Split(next, ".")
	if from[0] != "0" || to[0] != "0" {
		return number(to[0]) > number(from[0])
	}
	return number(to[1]) > number(from[1])
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// lastRelease is a tag; "" when there is none.
func lastRelease(root string) (string, error) {
	shallow, err := git(root, "rev-parse", "--is-shallow-repository")
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(shallow) == "true" {
		return "", errors.New("the checkout is shallow, so the last release cannot be found: fetch all commits and tags")
	}
	here, err := git(root, "tag", "--points-at", "HEAD")
	if err != nil {
		return "", err
	}
	skipped := map[string]bool{}
	for tag := range strings.Lines(here) {
		skipped[strings.TrimSpace(tag)] = true
	}
	all, err := git(root, "tag", "--merged", "HEAD", "--sort=-version:refname", "--list", "v[0-9]*")
	if err != nil {
		return "", err
	}
	for tag := range strings.Lines(all) {
		// A pre-release promises nothing.
		if tag = strings.TrimSpace(tag); !skipped[tag] && !strings.Contains(tag, "-") {
			return tag, nil
		}
	}
	return "", nil
}

func since(root, tag string) ([]string, error) {
	text, err := git(root, "show", tag+":"+schemaFile)
	if err != nil {
		return nil, err
	}
	var released, today spec
	if err := json.Unmarshal([]byte(text), &released); err != nil {
		return nil, fmt.Errorf("%s at %s: %w", schemaFile, tag, err)
	}
	now, err := os.ReadFile(filepath.Join(root, schemaFile))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(now, &today); err != nil {
		return nil, fmt.Errorf("%s: %w", schemaFile, err)
	}
	return compare(released, today), nil
}

func git(root string, args ...string) (string, error) {
	absolute, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	// The option lets git answer also when the checkout belongs to somebody else.
	command := exec.Command("git", append([]string{"-c", "safe.directory=" + absolute, "-C", absolute}, args...)...)
	var stderr strings.Builder
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%v: %w: %s", command, err, &stderr)
	}
	return string(out), nil
}
