package markdown_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/tests/markdown"
)

func TestBlocksAreFound(t *testing.T) {
	for _, tc := range []struct {
		name, reason, page string
		want               []markdown.Block
	}{
		{"fenced", "with its language and its mark", "Text:\n\n<!-- from a.go -->\n```go\n\tx := 1\n\n\ty := 2\n```\nmore",
			[]markdown.Block{{Line: 5, Language: "go", Mark: "from a.go", Text: "x := 1\n\ny := 2", After: "more"}}},
		{"indented", "empty lines belong to it, those after it do not", "Text:\n\n    make\n\n    make test\n\nText", []markdown.Block{{Line: 3, Text: "make\n\nmake test", After: "Text"}}},
		{"an indented one with a mark", "Markdown wants an empty line between", "<!-- by hand -->\n\n    make\n", []markdown.Block{{Line: 3, Mark: "by hand", Text: "make"}}},
		{"in a list", "a fence is indented as the item is", "1. Do:\n\n   <!-- from a.go -->\n   ```go\n   x := 1\n   ```\n",
			[]markdown.Block{{Line: 5, Language: "go", Mark: "from a.go", Text: "x := 1"}}},
		{"a mark elsewhere", "text stands between", "<!-- by hand -->\n\nText\n\n    make\n", []markdown.Block{{Line: 5, Text: "make"}}},
		{"no code", "what goes on in a paragraph or a list", "Text\n    goes on\n\n- item\n    goes on\n\n    - item in it\n", nil},
		{"a fence that does not end", "it is a block all the same", "```sh\nmake", []markdown.Block{{Line: 2, Language: "sh", Text: "make"}}},
		{"a comment with a fence in it", "the block is over before the comment", "    one\n\n<!-- x -->\n```\ntwo\n```",
			[]markdown.Block{{Line: 1, Text: "one", After: "<!-- x -->"}, {Line: 5, Mark: "x", Text: "two"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, markdown.Blocks(tc.page)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func TestQuotesAreComparedWithoutTheirIndentation(t *testing.T) {
	source := "func f() {\n\tif x {\n\t\ta()\n\n\t\tb()\n\t}\n}\n"
	for _, tc := range []struct {
		name, reason, text string
		want               bool
	}{
		{"as it stands", "word for word", "\t\ta()\n\n\t\tb()", true},
		{"further left", "the page need not be indented as the source is", "a()\n\nb()", true},
		{"with its surroundings", "what is indented against what stays", "if x {\n\ta()", true},
		{"one line less", "the source has an empty line there", "a()\nb()", false},
		{"part of a line", "a line is quoted whole", "a(", false},
		{"indented differently", "that would be other code in YAML", "a()\n\n\tb()", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := markdown.Quotes(source, tc.text); got != tc.want {
				t.Errorf("%s: got %v, want %v", tc.reason, got, tc.want)
			}
		})
	}
}

func TestCommandsAreTakenApart(t *testing.T) {
	for _, tc := range []struct {
		name, reason, script string
		want                 [][]string
	}{
		{"words", "quotes hold a word together", `az role list --query "[].[a,b]" -o tsv # all`, [][]string{{"az", "role", "list", "--query", "[].[a,b]", "-o", "tsv"}}},
		{"joined", "each is a command", "pulumi export | aksid report - && make", [][]string{{"pulumi", "export"}, {"aksid", "report", "-"}, {"make"}}},
		{"a file", "where output goes is no argument", "pulumi export > a.json", [][]string{{"pulumi", "export"}}},
		{"a setting", "it is for the command behind it", "A=yes make x", [][]string{{"make", "x"}}},
		{"an output as argument", "it is a command too", `export A=$(az account show --query id)`, [][]string{{"az", "account", "show", "--query", "id"}, {"export", "A=$"}}},
		{"a placeholder", "it is one word, with a space in it too", "az x --assignee <object ID> --all", [][]string{{"az", "x", "--assignee", "<object ID>", "--all"}}},
		{"on two lines", "a backslash goes on", "make \\\n  x", [][]string{{"make", "x"}}},
		{"nothing", "a comment alone is no command", "# make\n\n", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := markdown.Commands(tc.script)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func TestWhatIsNotUnderstoodIsAnError(t *testing.T) {
	for script, want := range map[string]string{
		`az x "a`:           "does not end",
		"az $(x":            "does not end",
		"f() { make; }":     "not understood",
		"echo `make check`": "not understood",
	} {
		if got, err := markdown.Commands(script); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %q and %v, want an error with %q", script, got, err, want)
		}
	}
}
