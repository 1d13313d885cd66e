package codeblocks_test

import (
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tests/codeblocks"
	"github.com/aksidentity/pulumi-aksidentity/tests/markdown"
)

func open(t *testing.T) *codeblocks.Repository {
	t.Helper()
	r, err := codeblocks.Open("../..")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEveryCodeBlockIsHeld: each block of our pages is quoted from code that is compiled, is the output of a test, is run by one, or has
// only commands and arguments that there are.
func TestEveryCodeBlockIsHeld(t *testing.T) {
	r, blocks := open(t), 0
	for _, page := range r.Pages {
		text, err := r.Read(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range markdown.Blocks(text) {
			blocks++
			if err := r.Check(page, b); err != nil {
				t.Errorf("%s:%d: %v", page, b.Line, err)
			}
		}
	}
	if blocks < 50 {
		t.Errorf("only %d blocks in %d pages: this test does not see them", blocks, len(r.Pages))
	}
}

// TestAWrongCodeBlockIsFound plants one that is wrong in each way.
func TestAWrongCodeBlockIsFound(t *testing.T) {
	r := open(t)
	const quickstart = "<!-- from examples/quickstart/main.go -->\n```go\n"
	hand := func(line string) string { return "<!-- by hand -->\n```sh\n" + line + "\n```\n" }
	arguments := func(text string) string {
		return "<!-- arguments of ManagedIdentityCluster -->\n```yaml\n" + text + "\n```\n"
	}
	for _, tc := range []struct{ name, reason, page, want string }{
		{"no mark", "nothing holds it", "```go\nfunc main() {}\n```\n", "nothing says what holds it"},
		{"indented, no mark", "it is code as well", "Do:\n\n    make demo\n", "nothing says what holds it"},
		{"another mark", "the set is closed", "<!-- trust me -->\n```sh\nmake\n```\n", "is none of"},
		{"by hand what can be compiled", "Go has a compiler", "<!-- by hand -->\n```go\nx := 1\n```\n", "cannot be held by"},
		{"changed code", "it stands there otherwise", quickstart + "func main() { pulumi.Run(program.Other) }\n```\n", "does not stand in"},
		{"a file that is gone", "it was moved", "<!-- from examples/none/main.go -->\n```go\nfunc main() {}\n```\n", "no such file"},
		{"what no test loads", "a file alone holds nothing", "<!-- from .golangci.yml -->\n```yaml\nversion: \"2\"\n```\n", "no test is known"},
		{"another output", "the golden file has it otherwise", "<!-- output of cmd/demo/testdata/demo.golden.txt -->\n```\n=== 9. Nothing\n```\n", "does not stand in"},
		{"output of a page", "nothing compares it", "<!-- output of docs/grants.md -->\n```\n# Grants\n```\n", "neither a golden file"},
		{"a test that is gone", "it was renamed", "<!-- run by TestNothing -->\n```sh\nmake\n```\n", "there is no test"},
		{"a test that does not look", "it runs other lines", "<!-- run by TestBlocksAreFound -->\n```sh\npulumi up --nonsense\n```\n", "neither read"},
		{"an argument that is not there", "a typing mistake", arguments("systemPol: {count: 2}"), "no argument systemPol"},
		{"a nested one", "likewise", arguments("propagation: {timeoutSecond: 1}"), "no argument timeoutSecond"},
		{"another type", "it takes a number", arguments("propagation: {timeoutSeconds: long}"), "takes a"},
		{"another value", "the set is closed", arguments("grantMode: never"), "does not take never"},
		{"a map", "it takes a list", arguments("pools: {name: web}"), "takes a list"},
		{"another component", "there are four", "<!-- arguments of Cluster -->\n```yaml\na: 1\n```\n", "no component Cluster"},
		{"a flag that Pulumi lacks", "a typing mistake", hand("pulumi up --yess"), "no flag --yess"},
		{"a command that Pulumi lacks", "likewise", hand("pulumi stack outptu kubeconfig"), "there is no pulumi stack outptu"},
		{"a flag that az lacks", "likewise", hand("az account set --subscription-name x"), "no flag --subscription-name"},
		{"a command that az lacks", "likewise", hand("az role asignment list"), "there is no az role asignment"},
		{"a flag that kubectl lacks", "likewise", hand("kubectl get nodes --kubecfg x"), "no flag --kubecfg"},
		{"a flag that aksid lacks", "likewise", hand("aksid audit --sarif"), "no flag --sarif"},
		{"a flag that azuresim lacks", "likewise", hand("go run ./cmd/azuresim serve -stat x"), "no flag -stat"},
		{"a flag of an example", "likewise", hand("go run ./examples/automation -deplo"), "no flag -deplo"},
		{"a target", "it was renamed", hand("make demos"), "no target demos"},
		{"a folder", "it was moved", hand("go test ./examples/productions -v"), "no folder"},
		{"a test by name", "it was renamed", hand("go test ./tests/codeblocks -run Nothing"), "no test there"},
		{"another program", "nobody has it", hand("terraform apply"), "no command terraform"},
		{"after a pipe", "each part counts", hand("pulumi stack export | aksid reprot -"), "there is no aksid reprot"},
		{"in an argument", "likewise", hand("export A=$(az acount show)"), "there is no az acount"},
		{"a quote that does not end", "a shell would wait", hand("az account show --query 'id"), "does not end"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			blocks := markdown.Blocks(tc.page)
			if len(blocks) != 1 {
				t.Fatalf("got %d blocks, want one", len(blocks))
			}
			if err := r.Check("docs/planted.md", blocks[0]); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%s: got %v, want an error with %q", tc.reason, err, tc.want)
			}
		})
	}
}

// TestTheReferenceQuotesFragments of code that is compiled, named below them.
func TestTheReferenceQuotesFragments(t *testing.T) {
	r := open(t)
	for _, tc := range []struct{ name, reason, page, text, below, want string }{
		{"an argument", "it stands there, spaced otherwise", "docs/reference/x.md", "APIServer:  &components.APIServerArgs{Public: true}", "From [examples/quickstart/program/program.go](x).", ""},
		{"another value", "it stands there otherwise", "docs/reference/x.md", "APIServer: &components.APIServerArgs{Private: true}", "From [examples/quickstart/program/program.go](x).", "does not stand in"},
		{"a file that is gone", "it was moved", "docs/reference/x.md", "APIServer: 1", "From [examples/none.go](x).", "no such file"},
		{"on another page", "there the mark is in front", "docs/x.md", "APIServer: 1", "From [examples/none.go](x).", "nothing says what holds it"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := r.Check(tc.page, markdown.Blocks("```go\n" + tc.text + "\n```\n\n" + tc.below + "\n")[0])
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.want)
			}
		})
	}
}

func TestFlagsAreReadFromHelp(t *testing.T) {
	for name, tc := range map[string]struct{ help, want string }{
		"cobra":   {"Flags:\n  -y, --yes           Approve --all of it\n      --target strings   Which\n", "-y --yes --target"},
		"az":      {"Arguments\n    --name -n        [Required] : Name.\n    --yes -y                    : No prompt, as --force.\n", "--name -n --yes -y"},
		"kubectl": {"Options:\n    -o, --output='':\n\tOutput format.\n\n    --image='':\n\tThe image.\n", "-o --output --image"},
	} {
		if got := strings.Join(codeblocks.FlagsOfHelp(tc.help), " "); got != tc.want {
			t.Errorf("%s: got %q, want %q", name, got, tc.want)
		}
	}
}
