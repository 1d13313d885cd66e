package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/document"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "rewrite the golden files of this package")

// run is a call of aksid with that standard input.
func run(t *testing.T, stdin []byte, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errors bytes.Buffer
	code = program{stdin: bytes.NewReader(stdin), stdout: &out, stderr: &errors, width: 100}.run(t.Context(), args)
	return code, out.String(), errors.String()
}

// mustRun is one that succeeds.
func mustRun(t *testing.T, stdin []byte, args ...string) string {
	t.Helper()
	code, stdout, stderr := run(t, stdin, args...)
	if code != 0 {
		t.Fatalf("aksid %v: exit code %d\n%s", args, code, stderr)
	}
	return stdout + stderr
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	golden.Compare(t, filepath.Join("testdata", name+".golden.txt"), got, *update, "(cd cmd/aksid && go test . -update)")
}

// TestTranscripts: what aksid says about each example, before and after it is deployed.
func TestTranscripts(t *testing.T) {
	for _, example := range exampletest.All() {
		t.Run(example.Name, func(t *testing.T) {
			s := example.New(t)
			preview := exampletest.Preview(t, s)
			state := exampletest.State(t, s)
			var b strings.Builder
			for _, call := range []struct {
				input []byte
				name  string
				args  []string
			}{
				{preview, "preview.json", []string{"plan", "-"}},
				{state, "state.json", []string{"report", "-"}},
				{state, "state.json", []string{"graph", "-", "--format", "mermaid"}},
				{state, "state.json", []string{"audit", "-"}},
				{state, "state.json", []string{"deployer", "-"}},
			} {
				b.WriteString("$ aksid " + strings.Join(call.args, " ") + " < " + call.name + "\n" + mustRun(t, call.input, call.args...) + "\n")
			}
			compare(t, example.Name, b.String())
			for line := range strings.Lines(mustRun(t, state, "report", "-", "--width", "80")) {
				if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 && !strings.HasPrefix(line, example.Name) {
					t.Errorf("a line of %d columns: %q", n, line)
				}
			}
		})
	}
}

// TestEveryExampleHasATranscript: a folder of examples/ that is not in the list is an example that aksid was never tried on.
func TestEveryExampleHasATranscript(t *testing.T) {
	folders, err := filepath.Glob("../../examples/*")
	if err != nil || len(folders) < 12 {
		t.Fatalf("%v %v", folders, err)
	}
	shown := map[string]bool{}
	for _, example := range exampletest.All() {
		shown[example.Folder] = true
	}
	for _, folder := range folders {
		if !shown[filepath.Base(folder)] {
			t.Errorf("%s is not in exampletest.All", folder)
		}
	}
	if len(shown) != len(folders) {
		t.Errorf("%d folders, and examples of %d", len(folders), len(shown))
	}
}

func production(t *testing.T) (preview, state []byte) {
	t.Helper()
	for _, example := range exampletest.All() {
		if example.Name == "production" {
			s := example.New(t)
			preview = exampletest.Preview(t, s)
			return preview, exampletest.State(t, s)
		}
	}
	t.Fatal("there is no such example")
	return nil, nil
}

// TestFormats: each format of each command is of its kind, and knows the grants.
func TestFormats(t *testing.T) {
	preview, state := production(t)
	cases := []struct {
		name, reason string
		input        []byte
		args         []string
		begins       string
	}{
		{"plan in Markdown", "for a pull request", preview, []string{"plan", "-", "-f", "markdown"}, "# shop/prod"},
		{"plan in HTML", "for a browser", preview, []string{"plan", "-", "-f", "html"}, "<!doctype html>"},
		{"report in Markdown", "for a wiki", state, []string{"report", "-", "-f", "markdown"}, "# shop/prod"},
		{"report in HTML", "for a browser", state, []string{"report", "-", "-f", "html"}, "<!doctype html>"},
		{"graph", "SVG is what graph is for", state, []string{"graph", "-"}, "<svg"},
		{"graph in HTML", "the page has the picture", state, []string{"graph", "-", "-f", "html"}, "<!doctype html>"},
		{"graph of a preview", "one looks before one deploys, too", preview, []string{"graph", "-"}, "<svg"},
		{"deployer of a preview", "the right is needed before", preview,
			[]string{"deployer", "-", "-f", "text"}, "ACTION"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := mustRun(t, tc.input, tc.args...)
			if !strings.HasPrefix(got, tc.begins) || tc.args[0] != "deployer" && !strings.Contains(got, "Managed Identity Operator") {
				t.Errorf("%s: want one that begins with %q and knows Managed Identity Operator, got\n%.600s", tc.reason, tc.begins, got)
			}
		})
	}
	var d document.Document
	if err := json.Unmarshal([]byte(mustRun(t, state, "report", "-", "-f", "json")), &d); err != nil || len(d.Grants) != 9 || len(d.Identities) != 6 {
		t.Errorf("the report as JSON: %v %+v", err, d)
	}
	file := filepath.Join(t.TempDir(), "x.svg")
	if said := mustRun(t, state, "graph", "-", "-o", file); !strings.Contains(said, file) {
		t.Errorf("it does not say where the picture is: %q", said)
	}
	if svg, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(svg, []byte("<svg")) {
		t.Errorf("the file is no picture: %v %.100s", err, svg)
	}
}

// TestThePageNeedsNoNetwork: it has no address of anything outside, and refuses to load any.
func TestThePageNeedsNoNetwork(t *testing.T) {
	_, state := production(t)
	page := mustRun(t, state, "report", "-", "-f", "html")
	page = strings.ReplaceAll(page, "http://www.w3.org/2000/svg", "") // the name of a language, which nobody loads
	if strings.Contains(page, "http://") || strings.Contains(page, "https://") || !strings.Contains(page, "default-src 'none'") {
		t.Error("the page may load something")
	}
}

// TestNoSecretIsShown: the state with its secrets in plain text has the kubeconfig, and nothing of it is in any output.
func TestNoSecretIsShown(t *testing.T) {
	_, state := production(t)
	const secret = "apiVersion: v1 of a kubeconfig"
	open := regexp.MustCompile(`"ciphertext": "[^"]*"`).ReplaceAll(state, []byte(`"plaintext": "\"`+secret+`\""`))
	if !bytes.Contains(open, []byte(secret)) {
		t.Fatal("the state has no secret")
	}
	for _, args := range [][]string{{"report", "-"}, {"report", "-", "-f", "json"}, {"report", "-", "-f", "html"}, {"graph", "-"}, {"deployer", "-"}} {
		if strings.Contains(mustRun(t, open, args...), secret) {
			t.Errorf("aksid %v shows a secret", args)
		}
	}
}

func TestErrorsAreForPeople(t *testing.T) {
	cases := []struct {
		name, reason, input string
		args                []string
		says                string
	}{
		{"empty state", "a stack without resources is no error elsewhere, but nobody needs rights for it", `{"version": 3}`, []string{"deployer", "-"}, "nothing of azure-native"},
		{"preview for a state", "the wrong file", `{"steps": []}`, []string{"report", "-"}, "aksid plan reads it"},
		{"state for a preview", "the wrong file", `{"version": 3, "deployment": {}}`, []string{"plan", "-"}, "aksid report reads it"},
		{"no such file", "a slip", "", []string{"report", "missing.json"}, "missing.json"},
		{"no such format", "a slip", "", []string{"report", "-", "-f", "pdf"}, "give one of text, markdown, json, html"},
		{"no CLI", "it is needed when there is no file", "", []string{"report", "--pulumi", "no-such-pulumi"}, "give a file"},
		{"file and stack", "only one of them can be meant", "", []string{"report", "x.json", "--stack", "dev"}, "either a file"},
		{"failed preview", "what is planned is not known", `{"steps": [], "diagnostics": [{"severity": "error", "message": "no such subnet"}]}`,
			[]string{"deployer", "-"}, "no such subnet"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			code, stdout, stderr := run(t, []byte(tc.input), tc.args...)
			if code != 1 || !strings.HasPrefix(stderr, "aksid: ") || !strings.Contains(stderr, tc.says) || stdout != "" {
				t.Errorf("%s: want exit code 1 and %q, got %d, %q, %q", tc.reason, tc.says, code, stderr, stdout)
			}
		})
	}
}

// TestAFailedPreviewIsShownAndFails: what is known of it is told, the reason first, and a pipeline stops. It does not look like one that
// finds nothing to do.
func TestAFailedPreviewIsShownAndFails(t *testing.T) {
	preview := `{"steps": [], "diagnostics": [{"severity": "error",
		"message": "error: aks has a problem:\n\t- property subnets.nodes with value 'x' has a problem: it is not a resource ID. Fix: give the full ID.\n"}]}`
	for format, want := range map[string]string{
		"text": "an empty stack\n\nThe preview failed: aks has a\nproblem:\n  - subnets.nodes: it is not a\n    resource ID. Fix: give the full\n    ID.\n\n",
		"markdown": "# an empty stack\n\n## Grants\n\nNone.\n\nThe preview failed: aks has a problem:\n\n" +
			"- subnets.nodes: it is not a resource ID. Fix: give the full ID.\n",
	} {
		args := []string{"plan", "-", "--format", format, "--width", "36"}
		if code, stdout, stderr := run(t, []byte(preview), args...); code != 1 || stderr != "" || stdout != want {
			t.Errorf("%s: exit code %d, %q, want\n%s\ngot\n%s", format, code, stderr, want, stdout)
		}
	}
}
